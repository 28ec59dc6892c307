"""What readers find: released pages of their language, partners and articles apart."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import F, Q
from modelsearch.utils import get_descendants_content_types_pks
from wagtail.contrib.search_promotions.models import Query
from wagtail.models import Locale, Page, PageQuerySet, get_page_models

from home import clock

from .analysis import SearchTerm, fold, matches, terms_of
from .base import WINDOW, backend, text_of
from .highlight import Pieces, marked, snippet, spans

LONGEST = 4000
"""Characters of a text that are looked through for a snippet."""

LABEL = 40
"""Characters up to which a text is a name or a place, that is shown only where it was asked for."""


def groups() -> dict[str, type[Page]]:
    """{name: page type}: those that say they can be found, by their `search_group`."""
    return {model.search_group: model for model in get_page_models() if hasattr(model, "search_group")}


def released(model: type[Page], unless: Q) -> PageQuerySet:
    """All but what is `unless`: restricted() would be asked for each row, which costs too much over many.

    Aliases among them; the index leaves those out by itself.
    """
    return model.objects.live().exclude(unless)


def newest_first(queryset: PageQuerySet) -> PageQuerySet:
    """By the date of a type that has one, else by first publication: `_moment`."""
    model = queryset.model
    by = "date" if "date" in {each.name for each in model._meta.get_fields()} else "first_published_at"
    return queryset.annotate(_moment=F(by)).order_by(f"-{by}", "-pk")


@dataclass
class Hit:
    page: Page
    title: Pieces
    snippet: Pieces


@dataclass
class Found:
    """The matches of one page type in one language: a title that holds more of the words first, then the newest."""

    rows: list[tuple[int, str, datetime | None]]
    """(pk, title, moment) of at most WINDOW."""
    more: bool
    """Whether there are more than WINDOW."""
    model: type[Page]
    terms: list[SearchTerm] = field(repr=False)

    @property
    def count(self) -> int:
        return len(self.rows)

    @cached_property
    def years(self) -> list[int]:
        moments = (moment for _pk, _title, moment in self.rows if moment)
        return sorted({clock.local(moment).year for moment in moments}, reverse=True)

    @cached_property
    def ranked(self) -> list[int]:
        return [row[0] for row in sorted(self.rows, key=lambda row: -matches(row[1], self.terms))]

    def part(self, after: int | None, size: int) -> tuple[list[Hit], int | None]:
        """(hits that follow the page with the key `after`, or the first; the key to go on after, or None)."""
        begin = self.ranked.index(after) + 1 if after in self.ranked else 0
        keys = self.ranked[begin : begin + size]
        pages = self.model.objects.select_related("locale").in_bulk(keys)
        hits = [hit_of(pages[key], self.terms) for key in keys if key in pages]
        return hits, keys[-1] if begin + size < len(self.ranked) else None


class PageSearch:
    """What some words find. `unless` is what private() gave; with `typing`, the last word may be unfinished."""

    def __init__(self, words: str, unless: Q, typing: bool = False) -> None:
        self.words, self.unless, self.typing = words, unless, typing
        self.terms = terms_of(words, stem=not typing, typing=typing)
        self.few = backend().few(words, typing)

    def newest(
        self, model: type[Page], locale: Locale, columns: tuple[str, ...], size: int, year: int | None = None
    ) -> list[tuple[Any, ...]]:
        """[(pk, each of the columns)] of released pages, newest first."""
        keys = self.few and [key for kind in get_descendants_content_types_pks(model) for key in self.few.get(kind, ())]
        if not keys and self.few is not None:
            return []
        queryset = newest_first(released(model, self.unless)).values_list("pk", *columns)
        if year:
            queryset = queryset.filter(_moment__year=year)
        if self.few is None:
            return backend().newest(queryset, self.words, locale.pk, size, self.typing)
        return list(backend().among(queryset.filter(locale=locale, alias_of=None), keys)[:size])

    def find(self, model: type[Page], locale: Locale, year: int | None = None) -> Found:
        rows = self.newest(model, locale, ("title", "_moment"), WINDOW + 1, year)
        return Found(rows[:WINDOW], len(rows) > WINDOW, model, self.terms)

    def counts(self, locale: Locale) -> list[int]:
        """How many of each group, WINDOW + 1 standing for more."""
        return [len(self.newest(model, locale, (), WINDOW + 1)) for model in groups().values()]

    def count(self, locale: Locale) -> int:
        return sum(min(count, WINDOW) for count in self.counts(locale))


def hit_of(page: Page, terms: list[SearchTerm]) -> Hit:
    return Hit(page, marked(page.title, spans(page.title, terms)), snippet(best_text(page, terms), terms))


def best_text(page: Page, terms: list[SearchTerm]) -> str:
    """Of the first that holds most of the words. What follows one that holds all is not looked at: a body is long."""
    best, rank = "", (-1, False)
    for found in page.get_searchable_search_fields():
        if found.field_name == "title":
            continue
        text = text_of(found.get_value(page))[:LONGEST]
        its_rank = matches(text, terms), len(text) > LABEL
        if its_rank > rank:
            best, rank = text, its_rank
        if rank == (len(terms), True):
            break
    return best


def promoted(words: str, locale: Locale, unless: Q) -> list[Page]:
    """Released pages of this language that editors recommend for these words, in their order."""
    wanted = fold(words).split()
    queries = Query.objects.exclude(editors_picks=None).distinct().prefetch_related("editors_picks")
    keys = [
        pick.page_id
        for query in queries
        if fold(query.query_string).split() == wanted
        for pick in query.editors_picks.all()
    ]
    if not keys:
        return []
    pages: dict[int, Page] = {}
    for model in groups().values():
        pages |= (
            released(model, unless).filter(pk__in=keys, locale=locale, alias_of=None).select_related("locale").in_bulk()
        )
    return [pages[key] for key in keys if key in pages]


def titles(words: str, locale: Locale, size: int, unless: Q) -> list[str]:
    """Titles of released pages that begin to say what is being typed, newest first."""
    search = PageSearch(words, unless, typing=True)
    found = []
    for model in groups().values():
        public = search.newest(model, locale, ("title",), 5 * size)
        # The index knows drafts' titles too, for editors; a reader's words are held against the public one.
        found += [title for _pk, title in public if matches(title, search.terms, stem=False) == len(search.terms)]
    return found[:size]


def parts_that_are_found(words: str, locale: Locale, unless: Q) -> list[tuple[str, int]]:
    """[(word, count)]: where all the words together find nothing, those that find something alone."""
    asked_for = words.split()[:4]
    if len(asked_for) < 2:
        return []
    counted = [(word, PageSearch(word, unless).count(locale)) for word in asked_for]
    return [(word, count) for word, count in counted if count]
