"""What is said after a step: what has happened, and whose turn it is now."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin import messages

from home import clock
from home.gate import Refused
from home.languages import Language, Words
from news.called import called
from news.models import Release
from news.pair.dead_ends import dead_ends
from news.pair.pair import Pair
from news.pair.readiness import to_release
from news.pair.stops import stop_of

from .steps import Step


def tell(
    request: HttpRequest,
    release: Release,
    step: Step,
    language: Language | None = None,
    is_elsewhere: bool = False,
    left: Words = "",
) -> None:
    """Leave the message, with the public pages to look at where the step made some.

    `language`: of the version that the step was about. `is_elsewhere`: taken from another screen than the release's.
    `left`: a sentence on what waits after it.
    """
    pair = Pair(Release.objects.get(pk=release.pk))
    words = str(step.done_otherwise(pair) or step.done)
    if is_elsewhere and step.done_elsewhere and language:
        words = step.done_elsewhere % {"title": pair.versions[language].existing_page.draft_title}
    for sentence in [*turns(pair), *([left] if left else [])]:
        words = _("%(done)s %(next)s") % {"done": words, "next": sentence}
    live = [version for version in pair.versions.values() if version.is_live] if step.publishes else []
    label = _("Read it in %(language)s")
    buttons = [
        messages.button(version.existing_page.url, label % {"language": version.language.label}, new_window=True)
        for version in live
    ]
    messages.success(request, words, buttons=buttons)
    if step.name in LOOKED_AHEAD:
        say_dead_ends(request, pair)


LOOKED_AHEAD = {"submit", "schedule"}
"""Steps after which it is said for which stages nobody is left."""


def say_dead_ends(request: HttpRequest, pair: Pair) -> None:
    for found in dead_ends(pair):
        messages.warning(request, str(found))


def turns(pair: Pair) -> Iterator[str]:
    """Sentences: what the versions wait for."""
    for version in pair.versions.values():
        if version.sign_off:
            yield _("%(language)s waits for somebody else, the author for instance, to agree with the corrections.") % {
                "language": version.language.label
            }
        elif version.task:
            details = {"language": version.language.label, "task": called(version.task.name)}
            yield _("%(language)s is now at “%(task)s”.") % details
    is_going = pair.release.release_at is not None or any(version.is_pending for version in pair.versions.values())
    stop = stop_of(pair) if is_going or pair.is_held else None
    if stop is not None:
        yield str(stop)
    elif pair.release.release_at:
        yield _("It goes out on %(moment)s.") % {"moment": clock.words(pair.release.release_at)}
    elif any(version.is_pending for version in pair.versions.values()):
        try:
            to_release(pair)
        except Refused as refusal:
            yield str(refusal)
        else:
            yield _("Everything is approved. A publisher can release it now, or set a moment.")
    elif pair.correction:
        yield _("Once it is written, somebody else approves it in both languages.")
