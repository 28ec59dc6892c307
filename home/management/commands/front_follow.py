import signal
import threading
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from home.front import process
from home.management.storing import StoringCommand


class Command(StoringCommand):
    requires_system_checks = ()  # they read every address and form of the site, for 40 MB that stay
    help = "Carry out on this node what changes on others shut and open, in one process that stays."

    def handle(self, **options: Any) -> None:
        if not settings.FRONT_NODE:
            raise CommandError("FRONT_NODE is not set: this is the only machine, and needs nobody who follows.")
        from home.front.follower import Follower  # knows PostgreSQL

        over = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_signal: over.set())
        Follower(process.store(), settings.FRONT_NODE, self.tell).run(over)
        self.tell("Ended.")

    def tell(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()
