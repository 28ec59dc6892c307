from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from home.languages import CHINESE, current_language


class Topic(models.Model):  # type: ignore[django-manager-missing]  # ArticleTopic stands on what has no types
    """What articles are about. One row serves both languages, so that `?topic=` means the same in each."""

    slug = models.SlugField(_("slug"), unique=True, help_text=_("Stands in addresses: lower-case letters and hyphens."))
    name_en = models.CharField(_("name (English)"), max_length=80)
    name_zh_hans = models.CharField(_("name (Chinese)"), max_length=80)

    in_one_language = models.BooleanField(
        _("in one language"),
        default=False,
        db_default=False,
        help_text=_(
            "What is on topics of this kind alone is released in the language it is written in, unless its author "
            "chooses otherwise."
        ),
    )

    panels = [
        FieldRowPanel([FieldPanel("name_en"), FieldPanel("name_zh_hans")]),
        FieldPanel("slug"),
        FieldPanel("in_one_language"),
    ]

    class Meta:
        ordering = ["slug"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self) -> str:
        return f"{self.name_en} {self.name_zh_hans}"

    @property
    def name(self) -> str:
        return self.name_zh_hans if current_language() == CHINESE else self.name_en
