from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model_string

from home.images import CustomImage

from .release import Release, user_key


def file_key(model: Any, verbose_name: Any) -> models.ForeignKey[Any, Any]:
    """What is deleted later leaves its name."""
    return models.ForeignKey(model, verbose_name=verbose_name, null=True, on_delete=models.SET_NULL, related_name="+")


class Replacement(models.Model):
    """Somebody proposes to put one picture or document in another's place, in some releases; somebody else agrees."""

    old_image = file_key(CustomImage, _("former image"))
    new_image = file_key(CustomImage, _("new image"))
    old_document = file_key(get_document_model_string(), _("former document"))
    new_document = file_key(get_document_model_string(), _("new document"))
    old_name = models.CharField(_("name of the former"), max_length=255, blank=True)
    new_name = models.CharField(_("name of the new"), max_length=255, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    opened_by = user_key(_("proposed by"))
    opened_by_name = models.CharField(_("name"), max_length=255, blank=True)
    opened_at = models.DateTimeField(_("proposed"), default=timezone.now)
    approved_by = user_key(_("agreed by"))
    approved_by_name = models.CharField(_("name"), max_length=255, blank=True)
    approved_at = models.DateTimeField(_("agreed"), null=True, blank=True)
    stamp = models.CharField(_("stamp of what was agreed"), max_length=64, blank=True)
    dropped_by = user_key(_("dropped by"))
    dropped_by_name = models.CharField(_("name"), max_length=255, blank=True)
    dropped_at = models.DateTimeField(_("dropped"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True, db_index=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["pk"]
        verbose_name = _("replacement")
        verbose_name_plural = _("replacements")

    def __str__(self) -> str:
        return f"{self.old_name} → {self.new_name}"

    @property
    def url(self) -> str:
        """Of the page where somebody agrees to it."""
        return reverse("newsroom_files:replacement", args=[self.pk])

    @property
    def old(self) -> Any:
        return self.old_image or self.old_document

    @property
    def new(self) -> Any:
        return self.new_image or self.new_document


class ReplacementUse(models.Model):
    """A release in which it is to be replaced."""

    replacement = models.ForeignKey(
        Replacement, verbose_name=_("replacement"), on_delete=models.CASCADE, related_name="rows"
    )
    release = models.ForeignKey(
        Release, verbose_name=_("release"), on_delete=models.CASCADE, related_name="replacements"
    )
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    refusal = models.TextField(_("why not"), blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["pk"]
        verbose_name = _("release of a replacement")
        verbose_name_plural = _("releases of replacements")
        constraints = [
            models.UniqueConstraint(fields=["replacement", "release"], name="one_row_of_a_release_in_a_replacement")
        ]

    def __str__(self) -> str:
        return f"{self.replacement_id}: {self.release_id}"
