"""What is said after a step: what has happened, and whose turn it is now."""

from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from home.gate import Refused
from home.templatetags.home_tags import dateline
from news.models import Release
from news.pair.pair import Pair
from news.pair.readiness import to_release

DONE = {
    "submit": gettext_lazy("Submitted for review."),
    "recall": gettext_lazy("Recalled: you can go on writing."),
    "approve": gettext_lazy("Approved."),
    "approve_with_remark": gettext_lazy("Approved, with your remark."),
    "return": gettext_lazy("Returned for changes, with your remark."),
    "hand_over": gettext_lazy("Handed over."),
    "take_back": gettext_lazy("The approval is taken back."),
    "release": gettext_lazy("Released."),
    "release_single": gettext_lazy("Released in one language."),
    "schedule": gettext_lazy("Scheduled."),
    "unschedule": gettext_lazy("The schedule is taken back."),
    "urgent": gettext_lazy("Released. Somebody else still has to review it."),
    "review_afterwards": gettext_lazy("Recorded as reviewed after release."),
    "withdraw": gettext_lazy("Withdrawn: readers no longer see it."),
    "no_update_needed": gettext_lazy("Recorded: the translation needs no update."),
    "correct": gettext_lazy("The correction is written down."),
    "approve_correction": gettext_lazy("The correction is approved."),
    "drop_correction": gettext_lazy("The correction is given up."),
    "change_address": gettext_lazy("The address is changed; the old one leads to it."),
    "adapt": gettext_lazy("The translation is edited as a page from now on."),
    "translate_fully": gettext_lazy("The translation is made paragraph by paragraph from now on."),
}


PUBLISHING = {"release", "release_single", "urgent"}
"""Steps after which readers see what was approved."""


def tell(request, release, name):
    """Leave the message, with the public pages to look at where the step made some."""
    pair = Pair(Release.objects.get(pk=release.pk))
    words = str(DONE[name])
    for sentence in turns(pair):
        words = _("%(done)s %(next)s") % {"done": words, "next": sentence}
    live = [version for version in pair.versions.values() if version.is_live] if name in PUBLISHING else []
    label = _("Read it in %(language)s")
    buttons = [
        messages.button(version.page.url, label % {"language": version.language.label}, new_window=True)
        for version in live
    ]
    messages.success(request, words, buttons=buttons)


def turns(pair):
    """Sentences: what the versions wait for."""
    for version in pair.versions.values():
        if version.task:
            details = {"language": version.language.label, "task": version.task.name}
            yield _("%(language)s is now at “%(task)s”.") % details
    if pair.release.release_at:
        yield _("It goes out on %(moment)s.") % {"moment": strip_tags(dateline(pair.release.release_at))}
    elif any(version.is_pending for version in pair.versions.values()):
        try:
            to_release(pair)
        except Refused as refusal:
            yield str(refusal)
        else:
            yield _("Everything is approved. A publisher can release it now, or set a moment.")
    elif pair.release.corrections.filter(released_at=None).exists():
        yield _("Once it is written, somebody else approves it in both languages.")
