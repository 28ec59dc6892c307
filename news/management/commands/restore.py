import sqlite3
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from home.reading import WritingCommand
from news.backup import BackupError, make
from news.restoring import has_content, restore


class Command(WritingCommand):
    help = "Put a file that “backup” wrote in the place of database and uploads. Stop web and worker first."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="What is there goes; a backup of it is made first.")
        parser.add_argument("--of-another-site", action="store_true", help="Though it was made at another SITE_URL.")

    def handle(self, *, file: Path, replace: bool, of_another_site: bool, **options: object) -> None:
        try:
            if has_content():
                if not replace:
                    raise CommandError(_("There is a site already. If it may go, add --replace."))
                before, _gone = make(settings.VAR_DIR / "backups")
                self.stdout.write(_("What is there was written into %(path)s.") % {"path": before})
            manifest, former = restore(file, of_another_site=of_another_site)
        except (BackupError, OSError, sqlite3.Error) as error:
            raise CommandError(_("Nothing was restored: %(error)s") % {"error": error}) from error
        if former:
            self.stdout.write(_("The former uploads lie in %(path)s: delete them.") % {"path": former})
        if replace and settings.MEDIA_STORAGE:
            self.stdout.write(_("Former uploads are still in the bucket; “manage.py doctor” names them."))
        said = {"version": manifest["version"], "made_at": manifest["made_at"]}
        self.stdout.write(_("Restored: version %(version)s, made at %(made_at)s.") % said)
        self.stdout.write(_("Now run “manage.py upgrade”, then start web and worker."))
