from django.db import models
from django.utils.translation import gettext_lazy as _

from .release import user_key


class Job(models.Model):
    """Long work that nobody waits for: one row from when it is asked for until it has ended, see news.jobs.

    Whoever works on it holds it by a `lease` that ends by itself, so that what a killed process leaves is taken up.
    """

    class Outcome(models.TextChoices):
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    kind = models.CharField(_("kind"), max_length=40, help_text=_("Of news.jobs.REGISTER."))
    key = models.CharField(_("key"), max_length=255, help_text=_("What it is about: there is one open job for each."))
    data = models.JSONField(_("data"), default=dict)
    asked_by = user_key(_("asked for by"))
    asked_by_name = models.CharField(_("name"), max_length=255, blank=True)
    asked_at = models.DateTimeField(_("asked for"), auto_now_add=True)
    due_at = models.DateTimeField(_("not before"))
    lease = models.UUIDField(_("lease"), null=True, blank=True)
    leased_until = models.DateTimeField(_("leased until"), null=True, blank=True)
    claims = models.PositiveSmallIntegerField(_("taken up"), default=0, help_text=_("So many times."))
    failures = models.PositiveSmallIntegerField(_("failed attempts"), default=0)
    error = models.TextField(_("why it failed"), blank=True)
    done = models.PositiveIntegerField(_("steps done"), default=0)
    total = models.PositiveIntegerField(_("steps"), default=0)
    cancel_asked = models.BooleanField(_("to be cancelled"), default=False)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome.choices, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["pk"]
        verbose_name = _("job")
        verbose_name_plural = _("background work")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"], condition=models.Q(ended_at=None), name="one_open_job_of_a_kind"
            )
        ]
        indexes = [models.Index(fields=["ended_at", "due_at"], name="news_job_due")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
