import logging
import sqlite3
from argparse import ArgumentParser
from functools import partial
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from home import one_process
from home.front import process
from home.languages import Words
from home.reading import WritingCommand
from news import backup
from news.backup import BackupError
from news.doctor import static_files
from news.management import upgrading
from news.restoring import has_content
from news.upgrade import REGISTER, take

logger = logging.getLogger(__name__)

STEPS = ("back_up", "migrate", "bootstrap", "take_data_steps", "collect", "forget")
"""Killed in any of them or between two, and run again, it comes to the same end."""


class Command(WritingCommand):
    help = (
        "Bring database and data up to this version: a backup, migrations, what bootstrap makes, the steps that take a "
        "look at every object, static files. Can be broken off and started again at any time."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="Only say what waits; fails if anything does.")
        parser.add_argument(
            "--no-backup", dest="backup", action="store_false", help="Make none; you have one that you can restore."
        )

    def handle(self, *, check: bool, backup: bool, verbosity: int, **options: Any) -> None:
        self.backup: Path | None = None
        self.wants_backup, self.verbosity = backup, verbosity
        if check:
            upgrading.require_that_it_fits()
            self.check_only()
            return
        wait = partial(self.tell, _("Another upgrade is running: this one waits until it has ended."))
        with one_process.alone("upgrade", upgrading.KEY, wait) as file:
            upgrading.require_that_it_fits()
            self.backup = upgrading.left(file)
            is_waiting = upgrading.is_waiting()
            try:
                for step in STEPS:
                    getattr(self, step)(is_waiting, file)
            except Exception as error:
                if not isinstance(error, CommandError):
                    logger.exception("upgrade")
                words = str(error) if isinstance(error, CommandError) else f"{type(error).__name__}: {error}"
                raise CommandError(f"{words}\n{upgrading.way_back(self.backup)}") from error
            upgrading.leave(file, "")
        self.tell(_("Up to date."))
        if is_waiting:
            self.tell(_("Start web and worker anew: until then they run the former version."))

    def back_up(self, is_waiting: bool, file: IO[str]) -> None:
        if self.backup:
            self.tell(_("Goes on after a run that was broken off. Its backup: %(path)s") % {"path": self.backup})
            return
        if not (is_waiting and self.wants_backup):
            return
        folder = settings.VAR_DIR / "backups"
        try:
            if not has_content():
                return
            upgrading.require_room(folder)
            self.backup, _gone = backup.make(folder)
        except (BackupError, OSError, sqlite3.Error) as error:
            raise CommandError(
                _("Nothing was changed, as no backup could be made: %(error)s") % {"error": error}
            ) from error
        upgrading.leave(file, self.backup)
        self.tell(_("A backup from before it: %(path)s") % {"path": self.backup})

    def migrate(self, is_waiting: bool, file: IO[str]) -> None:
        call_command("migrate", interactive=False, verbosity=self.verbosity, stdout=self.stdout)

    def bootstrap(self, is_waiting: bool, file: IO[str]) -> None:
        call_command("bootstrap", stdout=self.stdout)

    def take_data_steps(self, is_waiting: bool, file: IO[str]) -> None:
        failed = 0
        for step in REGISTER.values():
            found = take(step, partial(self.tell_progress, step.label))
            for left, error in found:
                self.stderr.write(f"{left._meta.label} {left.pk}: {type(error).__name__}: {error}")
            failed += len(found)
        if failed:
            raise CommandError(
                ngettext(
                    "%(count)d object could not be brought up to date.",
                    "%(count)d objects could not be brought up to date.",
                    failed,
                )
                % {"count": failed}
            )

    def collect(self, is_waiting: bool, file: IO[str]) -> None:
        if static_files.fault():
            call_command("collectstatic", interactive=False, verbosity=self.verbosity, stdout=self.stdout)

    def forget(self, is_waiting: bool, file: IO[str]) -> None:
        """What processes of the former version have stored meanwhile."""
        process.forget_all()

    def check_only(self) -> None:
        waiting_migrations = upgrading.migrations_waiting()
        if waiting_migrations:
            names = ", ".join(waiting_migrations)
            raise CommandError(
                _("Not up to date: run “manage.py upgrade”. Migrations that wait: %(names)s") % {"names": names}
            )
        waiting = {step: step.waiting().count() for step in REGISTER.values()}
        for step, count in waiting.items():
            self.tell(f"{step.label}: {count}")
        if any(waiting.values()):
            raise CommandError(_("Not up to date: run “manage.py upgrade”."))
        self.tell(_("Up to date."))

    def tell_progress(self, label: Words, done: int, count: int) -> None:
        self.tell(f"{label}: {done}/{count}")

    def tell(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()
