from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .release import Release


class LastView(models.Model):
    """What somebody has seen of a release: what has changed since is marked for them."""

    release = models.ForeignKey(Release, verbose_name=_("release"), on_delete=models.CASCADE, related_name="last_views")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("user"), on_delete=models.CASCADE)
    at = models.DateTimeField(_("at"))
    texts = models.JSONField(_("texts"), default=dict, help_text=_("By language: path and text."))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("last view")
        verbose_name_plural = _("last views")
        unique_together = [("release", "user")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.release_id}"
