from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from home.accounts import factors
from home.accounts.models import KnownSession
from home.reading import WritingCommand


class Command(WritingCommand):
    help = "Remove the second factors of somebody who has lost phone and recovery codes; they sign in anew, and add one"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *, username: str, **options: Any) -> None:
        user = get_user_model().objects.filter(username=username).first()
        if user is None:
            raise CommandError(_("There is no account “%(name)s”.") % {"name": username})
        found = factors.factors_of(user)
        factors.remove(user, found)
        KnownSession.objects.filter(user=user).delete()
        names = ", ".join(factor.name for factor in found) or "–"
        self.stdout.write(_("Removed, and signed out everywhere: %(names)s") % {"names": names})
