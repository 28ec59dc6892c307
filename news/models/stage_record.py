from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import TaskState

from home.languages import Words

from .release import LANGUAGE_CHOICES, Release, name_of, user_key

OUTCOMES: dict[str, Words] = {
    TaskState.STATUS_IN_PROGRESS: _("In review"),
    TaskState.STATUS_APPROVED: pgettext_lazy("state", "Approved"),
    TaskState.STATUS_REJECTED: _("Returned for changes"),
    TaskState.STATUS_SKIPPED: pgettext_lazy("stage of a review", "Passed over"),
    TaskState.STATUS_CANCELLED: pgettext_lazy("stage of a review", "Recalled or ended"),
}


def decider(state: TaskState) -> str:
    """Whoever decided at a stage, by the name they had then."""
    record = getattr(state, "record", None)
    return (record.finished_by_name if record else "") or name_of(state.finished_by)


class StageRecord(models.Model):
    """What became of one stage of a review, in words as they were then.

    It follows its TaskState, and stays when stage, review and accounts are gone. Names once written stay.
    """

    task_state = models.OneToOneField(
        TaskState, verbose_name=_("stage"), null=True, on_delete=models.SET_NULL, related_name="record"
    )
    release = models.ForeignKey(
        Release,
        verbose_name=_("release"),
        null=True,
        on_delete=models.CASCADE,
        related_name="stage_records",
        help_text=_("Empty: of what needs no release."),
    )
    language = models.CharField(_("language"), max_length=16, choices=LANGUAGE_CHOICES, blank=True)
    stage = models.CharField(_("name of the stage"), max_length=255)
    revision = models.BigIntegerField(_("revision read"), null=True, help_text=_("Its key."))
    submitted_by_name = models.CharField(_("submitted by"), max_length=255, blank=True)
    started_at = models.DateTimeField(_("began"))
    status = models.CharField(_("outcome"), max_length=50)
    finished_by = user_key(_("decided by"))
    finished_by_name = models.CharField(_("name"), max_length=255, blank=True)
    finished_at = models.DateTimeField(_("decided"), null=True)
    comment = models.TextField(_("remark"), blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["started_at", "pk"]
        verbose_name = _("stage of a review")
        verbose_name_plural = _("stages of reviews")

    def __str__(self) -> str:
        return f"{self.language} {self.stage}: {self.finished_by_name}"

    @property
    def outcome(self) -> Words:
        return OUTCOMES.get(self.status, self.status)
