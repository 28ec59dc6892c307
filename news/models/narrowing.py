"""How a news list is narrowed and where it goes on, as its address says, and what of that the other language has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest

from home import clock
from home.asked import one, year_of
from home.languages import language_versions

from .facets import facets_of
from .keyset import cursor_of, place_said
from .topic import Topic

if TYPE_CHECKING:
    from .sections import NewsIndexPage


@dataclass(frozen=True)
class NewsAsked:
    """How a news list is narrowed, and where it goes on."""

    topic: Topic | None
    year: str
    cursor: str

    @classmethod
    def of(cls, index: NewsIndexPage, request: HttpRequest) -> NewsAsked:
        """404 for a topic that is none, a year before there was news or to come, and a place that no list has."""
        slug, year, cursor = one(request, "topic"), one(request, "year"), cursor_of(request)
        topic = facets_of(index).topics.get(slug) or Topic.objects.filter(slug=slug).first() if slug else None
        if (slug and topic is None) or (year and not is_known_year(index, year)):
            raise Http404
        return cls(topic, year, cursor)

    @property
    def topic_slug(self) -> str:
        return self.topic.slug if self.topic else ""

    @property
    def query(self) -> dict[str, str]:
        return {name: value for name, value in (("topic", self.topic_slug), ("year", self.year)) if value}

    @property
    def states(self) -> list[str]:
        """What title and headline say of it."""
        return [
            *([self.topic.name] if self.topic else []),
            *([self.year] if self.year else []),
            *place_said(self.cursor),
        ]


def is_known_year(index: NewsIndexPage, year: str) -> bool:
    """Whether there may have been news: from the first year with any, in whichever language, to this one."""
    if year in facets_of(index).years:
        return True
    years = [int(each) for page in language_versions(index).values() for each in facets_of(page).years]
    number = year_of(year)
    return number is not None and bool(years) and min(years) <= number <= max(*years, clock.day().year)
