from news.management.regular import RegularCommand
from news.notices.events import rights_expire
from news.notices.outbox import deliver


class Command(RegularCommand):
    help = "Send e-mail and robot notices that are due. Run by `worker`, or by a crontab, on as many nodes as you like."

    def run(self, *, verbosity: int, **options: object) -> None:
        rights_expire()
        sent, failed = deliver()
        if verbosity > 1 or failed:
            self.stdout.write(f"{sent} sent, {failed} failed")
