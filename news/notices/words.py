"""What each notice says: (subject, sentence). `who` took the step, `title` is the release, `language` the version."""

from django.utils.translation import gettext_lazy as _

from news.models import Event

WORDS = {
    Event.AWAITS_REVIEW: (
        _("Awaiting your review: %(title)s"),
        _("%(who)s asks for a review of the %(language)s version."),
    ),
    Event.TO_TRANSLATE: (
        _("To be translated: %(title)s"),
        _("The %(language)s version has paragraphs that are still to be translated."),
    ),
    Event.RETURNED: (
        _("Returned for changes: %(title)s"),
        _("%(who)s asks for changes to the %(language)s version."),
    ),
    Event.APPROVED: (
        _("Approved: %(title)s"),
        _("%(who)s has approved the %(language)s version. It is public only once it is released."),
    ),
    Event.READY: (
        _("Ready to be released: %(title)s"),
        _("Everything is approved. A publisher can release it now, or set a moment."),
    ),
    Event.REOPENED: (
        _("Back to drafting: %(title)s"),
        _("The %(language)s version is a draft again. Every word is still there."),
    ),
    Event.HANDED_OVER: (
        _("Handed over to you: %(title)s"),
        _("%(who)s hands the %(language)s version over to you."),
    ),
    Event.CORRECTION: (
        _("A correction awaits approval: %(title)s"),
        _("%(who)s is correcting what is public. Somebody else who reads both languages has to approve it."),
    ),
    Event.RELEASED: (_("Released: %(title)s"), _("%(who)s has released it.")),
    Event.URGENT: (
        _("Released urgently: %(title)s"),
        _("%(who)s has released it without a second person. Somebody else has to review it now."),
    ),
    Event.FAILED: (
        _("Release failed: %(title)s"),
        _("It was due and could not be released. Nothing has changed in public."),
    ),
    Event.MISSED: (
        _("Moment of release missed: %(title)s"),
        _("An approval was missing or came too late. A publisher has to release it now or set another moment."),
    ),
    Event.WITHDRAWN: (_("Withdrawn: %(title)s"), _("%(who)s has taken it down.")),
}
