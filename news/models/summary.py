from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.search import index

from home.languages import CHINESE, ENGLISH, Language, current_language

from .partner import PartnerPage
from .release import Release, user_key
from .topic import Topic


class SummaryQuerySet(models.QuerySet["ReleaseSummary"]):
    def shown(self) -> Self:
        """Of releases that have a page."""
        return self.exclude(page_type="")

    def missed(self) -> Self:
        """Scheduled ones whose moment has passed, and which it released nothing at."""
        return self.filter(state="scheduled", misses=True, moment__lte=timezone.now())

    def in_state(self, state: str) -> Self:
        """A ReleaseState of news.pair.state, as the clock has it."""
        missed = ReleaseSummary.objects.missed()
        return self.missed() if state == "missed" else self.filter(state=state).exclude(pk__in=missed.values("pk"))


class ReleaseSummary(index.Indexed, models.Model):
    """Where a release stands, for lists of many: what news.pair.facts says of it, written down after each step.

    Nobody edits it, and nothing is decided by it: whoever acts asks the Pair.
    """

    release = models.OneToOneField(
        Release, verbose_name=_("release"), primary_key=True, on_delete=models.CASCADE, related_name="summary"
    )
    dirty = models.BooleanField(_("to be made anew"), default=True)
    page_type = models.CharField(_("type"), max_length=100, blank=True)
    """Label of the model, `news.ArticlePage`; empty where no page is left."""
    is_section = models.BooleanField(_("front page or section"), default=False)
    original = models.CharField(_("original"), max_length=16, blank=True)
    state = models.CharField(_("state"), max_length=20, blank=True)
    """A ReleaseState of news.pair.state, whatever the time: for Missed see `misses`."""
    misses = models.BooleanField(_("releases nothing at its moment"), default=False)
    state_en = models.CharField(pgettext_lazy("language", "English"), max_length=20, blank=True)
    state_zh_hans = models.CharField(pgettext_lazy("language", "Chinese"), max_length=20, blank=True)
    title_en = models.CharField(_("title (English)"), max_length=255, blank=True)
    title_zh_hans = models.CharField(_("title (Chinese)"), max_length=255, blank=True)
    """Empty of a translation that has its original's title still."""
    page_en = models.PositiveIntegerField(null=True)
    page_zh_hans = models.PositiveIntegerField(null=True)
    place_en = models.PositiveIntegerField(null=True)
    place_zh_hans = models.PositiveIntegerField(null=True)
    """Keys of the page in each language, and of what is above it; no foreign keys, so that pages go as before."""
    stale = models.BooleanField(_("out of date"), default=False)
    owed = models.BooleanField(_("translation to follow"), default=False)
    unread = models.BooleanField(_("post-release review due"), default=False)
    due = models.DateField(_("due"), null=True)
    author = user_key(_("author"))
    reviewer = user_key(_("last reviewer"))
    step = models.CharField(_("next step"), max_length=16, blank=True)
    """A NextStep of news.pair.facts; empty where nothing is to be done."""
    since = models.DateTimeField(_("since"), null=True)
    moment = models.DateTimeField(_("released or to be released"), null=True)
    changed = models.DateTimeField(_("changed"), null=True)
    """When any of it was last another: never earlier than before, so that calendars know the newer of two."""
    topics = models.ManyToManyField(Topic, verbose_name=_("topics"), related_name="+")
    partners = models.ManyToManyField(PartnerPage, verbose_name=_("partners"), related_name="+")
    """Of both: those that the newest draft of the original names."""

    objects = SummaryQuerySet.as_manager()

    search_fields = [
        index.SearchField("title_en"),
        index.AutocompleteField("title_en"),
        index.SearchField("title_zh_hans"),
        index.AutocompleteField("title_zh_hans"),
    ]
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        indexes = [
            models.Index(fields=["state", "-since"], name="news_summary_state"),
            models.Index(fields=["-since", "-release"], name="news_summary_since"),
            models.Index(fields=["-moment"], name="news_summary_moment"),
            models.Index(fields=["step"], name="news_summary_step"),
            models.Index(fields=["dirty"], condition=Q(dirty=True), name="news_summary_dirty"),
        ]

    def __str__(self) -> str:
        return self.title_en or self.title_zh_hans

    @property
    def state_now(self) -> str:
        """As the clock has it."""
        is_past = self.moment is not None and self.moment <= timezone.now()
        return "missed" if self.state == "scheduled" and self.misses and is_past else self.state

    @property
    def titled(self) -> list[tuple[Language, str]]:
        """[(Language, title)] to name it by, the original's first."""
        titles = [(ENGLISH, self.title_en), (CHINESE, self.title_zh_hans)]
        return [(language, title) for language, title in sorted(titles, key=self.is_of_translation) if title]

    @property
    def titles(self) -> list[tuple[Language, str]]:
        """The same, the one in the language of the admin first."""
        return sorted(self.titled, key=lambda titled: titled[0] != current_language())

    def is_of_translation(self, title: tuple[Language, str]) -> bool:
        return title[0].code != self.original
