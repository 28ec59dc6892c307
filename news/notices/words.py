"""What each notice says: (subject, sentence). `who` took the step, `title` is the release, `language` the version."""

from django.utils.translation import gettext_lazy as _

from news.models import Event

ABOUT = {"identity": _("Identity"), "appearance": _("Notice and grey days")}
"""What a Notice without a release is about."""
GIVEN_UP = "given_up"
"""What a Notice of a proposal is about that waits for nobody any more."""
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
        _("Something was missing, or came too late. A publisher has to release it now or set another moment."),
    ),
    Event.TO_REPLACE: (
        _("A replacement to agree to: %(title)s"),
        _("%(who)s proposes to replace a picture or a document. Somebody else has to agree to it."),
    ),
    Event.REPLACED: (_("Replaced: %(title)s"), _("A picture or a document was replaced. %(who)s has agreed to it.")),
    Event.TAKEN_DOWN: (
        _("Taken down from: %(title)s"),
        _("%(who)s has taken a picture or a document down. Somebody else has to review what is left."),
    ),
    Event.RIGHTS: (
        _("Rights expire: %(title)s"),
        _("The rights in a picture that it shows have expired, or will within 30 days. Replace it, or take it down."),
    ),
    Event.TO_GROUP: (
        _("Back to the group: %(title)s"),
        _("Whoever worked on the %(language)s version does so no longer. Somebody else may take it up."),
    ),
    Event.EMBARGO_BROKEN: (
        _("Embargo broken: %(title)s"),
        _("%(who)s has released it before its moment, %(moment)s."),
    ),
    Event.BROUGHT_FORWARD: (
        _("Release brought forward: %(title)s"),
        _("%(who)s has set an earlier moment. Its embargo was to end on %(moment)s."),
    ),
    Event.UNSCHEDULED: (
        _("Schedule taken back: %(title)s"),
        _("%(who)s has taken the schedule back. It does not go out on %(moment)s, and has no embargo any more."),
    ),
    Event.URGENT_AHEAD: (
        _("Goes out without a second person: %(title)s"),
        _("%(who)s has approved it urgently, alone. It goes out on %(moment)s; somebody else reviews it afterwards."),
    ),
    Event.SITE_WORDS: (
        _("Words of the site changed: %(title)s"),
        _("%(who)s has changed words that readers see at once, without a second person."),
    ),
    Event.HELD: (
        _("On hold: %(title)s"),
        _("%(who)s has put it on hold. Nothing of it goes out until a publisher lifts that."),
    ),
    Event.LIFTED: (_("No longer on hold: %(title)s"), _("%(who)s has lifted the hold.")),
    Event.HELD_OVER: (
        _("On hold when its moment came: %(title)s"),
        _("It was due and is on hold. A publisher has to lift that, then release it or set another moment."),
    ),
    Event.AMENDMENT: (
        _("An amendment to agree to: %(title)s"),
        _("%(who)s has changed what is approved. Nothing goes out until somebody else agrees."),
    ),
    Event.AMENDED: (
        _("Amended before release: %(title)s"),
        _("%(who)s has agreed to an amendment of what was approved. The moment of release stays as it was."),
    ),
    Event.NOT_AGREED: (
        _("Moment passed, nobody has agreed: %(title)s"),
        _(
            "It was due, and an amendment of it waits for somebody's yes. Agree to it or give it up; then a publisher "
            "releases it or sets another moment."
        ),
    ),
    Event.TO_BRING_BACK: (
        _("To be brought back: %(title)s"),
        _("%(who)s proposes to make public again what was withdrawn. Somebody else has to agree."),
    ),
    Event.BROUGHT_BACK: (_("Brought back: %(title)s"), _("%(who)s has agreed: it is public again, as it was.")),
    Event.WITHDRAWN: (_("Withdrawn: %(title)s"), _("%(who)s has taken it down.")),
}
WORDS_OF_GIVEN_UP = {
    Event.AMENDMENT: (
        _("An amendment was given up: %(title)s"),
        _("%(who)s has given up the amendment that you wrote. What was approved stands as before."),
    ),
}
