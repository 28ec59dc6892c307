from ipaddress import ip_address
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import ngettext

from home.accounts.throttle import unlock
from home.reading import WritingCommand


class Command(WritingCommand):
    help = "Let somebody try again who has failed too often: a user name, an e-mail address, or an IP address"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("who", help="a user name or e-mail address as it was typed, or an IP address")

    def handle(self, *, who: str, **options: Any) -> None:
        try:
            count = unlock(address=str(ip_address(who)))
        except ValueError:
            count = unlock(who)
        words = ngettext("%(count)s failure counts no more.", "%(count)s failures count no more.", count)
        self.stdout.write(words % {"count": count})
