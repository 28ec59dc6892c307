import getpass
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from home.reading import WritingCommand
from news.legacy.decode import decode
from news.legacy.errors import UnreadableDocument
from news.legacy.extract import extract
from news.legacy.load import load


class Command(WritingCommand):
    help = "Import releases from saved pages of an old site, as drafts, and start their translation."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "paths", nargs="+", type=Path, metavar="PATH", help="A saved page, or a folder of .txt files"
        )
        parser.add_argument("--publish", action="store_true", help="Publish the originals; translations stay drafts")
        parser.add_argument(
            "--operator",
            default=getpass.getuser(),
            help="Who answers for publishing (default: the name on this machine)",
        )
        parser.add_argument(
            "--counted-on",
            type=date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="When the views were read (default: today)",
        )

    def handle(
        self, *, paths: list[Path], publish: bool, operator: str, counted_on: date | None, **options: Any
    ) -> None:
        refused = 0
        for path in paths:
            try:
                found = files(path)
            except UnreadableDocument as error:
                refused += self.refuse(path, error)
                continue
            for file in found:
                try:
                    self.bring_in(file, counted_on, operator if publish else "")
                except UnreadableDocument as error:
                    refused += self.refuse(file, error)
        if refused:
            raise CommandError(
                ngettext("%(count)d file could not be imported.", "%(count)d files could not be imported.", refused)
                % {"count": refused}
            )

    def bring_in(self, path: Path, counted_on: date | None, operator: str) -> None:
        document = extract(decode(read(path)))
        article = load(document, counted_on=counted_on, operator=operator)
        if article is None:
            self.stdout.write(_("%(path)s: already imported") % {"path": path})
            return
        for line in document.left_out:
            self.stdout.write(_("%(path)s: left out as the old site's footer: %(line)s") % {"path": path, "line": line})
        self.stdout.write(
            _("%(path)s: imported as “%(title)s”, %(url)s")
            % {"path": path, "title": article.title, "url": article.full_url}
        )

    def refuse(self, path: Path, error: UnreadableDocument) -> int:
        self.stderr.write(self.style.ERROR(f"{path}: {error}"))
        return 1


def files(path: Path) -> list[Path]:
    """The file itself, or the .txt files of a folder."""
    if not path.is_dir():
        return [path]
    found = sorted(path.glob("*.txt"))
    if not found:
        raise UnreadableDocument(_("There is no .txt file in this folder."))
    return found


def read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise UnreadableDocument(_("There is no such file.")) from None
    except OSError as error:
        raise UnreadableDocument(_("The file cannot be read (%(reason)s).") % {"reason": error.strerror}) from error
