from collections.abc import Iterator
from urllib.parse import urlsplit

from django.core.management.base import CommandError, CommandParser

from home.front import process
from home.front.guest import Guest
from home.languages import LANGUAGES
from home.management.storing import StoringCommand
from home.sitemaps import public_addresses


class Command(StoringCommand):
    help = "Store the pages that readers may ask for, lists first, before they ask."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--limit", type=int, default=1000, help="at most so many, the newest first")

    def handle(self, *, limit: int, **options: object) -> None:
        if not process.is_held():
            raise CommandError("Nothing is stored on this node as long as `front_follow` does not run.")
        guest = Guest()
        count = sum(guest.get(address).status_code == 200 for address in self.addresses(limit))
        self.stdout.write(f"{count} pages are stored.")

    def addresses(self, limit: int) -> Iterator[str]:
        yield from (f"/{code}/{path}" for code in LANGUAGES for path in ("", "news/", "partners/", "news/feed/"))
        yield "/sitemap.xml"
        yield from (urlsplit(address).path for address in public_addresses(limit))
