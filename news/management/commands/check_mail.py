from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.management.base import CommandError, CommandParser
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from home import smtp
from home.reading import WritingCommand
from news.models import Carrier
from news.notices import failures, mail
from news.notices.advice import ADVICE, differs_from_account
from news.notices.outbox import RUN


class Command(WritingCommand):
    help = "Send one mail, as notices are sent, and say what is wrong where it does not go out."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("to", metavar="ADDRESS|USERNAME")

    def handle(self, *, to: str, **options: Any) -> None:
        address = address_of(to)
        if not hasattr(settings, "EMAIL_HOST") or "smtp" not in settings.EMAIL_BACKEND.lower():
            raise CommandError(
                _("EMAIL_URL names no mail server, so that nothing is sent. Write %(example)s.")
                % {"example": "EMAIL_URL=smtp+ssl://user%40news.example:password@host:465"}
            )
        if differs_from_account():
            self.stderr.write(
                _("DEFAULT_FROM_EMAIL is %(sender)s, and the account is %(user)s: most providers refuse that.")
                % {"sender": settings.DEFAULT_FROM_EMAIL, "user": settings.EMAIL_HOST_USER}
            )
        where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
        try:
            with smtp.within(RUN):
                message_to(address).send()
        except Exception as error:
            failure = failures.of(error)
            said = f"\n{failure.said}" if failure.said else ""
            raise CommandError(f"{where}: {failure.reason.label}{said}\n{ADVICE[failure.reason]}") from error
        Carrier.objects.named(Carrier.MAIL).answers()
        self.stdout.write(
            _("%(where)s has taken it. Look into the mailbox of %(address)s, and among its junk.")
            % {"where": where, "address": address}
        )


def address_of(to: str) -> str:
    """That of an account, or the one that is given."""
    user = get_user_model().objects.filter(username=to).first()
    address = user.email if user is not None else to
    try:
        validate_email(address)
    except ValidationError:
        said = _("The account %(name)s has no address.") if user is not None else _("“%(name)s” is neither.")
        raise CommandError(said % {"name": to}) from None
    return address


def message_to(address: str) -> EmailMessage:
    name = settings.WAGTAIL_SITE_NAME
    message = EmailMessage(
        _("%(site)s can send mail") % {"site": name},
        _("This was sent by “manage.py check_mail” of %(site)s, %(url)s. Notices come the same way.")
        % {"site": name, "url": settings.SITE_URL},
        to=[address],
        headers={"Auto-Submitted": "auto-generated"},
    )
    message.encoding = mail.BASE64
    return message
