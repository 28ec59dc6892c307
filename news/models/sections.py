"""The two sections under each home page. `bootstrap` makes them; editors do not add more."""

from typing import Any
from urllib.parse import urlencode

from django.db import models
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from home.fields import kept_by_each
from home.gate import SectionMixin
from home.languages import language_versions
from home.renditions import with_renditions
from home.slugs import SharedSlugMixin
from home.upstream.panels import TitlePanel
from home.visibility import PublicPageMixin

from .facets import facets_of
from .keyset import Slice
from .partner import PartnerKind, PartnerPage
from .released import models_with

PAGE_SIZE = 20
MODES = kept_by_each("title", "slug", "seo_title", "search_description", "show_in_menus", "introduction")


class SectionPage(SectionMixin, PublicPageMixin, SharedSlugMixin, Page):
    introduction = models.TextField(_("introduction"), blank=True)

    content_panels = [TitlePanel("title"), FieldPanel("introduction")]
    promote_panels = ["seo_title", "search_description", "show_in_menus"]  # the address is fixed: others rely on it
    override_translatable_fields = MODES
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
        """`?topic=`, `?year=` and, to go on, `?page=`. An unknown topic or year is a 404."""
        facets = facets_of(self)
        topic, year = request.GET.get("topic", ""), request.GET.get("year", "")
        news = [model.objects.child_of(self).released() for model in models_with("lists")]
        if topic:
            if topic not in facets.topics:
                raise Http404
            news = [pages.on_topic(topic) for pages in news]
        if year:
            if year not in facets.years:
                raise Http404
            news = [pages.filter(date__year=int(year)) for pages in news]
        part = Slice([pages.for_lists() for pages in news], request.GET.get("page", ""), PAGE_SIZE)
        with_renditions([article.lead_image for article in part.articles])
        context = super().get_context(request, *args, **kwargs)
        query = {name: value for name, value in (("topic", topic), ("year", year)) if value}
        return {
            **context,
            "part": part,
            "facets": facets,
            "topic": topic,
            "year": year,
            "query": urlencode(query),
            "switch_query": self.switch_query(query),
        }

    def switch_query(self, query: dict[str, str]) -> str:
        """What of the narrowing also holds in the other language's list."""
        other = next((page for page in language_versions(self).values() if page.pk != self.pk), None)
        if other is None or not query:
            return ""
        facets = facets_of(other)
        has = {"topic": facets.topics, "year": facets.years}
        return urlencode({name: value for name, value in query.items() if value in has[name]})


class PartnerIndexPage(SectionPage):
    class Meta:
        verbose_name = _("partner directory")
        verbose_name_plural = _("partner directories")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """`?kind=` and `?city=` narrow the directory; what is not in it finds nothing, and says so."""
        everybody = PartnerPage.objects.child_of(self).released().for_reading()
        everybody = sorted(everybody, key=lambda partner: partner.sort_key)
        kind, city = request.GET.get("kind", ""), request.GET.get("city", "")
        partners = [partner for partner in everybody if kind in ("", partner.kind) and city in ("", partner.city)]
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
            "cities": sorted(
                {partner.city for partner in everybody if partner.city},
                key=lambda city: city.encode("gb18030", "replace"),
            ),
            "kind": kind,
            "city": city,
        }
