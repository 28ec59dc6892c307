"""The register of page types that go public through a release: where the pages of each appear, said once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from heapq import merge
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from wagtail.models import Page

if TYPE_CHECKING:
    from .querysets import DatedQuerySet


@dataclass(frozen=True)
class ReleasedType:
    model: type[Page]
    section: str
    """Label of the model of the page that holds them: `news.NewsIndexPage`."""
    feed: bool
    """In the feed and the news sitemap. They need `date`, `summary`, `body`, `updated`, and a DatedQuerySet."""
    lists: bool
    """In the newest-first lists. They need a `lead_image`, too."""
    parallel: bool
    """Read in both languages beside each other. They need `body` and `pictures`."""
    links: bool
    """Whether the addresses that their texts link to are asked whether they are still there."""


PageType = TypeVar("PageType", bound=Page)

REGISTER: dict[str, ReleasedType] = {}
"""{label of the model: ReleasedType}"""


def released(
    section: str, *, feed: bool = False, lists: bool = False, parallel: bool = False, links: bool = True
) -> Callable[[type[PageType]], type[PageType]]:
    """Register a page model."""

    def registered(model: type[PageType]) -> type[PageType]:
        REGISTER[model._meta.label] = ReleasedType(model, section, feed, lists, parallel, links)
        return model

    return registered


def models_with(capability: str | None = None, section: str | None = None) -> list[type[Page]]:
    """[page model] of the types that have `feed`, `lists`, `parallel` or `links`, and stand in a section."""
    return [
        kind.model
        for kind in REGISTER.values()
        if (capability is None or getattr(kind, capability)) and section in (None, kind.section)
    ]


def newest_of(querysets: Iterable[DatedQuerySet], size: int) -> list[Page]:
    """The first pages of several querysets that are each `newest_first()`, merged."""
    parts = [queryset[:size] for queryset in querysets]
    return list(islice(merge(*parts, key=lambda page: (page.date, page.pk), reverse=True), size))
