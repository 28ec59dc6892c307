from django.db import models
from django.utils.translation import gettext_lazy as _

from .followed import FollowedQuerySet
from .release import LANGUAGE_CHOICES, Release, user_key


class Assignment(models.Model):
    """Whose turn it is with one language version, and until when. It ends with the version's release."""

    release = models.ForeignKey(
        Release, verbose_name=_("release"), on_delete=models.CASCADE, related_name="assignments"
    )
    language = models.CharField(_("language"), max_length=16, choices=LANGUAGE_CHOICES)
    user = user_key(_("assigned to"))
    due = models.DateField(_("due"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    by = user_key(_("handed over by"))
    by_name = models.CharField(_("name"), max_length=255, blank=True)
    at = models.DateTimeField(_("handed over"), auto_now=True)

    objects = FollowedQuerySet["Assignment"].as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        unique_together = [("release", "language")]

    def __str__(self) -> str:
        return f"{self.release_id} {self.language}: {self.user_id}"
