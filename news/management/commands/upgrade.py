from argparse import ArgumentParser
from functools import partial

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from home.languages import Words
from news.upgrade import REGISTER, take


class Command(BaseCommand):
    help = (
        "Bring database and data up to this version: migrations, what bootstrap makes, then the steps that take a look "
        "at every object. Can be broken off and started again at any time."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="Only say what waits; fails if anything does.")

    def handle(self, *, check: bool, **options: object) -> None:
        if check:
            self.check_only()
            return
        call_command("migrate", interactive=False, verbosity=options["verbosity"], stdout=self.stdout)
        call_command("bootstrap", stdout=self.stdout)
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
        self.tell(_("Up to date."))

    def check_only(self) -> None:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if plan:
            names = ", ".join(f"{migration.app_label}.{migration.name}" for migration, _backwards in plan)
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
