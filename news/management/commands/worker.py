import logging
import signal
import threading
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from home import clock, reading
from news.management.regular import REGULAR, keep_running

logger = logging.getLogger(__name__)

LOOK = 5
"""Seconds between two looks at the clock."""
JUMP = 2
"""Seconds by which a clock that is kept in time does not move between two looks."""


class Command(BaseCommand):
    requires_system_checks = ()  # they read every address and form of the site, for 40 MB that stay
    help = "Run everything that a crontab would, in one process that stays. Several may run at once."

    def add_arguments(self, parser: CommandParser) -> None:
        names = [regular.command for regular in REGULAR]
        parser.add_argument(
            "--without", action="append", default=[], choices=names, help="Leave a command out; may be repeated"
        )

    def handle(self, *, without: list[str], **options: Any) -> None:
        """A thread for each command: one at a time of each, and a slow one holds up none of the others."""
        self.over = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        if settings.READ_ONLY:
            self.tell(reading.said())
            without = [regular.command for regular in REGULAR]
        threads = [
            threading.Thread(target=keep_running, args=(regular, self.over, self.stdout), name=regular.command)
            for regular in REGULAR
            if regular.command not in without
        ]
        for thread in threads:
            thread.daemon = True
            thread.start()
        self.tell(f"Running {', '.join(thread.name for thread in threads) or 'nothing'}.")
        dead = self.watch(threads)
        for thread in threads:
            thread.join()
        if dead:
            raise CommandError(_("These ended by themselves: %(names)s") % {"names": ", ".join(dead)})
        self.tell("Ended.")

    def watch(self, threads: list[threading.Thread]) -> list[str]:
        """Until it is over; the names of threads that ended before, which ends the others."""
        ahead = time.time() - time.monotonic()
        while not self.over.wait(LOOK):
            moved = time.time() - time.monotonic() - ahead
            if abs(moved) > JUMP:
                ahead += moved
                way = "back" if moved < 0 else "forward"
                logger.warning("The clock was set %s by %.0f seconds; it is %s now.", way, abs(moved), clock.now())
            if dead := [thread.name for thread in threads if not thread.is_alive()]:
                self.over.set()
                return dead
        return []

    def tell(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()

    def stop(self, number: int, frame: object) -> None:
        """After what is in hand; a second signal ends it at once, which harms nothing either."""
        self.over.set()
        signal.signal(number, signal.SIG_DFL)
