from datetime import UTC, datetime
from typing import Any

from django import forms
from django.db import models
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, Page, PageManager, TranslatableMixin
from wagtail.rich_text import get_text_for_indexing
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from home.fields import WAGTAILS_FIELDS, BodyField
from home.front.recording import narrowed
from home.gate import GatedMixin, SaidAs
from home.images import CustomImage, Rendition
from home.languages import language_of
from home.moments import MomentField
from home.renditions import with_renditions
from home.seo import Head
from home.slugs import SharedSlugMixin
from home.upstream.panels import TitlePanel
from home.visibility import PublicPageMixin
from news.blocks import BODY_BLOCKS
from news.panels import release_panel
from news.seo import article_data, article_tags, share_rendition

from .languages_form import languages_panel
from .legacy import LegacyRecord
from .partner import PartnerPage
from .partners_form import ArticleForm
from .pictured import PicturedMixin
from .querysets import ArticleQuerySet, PartnerQuerySet
from .release import Correction, Release
from .released import released
from .topic import Topic

RELATED = 4
LINKED = ("title", "url_path", "translation_key", "live", "locale")
"""What a link to a page takes of it."""
PARTNERS = "partners"
"""Tag of what reads which of the partners that an article names are public, see home.front."""


def on_topic(topic: int, month: str = "") -> str:
    """Tag of what reads the articles on a topic: those up to a month, or all."""
    return f"topic {topic} {month}".rstrip()


def month_of(date: datetime) -> str:
    """`2026-11`, by UTC."""
    return date.astimezone(UTC).strftime("%Y-%m")


