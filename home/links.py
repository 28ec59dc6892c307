"""Links to pages of this site in running text: each leads to the version of the language that it is read in.

Where readers have none, it leads to the other one, and says so: to machines by `hreflang`, to eyes and ears in words.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from html import unescape
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from home import gate
from home.chrome import chrome_of
from home.languages import CHINESE, ENGLISH, LANGUAGES, Language, current_language, language_of
from home.spellings import spelt

ANCHOR = re.compile(r"(?is)<a\b(?P<attributes>[^>]*)>(?P<words>.*?)</a>")
HREF = re.compile(r"""(?i)\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')""")
LABEL = {
    ENGLISH: re.compile(r"(?i)\bin Chinese\b|\bChinese[- ](?:version|text|only|language)|中文"),
    CHINESE: re.compile(r"(?i)英文|英语|\bEnglish\b"),
}
"""How a text of a language says by itself that a link leads to the other."""
BEHIND = re.compile(r"\s*[(（\[［][^)）\]］]{0,40}")
"""A bracket right behind a link speaks of it."""


class VersionLinkHandler(PageLinkHandler):
    """Wagtail's would lead to whatever page was chosen where the other version is not live, and say nothing of it."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        found = versions_of(attrs["id"] for attrs in attrs_list if attrs.get("id", "").isdigit())
        return [link_to(found.get(attrs.get("id", "")), current_language()) for attrs in attrs_list]


Versions = dict[Language, Page]


def versions_of(keys: Iterable[str]) -> dict[str, Versions]:
    """{key of a page as a text: all versions of it, the page itself before a copy}: of pages that are there."""
    wanted = list(keys)
    if not wanted:
        return {}
    chosen = Page.objects.filter(pk__in=wanted)
    pages = Page.objects.filter(translation_key__in=chosen.values("translation_key")).select_related("locale")
    by_key: defaultdict[UUID, Versions] = defaultdict(dict)
    there: dict[str, Page] = {}
    for page in pages.order_by("pk"):
        there[str(page.pk)] = page
        if page.alias_of_id is None:
            by_key[page.translation_key][language_of(page)] = page
    return {
        key: {**by_key[page.translation_key], language_of(page): page} for key in wanted if (page := there.get(key))
    }


def link_to(versions: Versions | None, here: Language) -> str:
    if not versions:
        return "<a>"
    live = {language: page for language, page in versions.items() if page.live}
    shown = live.get(here) or next(iter(live.values()), None)
    if shown is None:  # nothing to read; what was taken down says so
        shown = next((page for page in (versions.get(here), *versions.values()) if page and was_withdrawn(page)), None)
    if shown is None or not shown.url:
        return "<a>"
    language = language_of(shown)
    if language == here:
        return format_html('<a href="{}">', shown.url)
    return format_html('<a href="{}" hreflang="{}">', shown.url, language.tag)


def was_withdrawn(page: Page) -> bool:
    return gate.policy.withdrawn_at(page) is not None


def marked(html: str, language: Language) -> SafeString:
    """A text of a language, whose links into the other one say so."""

    def mark(match: re.Match[str]) -> str:
        target = target_of(match["attributes"])
        if target is None or target == language:
            return match[0]
        attributes, words = match["attributes"], match["words"]
        if "hreflang" not in attributes:
            attributes = f'{attributes} hreflang="{target.tag}"'
        behind = BEHIND.match(html, match.end())
        if not LABEL[language].search(words + (behind[0] if behind else "")):
            with translation.override(language.code):
                words += format_html('<span class="language-note">{}</span>', _(" (in Chinese)"))
        return f"<a{attributes}>{words}</a>"

    return mark_safe(ANCHOR.sub(mark, html) if "<a" in html else html)  # noqa: S308  (what was safe before)


def target_of(attributes: str) -> Language | None:
    """The language of the page of this site that a link leads to, if its address begins with one."""
    found = HREF.search(attributes)
    href = unescape((found[1] or found[2] or "") if found else "").strip()
    if not href.startswith(("/", "http://", "https://")):
        return None
    parts = split(href)
    if parts is None or (parts[0] and parts[0] != host()):
        return None
    name = parts[1].removeprefix("/").partition("/")[0]
    meant = spelt(name)
    return LANGUAGES.get(name) or (meant[0] if meant else None)


@lru_cache(maxsize=512)
def split(href: str) -> tuple[str | None, str] | None:
    try:
        parts = urlsplit(href)
        return parts.hostname, parts.path
    except ValueError:
        return None


def host() -> Any:
    return urlsplit(chrome_of(ENGLISH).root_url).hostname
