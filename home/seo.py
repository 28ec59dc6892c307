"""What the head of a page tells machines about it.

A page type adds to it by methods of its own: `social_image()`, `head_tags(head)` and `structured_data(head)`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page

from home.characters import cleaned
from home.chrome import Chrome, MenuItem, chrome_of
from home.images import Rendition
from home.kept import fetched
from home.languages import CHINESE, ENGLISH, LANGUAGES, Language, language_of, language_versions

OPEN_GRAPH_LOCALES = {ENGLISH: "en_GB", CHINESE: "zh_CN"}


@dataclass(frozen=True)
class Alternate:
    hreflang: str
    url: str


@dataclass(frozen=True)
class Head:
    page: Page
    language: Language
    chrome: Chrome
    title: str
    description: str
    canonical: str
    alternates: list[Alternate]
    versions: dict[Language, Page]
    """As language_versions gives it."""
    image: Rendition | None
    """For shared links."""
    open_graph: list[tuple[str, str]] = field(default_factory=list)
    tags: list[tuple[str, str]] = field(default_factory=list)
    structured: list[dict[str, Any]] = field(default_factory=list)

    @property
    def site_name(self) -> str:
        return self.chrome.home.organisation if self.chrome.home else ""

    @cached_property
    def section(self) -> MenuItem | None:
        """Where the page stands, if it is below one that the menu names."""
        url = self.page.url
        inside = [item for item in self.chrome.menu if url.startswith(item.url)]
        return inside[0] if inside else None

    @property
    def json_ld(self) -> list[SafeString]:
        """Each piece of structured data as JSON that cannot end the script element it stands in."""
        return [
            mark_safe(json.dumps(cleaned(data), ensure_ascii=False).replace("<", "\\u003c"))  # noqa: S308
            for data in self.structured
        ]


def head(page: Page) -> Head:
    """The Head of a live page. All URLs are absolute.

    Every version comes out with the same alternates, itself among them: crawlers drop them all if one is missing.
    """
    language = language_of(page)
    chrome = chrome_of(language)
    versions = language_versions(page)
    urls = {version_language: version.get_full_url(fetched()) for version_language, version in versions.items()}
    made = Head(
        page=page,
        language=language,
        chrome=chrome,
        title=page.seo_title or page.title,
        description=page.search_description or getattr(page, "summary", "") or getattr(page, "introduction", ""),
        canonical=page.full_url,
        alternates=alternates(page, urls),
        versions=versions,
        image=page.social_image() if hasattr(page, "social_image") else None,
    )
    made.open_graph.extend(open_graph(made))
    made.tags.extend(site_tags(made))
    made.structured.append(breadcrumbs(made))
    if hasattr(page, "head_tags"):
        page.head_tags(made)
    if hasattr(page, "structured_data"):
        page.structured_data(made)
    return made


def alternates(page: Page, urls: Mapping[Language, str]) -> list[Alternate]:
    """The Alternates of a page whose live versions stand at `urls`, {Language: URL}: each version, then x-default."""
    chrome = chrome_of(language_of(page))
    is_home = chrome.home is not None and page.pk == chrome.home.pk
    default = f"{chrome.root_url}/" if is_home else urls.get(ENGLISH, page.full_url)
    return alternates_at(urls, default)


def alternates_at(urls: Mapping[Language, str], default: str) -> list[Alternate]:
    found = [Alternate(language.tag, urls[language]) for language in LANGUAGES.values() if language in urls]
    return [*found, Alternate("x-default", default)]


def open_graph(head: Head) -> list[tuple[str, str]]:
    properties = [
        ("og:title", head.title),
        ("og:description", head.description),
        ("og:url", head.canonical),
        ("og:site_name", head.site_name),
        ("og:locale", OPEN_GRAPH_LOCALES[head.language]),
    ]
    properties += [
        ("og:locale:alternate", OPEN_GRAPH_LOCALES[language]) for language in head.versions if language != head.language
    ]
    if head.image:
        properties += [
            ("og:image", head.chrome.root_url + head.image.url),
            ("og:image:width", str(head.image.width)),
            ("og:image:height", str(head.image.height)),
        ]
    return [(name, content) for name, content in properties if content]


def site_tags(head: Head) -> list[tuple[str, str]]:
    """The page tags that mainland government sites carry (国办发〔2017〕47号, annex), as far as they fit every page."""
    tags = [("SiteName", head.site_name), ("SiteDomain", urlsplit(head.chrome.root_url).hostname or "")]
    if head.chrome.home and head.chrome.home.site_id_code:
        tags.append(("SiteIDCode", head.chrome.home.site_id_code))
    if head.section:
        tags.append(("ColumnName", head.section.title))
    return [(name, content) for name, content in tags if content]


def organisation(head: Head) -> dict[str, Any]:
    """The publisher, as schema.org says it."""
    home = head.chrome.home
    data = {"@type": "Organization", "name": head.site_name, "url": head.chrome.root_url + head.language.home_url}
    if home and home.address:
        data["address"] = home.address
    return data


def breadcrumbs(head: Head) -> dict[str, Any]:
    trail = [(head.chrome.home.title, head.chrome.root_url + head.language.home_url)] if head.chrome.home else []
    if head.section:
        trail.append((head.section.title, head.chrome.root_url + head.section.url))
    if not trail or trail[-1][1] != head.canonical:
        trail.append((head.page.title, head.canonical))
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": url}
            for position, (name, url) in enumerate(trail, 1)
        ],
    }