@released("news.NewsIndexPage", feed=True, lists=True, parallel=True)
class ArticlePage(GatedMixin, PicturedMixin, PublicPageMixin, SharedSlugMixin, Page):
    """A news release."""

    said_as = SaidAs.RELEASE
    summary = models.TextField(_("summary"), help_text=_("The news in one or two sentences; lists and feeds show it."))
    date = MomentField(
        _("date"),
        null=True,
        blank=True,
        help_text=_("Left empty, it is the moment of release, in both languages."),
    )
    source = models.CharField(
        _("source"), max_length=120, blank=True, help_text=_("Who issued the text, if not this organisation.")
    )
    lead_image = models.ForeignKey(
        CustomImage, verbose_name=_("lead image"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    lead_image_alt = models.CharField(
        _("alternative text"),
        max_length=255,
        blank=True,
        default="",
        db_default="",
        help_text=_("What the picture shows, for readers who cannot see it."),
    )
    lead_image_caption = models.CharField(_("caption"), max_length=500, blank=True, default="", db_default="")
    body = BodyField(BODY_BLOCKS, verbose_name=_("body"))

    objects = PageManager.from_queryset(ArticleQuerySet)()

    content_panels = [
        release_panel(),
        TitlePanel("title"),
        FieldPanel("summary"),
        FieldRowPanel([FieldPanel("date"), FieldPanel("source")]),
        MultiFieldPanel(
            [
                FieldPanel("lead_image", heading=_("Image")),
                FieldPanel("lead_image_alt"),
                FieldPanel("lead_image_caption"),
            ],
            heading=_("Lead image"),
        ),
        FieldPanel("body"),
        InlinePanel("article_partners", heading=_("Partners"), label=_("Partner")),
        InlinePanel("article_topics", heading=_("Topics"), label=_("Topic")),
        languages_panel(),
    ]
    base_form_class = ArticleForm
    override_translatable_fields = [
        *WAGTAILS_FIELDS,
        TranslatableField("summary"),
        SynchronizedField("date", overridable=False),
        TranslatableField("source"),
        SynchronizedField("lead_image"),
        TranslatableField("lead_image_alt"),
        TranslatableField("lead_image_caption"),
        TranslatableField("body"),
        TranslatableField("article_partners"),
        TranslatableField("article_topics"),
    ]
    search_group = "articles"
    search_fields = [
        *Page.search_fields,
        index.AutocompleteField("draft_title"),
        index.SearchField("summary", boost=1),
        index.SearchField("body", boost=1),
        index.SearchField("source", boost=1),
        index.FilterField("date"),
    ]
    parent_page_types = ["news.NewsIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("news release")
        verbose_name_plural = _("news releases")
        indexes = [models.Index(fields=["-date", "-page_ptr"], name="news_newest_first")]

    def get_route_paths(self) -> list[str]:
        """The parallel reading stands below it: where the address changes, its own is led on, too."""
        return ["/", "/bilingual/"]

    @property
    def standfirst(self) -> str:
        """The summary, unless the text opens with the very same words, as that of an imported release does."""
        opening = next((block.value.source for block in self.body if block.block_type == "paragraph"), "")
        return "" if get_text_for_indexing(opening).strip().startswith(self.summary) else self.summary

    @cached_property
    def partners(self) -> list[PartnerPage]:
        """The partners named, in order, each in this article's language or, failing that, in the other.

        The inlines of both languages point at the same rows, so the version to show is looked up here. A partner that
        no reader may see is left out.
        """
        if not getattr(self, "names_partners", True):
            return []
        named = ArticlePartner.objects.filter(page=self, partner__translation_key=OuterRef("translation_key"))
        named = named.order_by("sort_order", "pk")
        found = (
            PartnerPage.objects.released()
            .filter(translation_key__in=ArticlePartner.objects.filter(page=self).values("partner__translation_key"))
            .annotate(place=Subquery(named.values("sort_order")[:1]), row=Subquery(named.values("pk")[:1]))
            .order_by("place", "row")
        )
        with narrowed(PARTNERS):
            return self.in_this_language_first(found)

    def in_this_language_first(self, partners: PartnerQuerySet) -> list[PartnerPage]:
        shown = {}
        for partner in partners.select_related("locale").only(*LINKED, "locale__language_code"):
            if partner.translation_key not in shown or partner.locale_id == self.locale_id:
                shown[partner.translation_key] = partner
        return list(shown.values())

    def take_from_draft(self) -> None:
        """For a preview: partners and topics as they are being written, not as they were saved."""
        keys = [item.partner.translation_key for item in self.article_partners.all() if item.partner_id]
        shown = self.in_this_language_first(PartnerPage.objects.released().filter(translation_key__in=keys))
        self.partners = sorted(shown, key=lambda partner: keys.index(partner.translation_key))
        self.topics = [item.topic for item in self.article_topics.all() if item.topic_id]

    @cached_property
    def topics(self) -> list[Topic]:
        return list(Topic.objects.filter(named_by__page=self).order_by("named_by__sort_order", "named_by__pk"))

    @property
    def views(self) -> int | None:
        """How often readers opened the article, in both languages, or None if nobody counted."""
        if hasattr(self, "counted_views"):
            return self.counted_views
        counted = LegacyRecord.objects.filter(translation_key=self.translation_key)
        return counted.aggregate(views=models.Sum("views"))["views"]

    @property
    def updated(self) -> datetime:
        """When readers of this language last got something new: the date, a later release of changed words, or a
        correction that they are told of.
        """
        if not hasattr(self, "changed_at"):
            found = Release.objects.filter(translation_key=self.translation_key).values_list("changed_at", flat=True)
            self.changed_at = found.first()
            self.corrected_at = self.corrections[0].released_at if self.corrections else None
        moments = (self.date, self.changed_at, self.corrected_at)
        return max(moment for moment in moments if moment is not None)

    @cached_property
    def corrections(self) -> list[Correction]:
        """What readers are told of changes since the release, newest first. Minor edits are not told."""
        if hasattr(self, "corrected_at") and self.corrected_at is None:
            return []
        told = Correction.objects.told_in(language_of(self)).filter(release__translation_key=self.translation_key)
        return list(told.order_by("-released_at"))

    @cached_property
    def related(self) -> list[Page]:
        """Others of this language on its topics: the nearest before it and, if these are too few, after it.

        So the pages of older news stay as they are when something is released.
        """
        if not self.topics:
            return []
        date, pk = self.date or timezone.now(), self.pk or 0  # in a preview there may be neither
        others = (
            ArticlePage.objects.in_language(self.locale_id).released().on_topics(*self.topics).only("date", *LINKED)
        )
        month = month_of(date) if date <= timezone.now() else ""
        with narrowed(*(on_topic(topic.pk, month) for topic in self.topics)):
            found = list(others.older_than(date, pk).newest_first()[:RELATED])
        if len(found) < RELATED:
            with narrowed(*(on_topic(topic.pk) for topic in self.topics)):
                found += others.newer_than(date, pk).order_by("date", "pk")[: RELATED - len(found)]
        return found

    def pictures(self) -> list[tuple[CustomImage, str]]:
        """Where this article shows which images: [(image, place)], see home.renditions."""
        lead = [(self.lead_image, place) for place in ("lead", "card")] if self.lead_image else []
        share = [(self.share_image, place) for place in ("share", "full")] if self.share_image else []
        body = [block.value["image"] for block in self.body if block.block_type == "image"]
        return [*lead, *share, *((image, "figure") for image in body if image)]

    @cached_property
    def share_image(self) -> CustomImage | None:
        """What stands for the article elsewhere: the lead image, else the first of the text."""
        images = [self.lead_image, *(block.value["image"] for block in self.body if block.block_type == "image")]
        return next((image for image in images if image), None)

    def social_image(self) -> Rendition | None:
        return share_rendition(self.share_image)

    def head_tags(self, head: Head) -> None:
        article_tags(head)

    def structured_data(self, head: Head) -> None:
        article_data(head)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        if getattr(request, "is_preview", False):
            self.take_from_draft()
        with_renditions([image for image, _place in self.pictures()])
        return super().get_context(request, *args, **kwargs)


class ArticlePartner(TranslatableMixin, Orderable):
    page = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="article_partners")
    partner = models.ForeignKey(PartnerPage, verbose_name=_("partner"), on_delete=models.CASCADE, related_name="+")

    panels = [FieldPanel("partner")]
    override_translatable_fields = [
        SynchronizedField("partner", overridable=False),
        SynchronizedField("sort_order", overridable=False),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("partner named")
        verbose_name_plural = _("partners named")
        indexes = [models.Index(fields=["partner", "page"], name="news_partner_named_by")]


class ArticleTopic(TranslatableMixin, Orderable):
    page = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="article_topics")
    topic = models.ForeignKey(Topic, verbose_name=_("topic"), on_delete=models.CASCADE, related_name="named_by")

    panels = [FieldPanel("topic", widget=forms.Select)]
    override_translatable_fields = [
        SynchronizedField("topic", overridable=False),
        SynchronizedField("sort_order", overridable=False),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("topic named")
        verbose_name_plural = _("topics named")
        indexes = [models.Index(fields=["topic", "page"], name="news_topic_named_by")]
