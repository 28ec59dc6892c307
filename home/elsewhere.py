"""What there is of a page in the other language, as its readers are told before a click and after it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from wagtail.models import Page

from home import gate
from home.languages import Language, language_of, language_versions
from home.visibility import restricted


class State(StrEnum):
    THERE = "there"
    NOT_YET = "not yet"
    NEVER = "never"
    """The release stays in one language."""
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Elsewhere:
    """What a reader finds at `url`, in another language."""

    url: str
    state: State = State.THERE
    query: str = ""

    @property
    def is_there(self) -> bool:
        return self.state == State.THERE

    @property
    def address(self) -> str:
        return f"{self.url}?{self.query}" if self.is_there and self.query else self.url


@dataclass(frozen=True)
class Gone:
    """What was taken down where nothing is public any more."""

    at: datetime
    translation_key: UUID | None
    said_as: gate.SaidAs = gate.SaidAs.PAGE


def public_version(translation_key: UUID | None, language: Language) -> Page | None:
    """The version that any reader may see."""
    if translation_key is None:
        return None
    pages = Page.objects.live().filter(~restricted(), translation_key=translation_key, alias_of=None)
    found = pages.filter(locale__language_code=language.code).select_related("locale").first()
    return found and found.specific


def version_elsewhere(page: Page, there: Language) -> Elsewhere:
    """Of a live page. Where it has no version, the address is its own in the other tree, which says why."""
    version = language_versions(page).get(there)
    if version is not None:
        return Elsewhere(version.url)
    url = there.home_url + page.url.removeprefix(language_of(page).home_url)
    if withdrawn_version(page, there) is not None:
        return Elsewhere(url, State.WITHDRAWN)
    return Elsewhere(url, absence_of(page))


def withdrawn_version(page: Page, there: Language) -> datetime | None:
    """When the version in a language was taken down of a page that is live in the other."""
    pages = Page.objects.filter(~restricted(), live=False, translation_key=page.translation_key, alias_of=None)
    version = pages.filter(locale__language_code=there.code).select_related("locale").first()
    return gate.policy.withdrawn_at(version) if version is not None else None


def said_as(model: type[Page] | None) -> gate.SaidAs:
    """What readers are told that a page of some type is; of a type that is no more, a page."""
    return getattr(model, "said_as", gate.SaidAs.PAGE)


def absence_of(page: Page) -> State:
    """Why a live page has no version in the other language, where none was taken down."""
    return State.NEVER if getattr(page.specific, "stays_in_one_language", False) else State.NOT_YET
