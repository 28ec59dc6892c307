"""Whoever brings notices to people: the mail server, and each robot."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reason(models.TextChoices):
    """Why something did not arrive. `server` is that of mail or of a robot."""

    NO_HOST = "no_host", _("The name of the server is not known.")
    CLOSED = "closed", _("Nobody answers at the address of the server.")
    SILENT = "silent", _("The server does not answer in time.")
    BROKEN = "broken", _("The server ended the conversation.")
    TLS = "tls", _("No encrypted connection to the server could be made.")
    SIGN_IN = "sign_in", _("The server does not accept user name and password.")
    SENDER = "sender", _("The server does not accept the sender’s address.")
    POSTPONED = "postponed", _("The server asks to try again later.")
    ADDRESS = "address", _("The server takes no mail for this address.")
    CONTENT = "content", _("The server refuses this message.")
    UNWRITTEN = "unwritten", _("The message could not be written.")


class Trouble(models.Model):
    """What keeps something from being sent."""

    reason = models.CharField(
        _("why it did not arrive"), max_length=16, choices=Reason.choices, blank=True, db_default=""
    )
    said = models.TextField(_("what the server said"), blank=True, db_default="")
    failing_since = models.DateTimeField(_("failing since"), null=True, blank=True)
    next_at = models.DateTimeField(_("next attempt"), null=True, blank=True)

    class Meta:
        abstract = True

    def fail(self, reason: str, said: str, at: datetime) -> None:
        """Not saved."""
        self.reason, self.said, self.failing_since = reason, said, self.failing_since or at


class CarrierManager(models.Manager["Carrier"]):
    def named(self, name: str) -> "Carrier":
        """Not stored before something goes wrong."""
        return self.filter(name=name).first() or Carrier(name=name)

    def away(self) -> models.QuerySet["Carrier"]:
        return self.exclude(failing_since=None)


class Carrier(Trouble):
    """The mail server, or a robot: while it is away nothing of what it is to carry is tried."""

    MAIL = "mail"

    name = models.CharField(_("name"), max_length=40, unique=True)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)

    objects = CarrierManager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("carrier of notices")
        verbose_name_plural = _("carriers of notices")

    def __str__(self) -> str:
        return self.name

    def pauses(self, now: datetime) -> bool:
        return self.next_at is not None and self.next_at > now

    def answers(self) -> None:
        """It is there again."""
        if self.pk is not None and self.failing_since is not None:
            self.reason, self.said, self.failing_since, self.next_at, self.attempts = "", "", None, None, 0
            self.save()
