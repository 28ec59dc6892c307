"""Why what would happen to both languages is refused, a class a reason."""

from django.utils.translation import gettext_lazy as _

from home.gate import Refused

from .refusals import NotAPublisher


class NotAPublisherIn(NotAPublisher):
    message = _("Only a publisher may do this, and you may not publish the %(language)s version.")


class MayNotDeleteAlong(Refused):
    message = _(
        "The %(language)s version, “%(title)s”, would be deleted with it, and you may not delete it. Ask somebody who "
        "may do so in both languages."
    )


class StillPublic(Refused):
    message = _("The %(language)s version, “%(title)s”, is still public: withdraw it first.")


class MayNotMoveAlong(Refused):
    message = _(
        "The %(language)s version, “%(title)s”, would move with it, and you may not move it there. Ask somebody who "
        "may do so in both languages."
    )


class NowhereToMove(Refused):
    message = _(
        "Both versions move together, and “%(title)s” has no %(language)s version: there is nowhere for the "
        "%(language)s one to go."
    )


class NotBesideEachOther(Refused):
    message = _(
        "The %(language)s version of “%(title)s” stands elsewhere, and would not move with it: move that first."
    )


class NotPublicAbove(Refused):
    message = _("This is public, and “%(title)s” is not, or not to everybody: nothing public is moved below it.")


class PasswordNeeded(Refused):
    message = _("Say which password readers are asked for.")


class GroupsNeeded(Refused):
    message = _("Choose at least one group.")
