from collections.abc import Callable
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from news.jobs import work
from news.management.regular import RegularCommand
from news.models import Job


class Command(RegularCommand):
    help = "Do the long work that was asked for. Run by `worker`, or by a crontab, on as many nodes as you like."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="As without it: do what is due and end")

    def run(self, *, until: Callable[[], bool] | None = None, **options: Any) -> None:
        ended = work(until)
        for job in ended:
            job.refresh_from_db()
            self.stdout.write(f"{job}: {job.get_outcome_display()}")
        failed = [job for job in ended if job.outcome == Job.Outcome.FAILED]
        if failed:
            raise CommandError(_("Work failed: %(jobs)s") % {"jobs": ", ".join(map(str, failed))})
