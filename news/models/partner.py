from typing import Any
from urllib.parse import urlencode

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, Page, PageManager, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from home.fields import WAGTAILS_FIELDS, BodyField
from home.gate import GatedMixin, SaidAs
from home.images import CustomImage, Rendition
from home.languages import other_version
from home.renditions import with_renditions
from home.seo import Head
from home.slugs import SharedSlugMixin
from home.upstream.panels import TitlePanel
from home.visibility import PublicPageMixin
from news.blocks import BODY_BLOCKS
from news.panels import release_panel
from news.seo import partner_data, share_rendition

from .keyset import PAGE_SIZE, Slice, cursor_of, place_elsewhere, place_said
from .languages_form import LanguagesForm, languages_panel
from .pictured import PicturedMixin
from .querysets import DatedQuerySet, PartnerQuerySet
from .released import models_with, released


class PartnerKind(models.TextChoices):
    GOVERNMENT = "government", _("Government body")
    INTERNATIONAL = "international", _("International organisation")
    INSTITUTE = "institute", _("Research institute")
    UNIVERSITY = "university", _("University")
    COMPANY = "company", _("Company")
    ASSOCIATION = "association", _("Association")
    MEDIA = "media", _("Media")


@released("news.PartnerIndexPage")
class PartnerPage(GatedMixin, PicturedMixin, PublicPageMixin, SharedSlugMixin, Page):
    """The profile of an organisation. `title` is its full name."""

    said_as = SaidAs.PROFILE
    short_name = models.CharField(_("short name"), max_length=80, blank=True)
    summary = models.TextField(_("summary"), help_text=_("Who they are, in a sentence or two."))
    body = BodyField(BODY_BLOCKS, verbose_name=_("body"), blank=True)
    logo = models.ForeignKey(
        CustomImage, verbose_name=_("logo"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    logo_alt = models.CharField(
        _("alternative text"),
        max_length=255,
        blank=True,
        default="",
        db_default="",
        help_text=_("Only where the logo says more than the name beside it."),
    )
    website = models.URLField(_("website"), blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=PartnerKind.choices)
    founded = models.PositiveSmallIntegerField(
        _("founded"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1000), MaxValueValidator(2100)],
        help_text=_("The year."),
    )

    objects = PageManager.from_queryset(PartnerQuerySet)()

    content_panels = [
        release_panel(),
        TitlePanel("title", placeholder=_("Full name")),
        FieldPanel("short_name"),
        FieldPanel("summary"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("city"), FieldPanel("founded")]),
        FieldPanel("website"),
        MultiFieldPanel([FieldPanel("logo", heading=_("Image")), FieldPanel("logo_alt")], heading=_("Logo")),
        FieldPanel("body"),
        InlinePanel("former_names", heading=_("Former names"), label=_("Former name")),
        languages_panel(),
    ]
    base_form_class = LanguagesForm
    override_translatable_fields = [
        *WAGTAILS_FIELDS,
        TranslatableField("short_name"),
        TranslatableField("summary"),
        TranslatableField("body"),
        SynchronizedField("logo"),
        TranslatableField("logo_alt"),
        SynchronizedField("website"),
        TranslatableField("city"),
        SynchronizedField("kind", overridable=False),
        SynchronizedField("founded", overridable=False),
        TranslatableField("former_names"),
    ]
    search_group = "partners"
    search_fields = [
        *Page.search_fields,
        index.AutocompleteField("draft_title"),
        index.SearchField("short_name", boost=2),
        index.AutocompleteField("short_name"),
        index.RelatedFields("former_names", [index.SearchField("name", boost=1)]),
        index.SearchField("summary", boost=1),
        index.SearchField("body", boost=1),
        index.SearchField("city", boost=1),
    ]
    parent_page_types = ["news.PartnerIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("partner profile")
        verbose_name_plural = _("partner profiles")

    @property
    def sort_key(self) -> bytes:
        """Chinese names in the order of their sounds, as GB 2312 has its common characters; English without "The"."""
        name = (self.short_name or self.title).casefold().removeprefix("the ")
        return name.encode("gb18030", errors="replace")

    def pictures(self) -> list[tuple[CustomImage, str]]:
        """Where this profile shows which images: [(image, place)], see home.renditions."""
        logo = [(self.logo, "logo"), (self.logo, "share")] if self.logo else []
        body = [block.value["image"] for block in self.body if block.block_type == "image"]
        return [*logo, *((image, "figure") for image in body if image)]

    def social_image(self) -> Rendition | None:
        return share_rendition(self.logo)

    def structured_data(self, head: Head) -> None:
        partner_data(head)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """`?page=` goes on in the news with this partner."""
        cursor = cursor_of(request)
        part, nothing = Slice(self.news(), cursor, PAGE_SIZE), False
        if not part.articles and cursor:
            part, nothing = Slice(self.news(), "", PAGE_SIZE), True
        with_renditions([image for image, _place in self.pictures()])
        here = [article for article in part.articles if article.locale_id == self.locale_id]
        with_renditions([article.lead_image for article in here])
        return {
            **super().get_context(request, *args, **kwargs),
            "part": part,
            "articles": here,
            "elsewhere": [article for article in part.articles if article.locale_id != self.locale_id],
            "nothing": nothing and bool(part.articles),
            "states": place_said(cursor),
            "switch_query": self.switch_query(cursor),
        }

    def news(self) -> list[DatedQuerySet]:
        """Of each type, what any reader may see that names this partner: in its language or in the other alone."""
        found = []
        for model in models_with("lists"):
            named = model.objects.released().naming(self)
            here = named.in_language(self.locale_id)
            alone = ~Exists(here.filter(translation_key=OuterRef("translation_key")))
            found.append(named.filter(Q(locale=self.locale_id) | Q(alone)).for_lists())
        return found

    def switch_query(self, cursor: str) -> str:
        other = other_version(self)
        place = cursor and other and place_elsewhere(cursor, other, other.specific.news())
        return urlencode({"page": place}) if place else ""


class FormerName(TranslatableMixin, Orderable):
    """A name the partner bore before: right in texts of its time."""

    page = ParentalKey(PartnerPage, on_delete=models.CASCADE, related_name="former_names")
    name = models.CharField(_("name"), max_length=255)
    until = models.PositiveSmallIntegerField(
        _("until"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1000), MaxValueValidator(2100)],
        help_text=_("The last year in which it bore this name."),
    )

    panels = [FieldRowPanel([FieldPanel("name"), FieldPanel("until")])]
    override_translatable_fields = [
        TranslatableField("name"),
        SynchronizedField("until", overridable=False),
        SynchronizedField("sort_order", overridable=False),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("former name")
        verbose_name_plural = _("former names")
