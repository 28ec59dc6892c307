"""Sitemap of both languages' trees, each address with its alternates; robots.txt."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import TypeAlias
from urllib.parse import quote
from uuid import UUID
from xml.sax.saxutils import escape, quoteattr

from django.db.models import Count, F, Max
from django.db.models.lookups import In
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe
from wagtail.models import Locale, Page, PageQuerySet, Site

from home import clock
from home.asked import number, one
from home.chrome import chrome_of
from home.languages import ENGLISH, LANGUAGES, Language
from home.planning import PastIndex, no_alias
from home.seo import Alternate, alternates_at
from home.visibility import private

LIMIT = 5000
"""Addresses in one file. A part has the pages of as many keys: what was in it stays in it."""
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'

Row: TypeAlias = tuple[str, UUID, int, datetime | None]
"""Of a page, for there are many: `url_path`, `translation_key`, `locale_id`, `last_published_at`."""


def public_pages() -> PageQuerySet:
    """All that any reader may see in one of both languages."""
    locales = Locale.objects.filter(language_code__in=LANGUAGES).values_list("pk", flat=True)
    of_ours = In(PastIndex(F("locale_id")), list(locales))
    return Page.objects.live().filter(no_alias(), of_ours, ~private(), depth__gt=1).order_by("pk")


def public_addresses(limit: int) -> Iterator[str]:
    """Of the pages that were released last, newest first."""
    address_of, _homes = addresses()
    newest = public_pages().order_by("-last_published_at").values_list("url_path", flat=True)[:limit]
    yield from filter(None, map(address_of, newest))


def rows(pages: PageQuerySet) -> Iterable[Row]:
    return pages.values_list("url_path", "translation_key", "locale_id", "last_published_at")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """`/sitemap.xml`: the addresses themselves or, past 5,000, an index of parts."""
    pages = public_pages()
    parts = list(
        pages.order_by()
        .annotate(part=F("pk") / LIMIT)
        .values_list("part")
        .annotate(number=Count("pk"), newest=Max("last_published_at"))
        .order_by("part")
    )
    if sum(number for _part, number, _newest in parts) <= LIMIT:
        found = list(rows(pages))
        return answer("urlset", entries(found, found))
    address = request.build_absolute_uri(reverse("sitemap_part"))
    return answer(
        "sitemapindex",
        (
            f"<sitemap><loc>{address}{f'?p={part + 1}' if part else ''}</loc>"
            f"{f'<lastmod>{clock.local(newest).isoformat()}</lastmod>' if newest else ''}</sitemap>"
            for part, _number, newest in parts
        ),
    )


@require_safe
def sitemap_part(request: HttpRequest) -> HttpResponse:
    part = number(one(request, "p") or "1")
    if not part:
        raise Http404
    pages = public_pages()
    found = pages.filter(pk__gte=(part - 1) * LIMIT, pk__lt=part * LIMIT)
    versions = pages.filter(translation_key__in=found.order_by().values("translation_key"))
    written = list(entries(rows(found), rows(versions)))
    if not written:
        raise Http404
    return answer("urlset", written)


def entries(pages: Iterable[Row], versions: Iterable[Row]) -> Iterator[str]:
    """Of each page. `versions`: the pages themselves, and what there is of them in the other language."""
    ours = Locale.objects.filter(language_code__in=LANGUAGES)
    languages = {locale.pk: LANGUAGES[locale.language_code] for locale in ours}
    address_of, homes = addresses()
    known: dict[UUID, dict[Language, str]] = {}
    for url_path, key, locale, _at in versions:
        if found := address_of(url_path):
            known.setdefault(key, {})[languages[locale]] = found
    root = f"{chrome_of(ENGLISH).root_url}/"
    for url_path, key, locale, at in pages:
        urls = known.get(key, {})
        if address := urls.get(languages[locale]):
            default = root if url_path in homes else urls.get(ENGLISH, address)
            yield entry(address, at, alternates_at(urls, default))


def addresses() -> tuple[Callable[[str], str], set[str]]:
    """What makes the address of a page of its `url_path`, empty where it is below no site; the paths of home pages.

    As Wagtail's `full_url`, which costs more than all else of a sitemap.
    """
    roots = []
    for _site, root_path, root_url, code in Site.get_site_root_paths():
        with translation.override(code):
            roots.append((root_path, root_url + reverse("wagtail_serve", args=("",))))

    def address_of(url_path: str) -> str:
        for root_path, prefix in roots:
            if url_path.startswith(root_path):
                return prefix + quote(url_path[len(root_path) :])
        return ""

    return address_of, {root_path for root_path, _prefix in roots}


def entry(address: str, at: datetime | None, alternates: Iterable[Alternate]) -> str:
    lastmod = f"<lastmod>{clock.day(at).isoformat()}</lastmod>" if at else ""
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{alternate.hreflang}" href={quoteattr(alternate.url)}/>'
        for alternate in alternates
    )
    return f"<url><loc>{escape(address)}</loc>{lastmod}{links}</url>"


def answer(name: str, written: Iterable[str]) -> HttpResponse:
    spaces = f'{NAMESPACE} xmlns:xhtml="http://www.w3.org/1999/xhtml"' if name == "urlset" else NAMESPACE
    text = "\n".join([HEAD, f"<{name} {spaces}>", *written, f"</{name}>", ""])
    return HttpResponse(text, content_type="application/xml", headers={"X-Robots-Tag": "noindex, noodp, noarchive"})


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
