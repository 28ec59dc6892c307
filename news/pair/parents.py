"""What a version stands below. Rule 22: below what is not public, or private in one language, nothing goes out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PageViewRestriction

from home.above import NotTakenDown, StandsAbove, refusal_of
from home.gate import Refused

if TYPE_CHECKING:
    from .pair import Pair
    from .version import Version


class ParentNotPublic(Refused):
    message = _(
        "The %(language)s version stands below “%(parent)s”, which is not public in this language. Release that first."
    )


class ParentPrivate(Refused):
    message = _(
        "It stands below “%(parent)s”, which is private in one language alone. Whoever may publish both has to make "
        "it private, or open, in both first."
    )


@dataclass(frozen=True)
class Parent:
    title: str
    is_live: bool
    is_private: bool
    """By a restriction of its own."""


@dataclass(frozen=True)
class Above:
    """All pages that stand above some others, and their other language versions."""

    by_path: dict[str, tuple[UUID, int]]
    """{path: (translation key, key of the locale)}"""
    by_key: dict[tuple[UUID, int], Parent]

    @classmethod
    def of(cls, pages: Iterable[Page]) -> Above:
        paths = {path for page in pages for path in paths_above(page)}
        if not paths:
            return cls({}, {})
        keys = Page.objects.filter(path__in=paths).values("translation_key")
        private = Exists(PageViewRestriction.objects.filter(page=OuterRef("pk")))
        rows = Page.objects.filter(translation_key__in=keys, alias_of=None).annotate(is_private=private)
        by_path, by_key = {}, {}
        for path, key, locale, title, live, is_private in rows.values_list(
            "path", "translation_key", "locale", "draft_title", "live", "is_private"
        ):
            by_path[path] = key, locale
            by_key[key, locale] = Parent(title, live, is_private)
        return cls(by_path, by_key)

    def versions_above(self, page: Page) -> Iterable[tuple[Parent, list[Parent]]]:
        """[(what stands above a page, its other language versions)], from the top."""
        for path in paths_above(page):
            if path in self.by_path:
                key, locale = self.by_path[path]
                others = [found for (one, other), found in self.by_key.items() if one == key and other != locale]
                yield self.by_key[key, locale], others


def paths_above(page: Page) -> list[str]:
    """Without the root, which is no page."""
    return [page.path[:end] for end in range(2 * Page.steplen, len(page.path), Page.steplen)]


def refusal_of_parents(version: Version) -> Refused | None:
    """Why it could not be released where it stands, whatever is approved of it."""
    if version.page is None:
        return None
    for parent, others in version.pair.reading.above.versions_above(version.page):
        if not parent.is_live:
            return ParentNotPublic(language=version.language.label, parent=parent.title)
        for other in others:
            if parent.is_private != other.is_private:
                return ParentPrivate(parent=(parent if parent.is_private else other).title)
    return None


def require_public_parents(versions: Iterable[Version]) -> None:
    """Raises Refused."""
    for version in versions:
        refusal = refusal_of_parents(version)
        if refusal is not None:
            raise refusal


def stays_for_what_is_below(pair: Pair, refusal: type[StandsAbove] = NotTakenDown) -> Refused | None:
    """Why what is public of it does not come down or, with NotRenamed, gets no other address."""
    for page in pair.pages if pair.is_live else ():
        found = refusal_of(refusal, page)
        if found is not None:
            return found
    return None
