from django.db import models
from django.utils.translation import gettext_lazy as _


class LinkStatus(models.Model):
    """What an address elsewhere answered when it was last asked, see `check_links`."""

    url = models.CharField(_("address"), max_length=2000, unique=True)
    is_broken = models.BooleanField(_("broken"), default=False)
    answer = models.CharField(_("answer"), max_length=100, help_text=_("The status of HTTP, or what went wrong."))
    asked_at = models.DateTimeField(_("asked at"), db_index=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("link elsewhere")
        verbose_name_plural = _("links elsewhere")

    def __str__(self) -> str:
        return f"{self.url} {self.answer}"
