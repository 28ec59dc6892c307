from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from news.management.regular import RegularCommand
from news.notices import undelivered
from news.notices.events import rights_expire
from news.notices.outbox import deliver


class Command(RegularCommand):
    help = "Send e-mail and robot notices that are due. Run by `worker`, or by a crontab, on as many nodes as you like."

    def run(self, *, verbosity: int, **options: object) -> None:
        """Ends with an error as long as something cannot be sent, whether it was tried just now or not."""
        rights_expire()
        sent, failed = deliver()
        if verbosity > 1:
            self.stdout.write(f"{sent} sent, {failed} failed")
        away = undelivered.away()
        if failed or away:
            said = _("Not sent: %(failed)d of %(all)d messages") % {"failed": failed, "all": sent + failed}
            raise CommandError("; ".join([*([said] if failed else []), *away]))
