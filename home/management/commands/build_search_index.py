from django.core.management.base import CommandParser

from home.reading import WritingCommand
from home.search.build import build, is_current

WIDTH = 30


class Command(WritingCommand):
    help = "Build the search index anew. Until it is done, readers search the old one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-needed", action="store_true", help="Only if another version of the analyser built what is there"
        )

    def handle(self, *, if_needed: bool, **options: object) -> None:
        if if_needed and is_current():
            return
        done = build(self.show)
        self.stderr.write("")
        self.stdout.write(str(done))

    def show(self, done: int, total: int, rate: float) -> None:
        filled = WIDTH * done // max(total, 1)
        bar = "#" * filled + "." * (WIDTH - filled)
        self.stderr.write(f"\r[{bar}] {done}/{total}  {rate:.0f}/s ", ending="")
        self.stderr.flush()
