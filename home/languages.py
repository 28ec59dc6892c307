"""The two languages of the site, and which versions a page has in them."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from django.utils import translation
from django.utils.translation import pgettext_lazy
from wagtail.models import Locale, Page

from home.visibility import restricted

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    LazyText = _StrPromise
else:
    from django.utils.functional import Promise

    LazyText = Promise

Words = str | LazyText
"""A text that a person sees; a LazyText is in the language in which it is shown."""


@dataclass(frozen=True)
class Language:
    code: str
    """As Django, Wagtail and our URLs say it: `zh-hans`."""
    tag: str
    """As HTML and HTTP say it: `zh-Hans`."""
    name: str
    """In the language itself."""
    label: Words = field(compare=False)
    """In the language of whoever works on the site."""

    @property
    def home_url(self) -> str:
        return f"/{self.code}/"


ENGLISH = Language("en", "en", "English", pgettext_lazy("language", "English"))
CHINESE = Language("zh-hans", "zh-Hans", "中文", pgettext_lazy("language", "Chinese"))
LANGUAGES = {language.code: language for language in (ENGLISH, CHINESE)}


def current_language() -> Language:
    """The Language the reader is being answered in."""
    return LANGUAGES.get((translation.get_language() or "").lower(), ENGLISH)  # `/EN/` activates `EN`


def other_language(language: Language) -> Language:
    return CHINESE if language == ENGLISH else ENGLISH


class HasLocale(Protocol):
    """A page or, of localize's, the source of a translation."""

    locale: Locale


def language_of(page: HasLocale) -> Language:
    return language_of_code(page.locale.language_code)


def language_of_code(code: str) -> Language:
    """Of a third language, left by settings that named one, a Language that is neither of ours."""
    return LANGUAGES.get(code) or Language(code, code, code, code)


def named(code: str) -> Words:
    return language_of_code(code).label


def language_versions(page: Page) -> dict[Language, Page]:
    """The versions of a page that any reader may see, itself included: {Language: Page}, English first."""
    if not hasattr(page, "known_versions"):  # head and switcher both ask
        versions = Page.objects.live().filter(~restricted(), translation_key=page.translation_key, alias_of=None)
        by_code = {version.locale.language_code: version for version in versions.select_related("locale")}
        page.known_versions = {language: by_code[code] for code, language in LANGUAGES.items() if code in by_code}
    return page.known_versions


def other_version(page: Page) -> Page | None:
    """The version in the other language, if any reader may see it."""
    return language_versions(page).get(other_language(language_of(page)))
