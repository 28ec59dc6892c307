"""The two sections under each home page. `bootstrap` makes them; editors do not add more."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db import models
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page, PageManager

from home.above import SectionQuerySet
from home.asked import one
from home.fields import of_section
from home.gate import SectionMixin
from home.languages import other_version
from home.renditions import with_renditions
from home.slugs import SharedSlugMixin
from home.upstream.panels import TitlePanel
from home.visibility import PublicPageMixin

from .facets import facets_of
from .keyset import PAGE_SIZE, Slice, place_elsewhere
from .narrowing import NewsAsked
from .partner import PartnerKind, PartnerPage
from .querysets import DatedQuerySet, PartnerQuerySet
from .released import models_with
from .topic import Topic


class SectionPage(SectionMixin, PublicPageMixin, SharedSlugMixin, Page):
    introduction = models.TextField(_("introduction"), blank=True)

    objects = PageManager.from_queryset(SectionQuerySet)()

    content_panels = [TitlePanel("title"), FieldPanel("introduction")]
    promote_panels = ["seo_title", "search_description", "show_in_menus"]  # the address is fixed: others rely on it
    override_translatable_fields = of_section()
    parent_page_types = ["home.HomePage"]
    max_count_per_parent = 1

    class Meta:
        abstract = True

    @classmethod
    def clean_subpage_models(cls) -> list[type[Page]]:
        """The types that are registered for this section."""
        return models_with(section=cls._meta.label)


class NewsIndexPage(SectionPage):
    class Meta:
        verbose_name = _("news list")
        verbose_name_plural = _("news lists")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """`?topic=`, `?year=` and, to go on, `?page=`. What names nothing is a 404.

        Where a topic or a year has no news in this language, this is said, and all are shown.
        """
        asked = NewsAsked.of(self, request)
        topic, year, nothing = asked.topic, asked.year, ""
        part = self.part(topic, year, asked.cursor)
        if not part.articles and asked.cursor:
            part, nothing = self.part(topic, year), "older"
        if not part.articles and asked.query:
            part, nothing, topic, year = self.part(), "narrowed", None, ""
        with_renditions([article.lead_image for article in part.articles])
        context = super().get_context(request, *args, **kwargs)
        return {
            **context,
            "part": part,
            "facets": facets_of(self),
            "topic": topic.slug if topic else "",
            "year": year,
            "query": urlencode(asked.query) if topic or year else "",
            "nothing": nothing if part.articles else "",
            "states": asked.states,
            "switch_query": self.switch_query(asked),
        }

    def part(self, topic: Topic | None = None, year: str = "", cursor: str = "") -> Slice:
        return Slice([pages.for_lists() for pages in self.news(topic, year)], cursor, PAGE_SIZE)

    def news(self, topic: Topic | None = None, year: str = "") -> list[DatedQuerySet]:
        """Of each type, what any reader may see of a topic and a year."""
        news = [model.objects.in_language(self.locale_id).released() for model in models_with("lists")]
        if topic:
            news = [pages.on_topics(topic) for pages in news]
        if year:
            news = [pages.filter(date__year=int(year)) for pages in news]
        return news

    def switch_query(self, asked: NewsAsked) -> str:
        """What of the narrowing and of the place also holds in the other language's list."""
        version = other_version(self)
        if version is None or not (asked.query or asked.cursor):
            return ""
        other = version.specific
        facets = facets_of(other)
        has = {"topic": facets.topics, "year": facets.years}
        query = {name: value for name, value in asked.query.items() if value in has[name]}
        if query == asked.query and asked.cursor:
            query["page"] = place_elsewhere(asked.cursor, other, other.news(asked.topic, asked.year))
        return urlencode({name: value for name, value in query.items() if value})


class PartnerIndexPage(SectionPage):
    class Meta:
        verbose_name = _("partner directory")
        verbose_name_plural = _("partner directories")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """`?kind=` and `?city=` narrow the directory. What names nothing is a 404.

        Where a kind or a city has no partner in this language, this is said, and all are shown.
        """
        everybody = sorted(self.released_partners().for_reading(), key=lambda partner: partner.sort_key)
        kind, city = one(request, "kind"), one(request, "city")
        cities = {partner.city for partner in everybody if partner.city}
        theirs = self.city_elsewhere(everybody, city) if city else ""
        if (kind and kind not in PartnerKind.values) or (city and city not in cities and not theirs):
            raise Http404
        kept = {"kind": kind, "city": theirs}
        label = PartnerKind(kind).label if kind else ""
        partners = [partner for partner in everybody if kind in ("", partner.kind) and city in ("", partner.city)]
        nothing = not partners and bool(everybody)
        if nothing:
            partners, kind, city = everybody, "", ""
        with_renditions([partner.logo for partner in partners])
        taken = {partner.kind for partner in everybody}
        return {
            **super().get_context(request, *args, **kwargs),
            "groups": [
                (label, group)
                for value, label in PartnerKind.choices
                if (group := [partner for partner in partners if partner.kind == value])
            ],
            "kinds": [choice for choice in PartnerKind.choices if choice[0] in taken],
            "cities": sorted(cities, key=lambda city: city.encode("gb18030", "replace")),
            "kind": kind,
            "city": city,
            "nothing": nothing,
            "states": [state for state in (label, one(request, "city")) if state],
            "switch_query": urlencode({name: value for name, value in kept.items() if value}),
        }

    def released_partners(self) -> PartnerQuerySet:
        return PartnerPage.objects.everybody(self.locale_id)

    def city_elsewhere(self, everybody: list[PartnerPage], city: str) -> str:
        """What the other language's directory calls a city of this one, or of its own; empty if it has none."""
        other = other_version(self)
        if other is None:
            return ""
        called = dict(other.specific.released_partners().exclude(city="").values_list("translation_key", "city"))
        ours = [partner.translation_key for partner in everybody if partner.city == city]
        named = [called[key] for key in ours if key in called]
        return named[0] if named else city if city in called.values() else ""
