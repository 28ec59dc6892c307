import signal
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils.translation import gettext as _

from news.jobs import work
from news.models import Job

PAUSE = 5
"""Seconds between two looks for work."""


class Command(BaseCommand):
    help = "Do the long work that was asked for. Run it as a service, or with --once every minute, on any node."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="Do what is due and end")

    def handle(self, *, once: bool, **options: Any) -> None:
        self.is_over = False
        signal.signal(signal.SIGTERM, self.stop)
        failed = self.look()
        while not once and not self.is_over:
            connection.close()  # a database that goes away meanwhile is found again
            time.sleep(PAUSE)
            self.look()
        if once and failed:
            raise CommandError(_("Work failed: %(jobs)s") % {"jobs": ", ".join(map(str, failed))})

    def stop(self, *arguments: object) -> None:
        """After the job in hand."""
        self.is_over = True

    def look(self) -> list[Job]:
        """The Jobs that have failed for good."""
        ended = work(until=lambda: self.is_over)
        for job in ended:
            job.refresh_from_db()
            self.stdout.write(f"{job}: {job.get_outcome_display()}")
        return [job for job in ended if job.outcome == Job.Outcome.FAILED]
