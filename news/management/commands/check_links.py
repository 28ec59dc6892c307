from django.core.management.base import CommandParser

from news.findings.link_check import check_links
from news.management.regular import RegularCommand


class Command(RegularCommand):
    help = "Asks addresses elsewhere that public pages link to whether they are still there."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--number", type=int, default=100, help="Ask so many at most (default: 100)")

    def run(self, *, number: int, **options: object) -> None:
        asked = check_links(number)
        for status in asked:
            if status.is_broken:
                self.stdout.write(f"{status.url}: {status.answer}")
        self.stdout.write(f"{len(asked)} addresses asked, {sum(status.is_broken for status in asked)} broken.")
