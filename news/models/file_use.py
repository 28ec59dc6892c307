from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model_string
from wagtail.models import Page, Revision, TaskState, WorkflowState

from home.images import CustomImage

from .release import Approval


def public_revisions() -> models.QuerySet[Any, Any]:
    return Page.objects.filter(live=True).values("live_revision")


class FileUseQuerySet(models.QuerySet["FileUse"]):
    def public(self) -> Self:
        """By what readers get."""
        return self.filter(revision__in=public_revisions())

    def standing(self) -> Self:
        """By what is submitted, approved or public: these files do not change."""
        waiting = TaskState.objects.filter(
            status=TaskState.STATUS_IN_PROGRESS, workflow_state__status=WorkflowState.STATUS_IN_PROGRESS
        )
        later = Approval.objects.standing().filter(
            release=models.OuterRef("release"), language=models.OuterRef("language"), pk__gt=models.OuterRef("pk")
        )
        approved = Approval.objects.standing().filter(~models.Exists(later)).values("revision")
        return self.filter(
            models.Q(revision__in=waiting.values("revision"))
            | models.Q(revision__in=approved)
            | models.Q(revision__in=public_revisions())
        )


class FileUse(models.Model):
    """That a revision of a page shows a picture or leads to a document. Written with the revision."""

    revision = models.ForeignKey(
        Revision, verbose_name=_("shown in revision"), on_delete=models.CASCADE, related_name="+"
    )
    image = models.ForeignKey(
        CustomImage, verbose_name=_("image"), null=True, on_delete=models.CASCADE, related_name="uses"
    )
    document = models.ForeignKey(
        get_document_model_string(),
        verbose_name=_("document shown"),
        null=True,
        on_delete=models.CASCADE,
        related_name="uses",
    )

    objects = FileUseQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("use of a file")
        verbose_name_plural = _("uses of files")
        constraints = [
            models.UniqueConstraint(fields=["revision", "image"], name="one_use_of_an_image"),
            models.UniqueConstraint(fields=["revision", "document"], name="one_use_of_a_document"),
        ]

    def __str__(self) -> str:
        return f"{self.revision_id}: {self.image or self.document}"
