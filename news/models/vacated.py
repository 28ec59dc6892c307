from django.db import models
from django.utils.translation import gettext_lazy as _

from .release import Release


class VacatedAddress(models.Model):
    """An address at which a release was public that was withdrawn. It outlives the page.

    Whoever is released there next takes it over.
    """

    LONGEST = 1000

    release = models.ForeignKey(Release, verbose_name=_("release"), on_delete=models.CASCADE, related_name="vacated")
    path = models.CharField(
        _("address"), max_length=LONGEST, unique=True, help_text=_("With its language, without a slash at the end.")
    )
    at = models.DateTimeField(_("withdrawn"))

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["path"]
        verbose_name = _("vacated address")
        verbose_name_plural = _("vacated addresses")

    def __str__(self) -> str:
        return self.path
