from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class HeartbeatManager(models.Manager["Heartbeat"]):
    def write(self, command: str, failure: str = "", has_ended: bool = True) -> None:
        """Note a run. `has_ended`: it came to its end, though what it names may have failed; else it broke off."""
        now = timezone.now()
        values: dict[str, str | datetime] = {"failure": failure}
        values |= {"ran_at": now} if has_ended else {}
        values |= {} if failure else {"succeeded_at": now}
        if not self.filter(command=command).update(**values):
            self.bulk_create([Heartbeat(command=command, **values)], ignore_conflicts=True)

    def take_up(self, command: str, since: datetime) -> bool:
        """Whether this call is the first since a moment to take up what runs once a day."""
        now = timezone.now()
        self.bulk_create([Heartbeat(command=command)], ignore_conflicts=True)
        # A moment that lies ahead is of a clock that was set back.
        free = Q(taken_up_at=None) | Q(taken_up_at__lt=since) | Q(taken_up_at__gt=now)
        return bool(self.filter(free, command=command).update(taken_up_at=now))


class Heartbeat(models.Model):
    """When a command that runs again and again last did, by `worker` or by a crontab, and how it went: a row each."""

    command = models.CharField(_("command"), max_length=40, unique=True)
    ran_at = models.DateTimeField(_("ran to its end"), null=True)
    succeeded_at = models.DateTimeField(_("succeeded"), null=True)
    failure = models.TextField(_("why it failed"), blank=True, help_text=_("Of the last run; empty: it succeeded."))
    taken_up_at = models.DateTimeField(_("last taken up"), null=True, help_text=_("Of what runs once a day."))

    objects = HeartbeatManager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("run of a command")
        verbose_name_plural = _("runs of commands")

    def __str__(self) -> str:
        return self.command
