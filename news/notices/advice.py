"""What an operator does about what keeps mail from going out."""

from email.utils import parseaddr

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from news.models import Reason

ADVICE = {
    Reason.NO_HOST: _("Look at the name of the host in EMAIL_URL, and whether this machine resolves names at all."),
    Reason.CLOSED: _("Look at host and port in EMAIL_URL, and whether a firewall lets this machine out to them."),
    Reason.SILENT: _(
        "Look at the port in EMAIL_URL: 465 goes with smtp+ssl://, 587 with smtp+tls://. Or a firewall swallows what "
        "is sent, or the server is overloaded."
    ),
    Reason.BROKEN: _("Read what it said. Many providers turn a machine away that sends much or is not known to them."),
    Reason.TLS: _(
        "Look at the way in EMAIL_URL: 465 goes with smtp+ssl://, 587 with smtp+tls://. The certificate has to be that "
        "of the host’s name, from an authority that this machine knows."
    ),
    Reason.SIGN_IN: _(
        "Look at user and password in EMAIL_URL. The user is the whole address; many providers "
        "want an authorisation code in place of the password, and SMTP switched on in the mailbox."
    ),
    Reason.SENDER: _("Write as DEFAULT_FROM_EMAIL the address of the account in EMAIL_URL."),
    Reason.POSTPONED: _(
        "Servers that do not know a sender often ask for a second try (greylisting). Notices are tried again by "
        "themselves; try this again in five minutes."
    ),
    Reason.ADDRESS: _("Look at the address: it may be misspelt, closed or full."),
    Reason.CONTENT: _("Read what it said; ask whoever runs the server what its filter has against it."),
    Reason.UNWRITTEN: _("This is an error of ours, or a header in the settings that no mail can have."),
}


def differs_from_account() -> bool:
    """Whether the sender is another than the account that signs in, which most providers refuse."""
    user, sender = settings.EMAIL_HOST_USER or "", parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return "@" in user and user.casefold() != sender.casefold()
