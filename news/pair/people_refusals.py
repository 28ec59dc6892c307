"""Why something about accounts, acting publishers and duty is refused, a class a reason."""

from django.utils.translation import gettext_lazy as _

from home.gate import Refused


class AccountStays(Refused):
    message = _(
        "Not deleted: %(names)s. Whoever has worked here keeps their account, so that what they did keeps their name. "
        "Deactivate it instead: then nobody can sign in with it, and its open work returns to the group."
    )


class NoPublishersGroup(Refused):
    message = _(
        "There is no group whose rights could be given: one that may publish in both languages, and administers no "
        "accounts."
    )


class NamesNobody(Refused):
    message = _("Only a publisher of both languages or an administrator names or ends an acting publisher.")


class NotTheirs(Refused):
    message = _("%(name)s cannot be named: the account is not active, or may publish in both languages already.")


class NoSuchTime(Refused):
    message = _("An acting publisher is named from a moment until a later one, which lies ahead.")


class EndedAlready(Refused):
    message = _("This has ended already.")


class RosterNotTheirs(Refused):
    message = _("Only a publisher of both languages or an administrator changes the duty roster.")


class NoSuchDays(Refused):
    message = _("Duty is from a day until the same or a later one, which has not passed.")


class NotOnDuty(Refused):
    message = _("%(name)s cannot be on duty: the account is not active, or works on no release.")


class HandsOverToNobody(Refused):
    message = _("Choose somebody else, whose account is active.")


class NothingToHandOver(Refused):
    message = _("%(name)s has nothing to hand over.")


class NotAnAdministrator(Refused):
    message = _("Only an administrator hands over everything that somebody works on.")


class NothingToWrite(Refused):
    message = _("Nothing of it is being written in the language chosen.")
