from django.core.management.base import CommandError, CommandParser

from home.front import process
from home.front.store import Unforgotten
from home.front.tags import EVERYTHING
from home.management.storing import StoringCommand


class Command(StoringCommand):
    help = (
        "Forget stored pages: after the database was written by another program, restored or exchanged. "
        "What Newsroom itself writes needs none of this."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("tags", nargs="*", help='only what depends on these, such as "image 7"')

    def handle(self, *, tags: list[str], **options: object) -> None:
        try:
            count = process.forget(tags or {EVERYTHING})
        except Unforgotten as error:
            raise CommandError(f"Not on all nodes: {error}") from error
        self.stdout.write("All stored pages are forgotten." if count < 0 else f"{count} stored pages are forgotten.")
