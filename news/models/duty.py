"""Who stands in for a publisher, and who is on duty."""

from datetime import datetime
from typing import Self

from django.contrib.auth.models import Group
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home import clock

from .release import user_key


class ActingPublisherQuerySet(models.QuerySet["ActingPublisher"]):
    def in_force(self, now: datetime | None = None) -> Self:
        now = now or timezone.now()
        return self.filter(starts_at__lte=now, ends_at__gt=now, ended_at=None, user__is_active=True)

    def to_come(self, now: datetime | None = None) -> Self:
        """Those in force among them."""
        return self.filter(ends_at__gt=now or timezone.now(), ended_at=None, user__is_active=True)


class ActingPublisher(models.Model):
    """Somebody has a publisher's rights from one moment until another. Rule 30. Never deleted.

    It is asked when rights are read, and nothing has to happen for it to begin or to end.
    """

    user = user_key(_("acting publisher"))
    user_name = models.CharField(_("name"), max_length=255)
    group = models.ForeignKey(
        Group,
        verbose_name=_("group stood in for"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="acting",
        help_text=_("Whose rights they have meanwhile."),
    )
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    reason = models.TextField(_("reason"), blank=True)
    named_by = user_key(_("named by"))
    named_by_name = models.CharField(_("name"), max_length=255, blank=True)
    named_at = models.DateTimeField(_("named"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended early"), null=True, blank=True)
    ended_by = user_key(_("ended by"))
    ended_by_name = models.CharField(_("name"), max_length=255, blank=True)

    objects = ActingPublisherQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["starts_at", "pk"]
        verbose_name = _("acting publisher")
        verbose_name_plural = _("acting publishers")

    def __str__(self) -> str:
        return self.user_name

    @property
    def is_in_force(self) -> bool:
        return self.ended_at is None and self.starts_at <= timezone.now() < self.ends_at


class DutyQuerySet(models.QuerySet["Duty"]):
    def now(self) -> Self:
        return self.filter(first__lte=clock.day(), last__gte=clock.day(), user__is_active=True)

    def to_come(self) -> Self:
        """Today's among them."""
        return self.filter(last__gte=clock.day(), user__is_active=True)


class Duty(models.Model):
    """Somebody is on duty on one day or several: they hear of what is missed, failed, urgent or held."""

    user = user_key(_("on duty"))
    user_name = models.CharField(_("name"), max_length=255)
    first = models.DateField(_("first day"))
    last = models.DateField(_("last day"))
    by = user_key(_("entered by"))
    by_name = models.CharField(_("name"), max_length=255, blank=True)
    at = models.DateTimeField(_("entered"), default=timezone.now)

    objects = DutyQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["first", "pk"]
        verbose_name = _("duty")
        verbose_name_plural = _("duty roster")

    def __str__(self) -> str:
        return f"{self.user_name} {self.first} – {self.last}"
