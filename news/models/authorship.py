from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .release import LANGUAGE_CHOICES, Release, user_key


class Authorship(models.Model):
    """Somebody wrote a unit of a version: a field, a block, a row, or what a translation has in its place.

    Rows are added, never changed. What the system saves by itself has no author and no row.
    """

    release = models.ForeignKey(Release, verbose_name=_("release"), on_delete=models.CASCADE, related_name="authorship")
    language = models.CharField(_("language"), max_length=16, choices=LANGUAGE_CHOICES)
    unit = models.CharField(_("what was written"), max_length=255, help_text=_("As in news.translation.units."))
    revision = models.BigIntegerField(
        _("written in revision"),
        null=True,
        blank=True,
        help_text=_("Key of the one that it was written in; none of a paragraph."),
    )
    user = user_key(_("written by"))
    user_name = models.CharField(_("name"), max_length=255, blank=True)
    at = models.DateTimeField(_("written"), default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["pk"]
        verbose_name = _("authorship")
        verbose_name_plural = _("authorship")
        indexes = [models.Index(fields=["release", "language", "unit"], name="news_authorship_of_unit")]

    def __str__(self) -> str:
        return f"{self.language} {self.unit}: {self.user_name}"
