from django.core.management.base import BaseCommand

from news.notices.events import rights_expire
from news.notices.outbox import deliver


class Command(BaseCommand):
    help = "Send e-mail and robot notices that are due. Start it every minute; it may run on every node at once."

    def handle(self, *, verbosity: int, **options: object) -> None:
        rights_expire()
        sent, failed = deliver()
        if verbosity > 1 or failed:
            self.stdout.write(f"{sent} sent, {failed} failed")
