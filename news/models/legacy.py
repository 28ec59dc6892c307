from django.db import models
from django.utils.translation import gettext_lazy as _


class LegacyRecord(models.Model):
    """What the old site knew of a document that was imported from it.

    Kept apart from the page: wagtail-localize copies a page's fields, and an old revision would set them back.
    """

    identity = models.CharField(
        _("identity"), max_length=255, unique=True, help_text=_("Address on the old site, or a hash of the text.")
    )
    translation_key = models.UUIDField(_("translation key"), db_index=True)
    language = models.CharField(_("language"), max_length=16)
    views = models.PositiveIntegerField(_("views"), default=0)
    counted_on = models.DateField(_("counted on"))
    imported_at = models.DateTimeField(_("imported at"), auto_now_add=True)

    class Meta:
        verbose_name = _("legacy record")
        verbose_name_plural = _("legacy records")

    def __str__(self) -> str:
        return self.identity
