"""Sitemap of both languages' trees, each address with its alternates; robots.txt."""

from collections import defaultdict
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import index as index_view
from django.contrib.sitemaps.views import sitemap as sitemap_view
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe
from wagtail.models import Page, PageQuerySet

from home.chrome import chrome_of
from home.languages import ENGLISH, LANGUAGES, Language, language_of
from home.seo import alternates
from home.visibility import private

LIMIT = 5000


if TYPE_CHECKING:
    SitemapOfPages = Sitemap[Page]
else:
    SitemapOfPages = Sitemap


class PageSitemap(SitemapOfPages):
    """Pages of both trees. Django's own alternates are made by rewriting addresses; ours are pages that exist."""

    limit = LIMIT

    @cached_property
    def private(self) -> Q:
        return private()

    def items(self) -> PageQuerySet:
        pages = Page.objects.live().filter(~self.private, alias_of=None, locale__language_code__in=LANGUAGES)
        return pages.filter(depth__gt=1).select_related("locale").order_by("pk")

    def lastmod(self, page: Page) -> datetime | None:
        return page.last_published_at

    def get_urls(self, page: int | str = 1, site: Any = None, protocol: str | None = None) -> list[dict[str, Any]]:
        pages = self.paginator.page(page).object_list
        versions: defaultdict[UUID, dict[Language, str]] = defaultdict(dict)
        for version in self.items().filter(translation_key__in=[page.translation_key for page in pages]):
            versions[version.translation_key][language_of(version)] = version.full_url
        return [
            {
                "location": item.full_url,
                "lastmod": item.last_published_at,
                "alternates": [
                    {"lang_code": alternate.hreflang, "location": alternate.url}
                    for alternate in alternates(item, versions[item.translation_key])
                ],
            }
            for item in pages
        ]


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """`/sitemap.xml`: the addresses themselves or, past 5,000, an index of parts."""
    sitemaps: dict[str, type[Sitemap[Any]] | Sitemap[Any]] = {"pages": PageSitemap}
    if PageSitemap().paginator.num_pages > 1:
        return index_view(request, sitemaps, sitemap_url_name="sitemap_part")
    return sitemap_view(request, sitemaps)


@require_safe
def sitemap_part(request: HttpRequest, section: str) -> HttpResponse:
    return sitemap_view(request, {"pages": PageSitemap}, section=section)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    root = chrome_of(ENGLISH).root_url
    lines = [
        "User-agent: *",
        "Disallow: /cms/",
        "",
        f"Sitemap: {root}/sitemap.xml",
        f"Sitemap: {root}/news-sitemap.xml",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
