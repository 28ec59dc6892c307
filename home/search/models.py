from django.db import models
from django.utils.translation import gettext_lazy as _

from home.languages import Words, named


class Search(models.Model):
    """How often something was searched for on a day, and whether it was found. Nobody's address, nobody's cookie."""

    words = models.CharField(_("words"), max_length=80)
    language = models.CharField(_("language"), max_length=10)
    day = models.DateField(_("day"))
    times = models.PositiveIntegerField(_("times"), default=1)
    found = models.PositiveIntegerField(_("found"), default=0)

    class Meta:
        unique_together = [("words", "language", "day")]
        indexes = [models.Index(fields=["day"], name="home_search_day")]
        verbose_name = _("search")
        verbose_name_plural = _("searches")

    def __str__(self) -> str:
        return self.words

    @property
    def language_label(self) -> Words:
        return named(self.language)


class IndexState(models.Model):
    """By which version of the analyser the index was built. One row, or none before it ever was."""

    analyser = models.PositiveIntegerField()

    def __str__(self) -> str:
        return str(self.analyser)
