import sqlite3
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from news import backup
from news.backup import BackupError
from news.management.regular import written_down


class Command(BaseCommand):
    help = "Write database and uploads into one file, which “restore” reads. The site may go on meanwhile."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=settings.VAR_DIR / "backups")
        parser.add_argument("--verify", type=Path, metavar="FILE", help="Make none: read this one back, all of it.")
        parser.add_argument("--keep", type=int, metavar="N", help="Then delete all but the newest N of the folder.")

    def handle(self, *, folder: Path, verify: Path | None, keep: int | None, **options: object) -> None:
        if keep is not None and keep < 1:
            raise CommandError(_("--keep takes a number from 1."))
        try:
            if verify:
                self.verify(verify)
            elif settings.READ_ONLY:
                self.make(folder, keep)
            else:
                with written_down("backup"):
                    self.make(folder, keep)
        except (BackupError, OSError, sqlite3.Error) as error:
            raise CommandError(_("No backup: %(error)s") % {"error": error}) from error

    def verify(self, path: Path) -> None:
        manifest = backup.verify(path)
        said = {"path": path, "count": len(manifest["files"]), "version": manifest["version"]}
        self.stdout.write(_("%(path)s is whole: %(count)d files, version %(version)s.") % said)

    def make(self, folder: Path, keep: int | None) -> None:
        path, gone = backup.make(folder)
        for name in gone:
            self.stderr.write(_("Removed meanwhile: %(name)s") % {"name": name})
        for former in backup.prune(folder, keep) if keep else []:
            self.stdout.write(_("Deleted: %(path)s") % {"path": former})
        self.stdout.write(
            _("%(path)s holds database and uploads, and no secrets: keep .env yourself.") % {"path": path}
        )
