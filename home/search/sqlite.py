"""The backend on SQLite's FTS5."""

import json
from collections.abc import Collection, Iterable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    CharField,
    Exists,
    F,
    FloatField,
    Func,
    OuterRef,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast
from django.db.models.sql.compiler import SQLCompiler
from modelsearch.backends.database.sqlite import query as stock_query
from modelsearch.backends.database.sqlite import sqlite as stock
from modelsearch.query import Phrase, PlainText, SearchQuery
from modelsearch.utils import get_descendants_content_types_pks

from .analysis import SearchTerm
from .base import FEW, WINDOW, AnalysedBackend, AnalysedCompiler, AnalysedIndex, CountedResults

WEIGHTS = (1.0, 1.0, 4.0)
"""Of autocomplete, body and title, as the table has them. The stock backend ignores `boost`."""


class IsAmong(Func):
    """A key in one list of many, where Django would check each and make a parameter of it."""

    template, arg_joiner = "%(expressions)s))", " IN (SELECT value FROM json_each("
    output_field = BooleanField()

    def __init__(self, name: str, keys: list[int], **options: Any) -> None:
        super().__init__(F(name), Value(json.dumps(keys), output_field=TextField()), **options)


def as_number(field: str) -> Cast:
    return Cast(field, BigIntegerField())


def among(queryset: QuerySet[Any], keys: Iterable[int]) -> QuerySet[Any]:
    """SQLite begins with the first of conditions that look alike: the keys, and not all pages an editor may see."""
    queryset = queryset.filter(IsAmong("pk", [*keys]))
    conditions = queryset.query.where.children
    conditions.insert(0, conditions.pop())
    return queryset


class BM25(stock_query.BM25):
    """The better the match, the lower the number."""

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **options: Any) -> tuple[str, list[Any]]:
        sql, params = super().as_sql(compiler, connection)
        return f"{sql[:-1]}, {', '.join(map(str, WEIGHTS))})", params


class Compiler(AnalysedCompiler):
    def lexeme(self, term: SearchTerm) -> stock_query.Lexeme:
        return stock_query.Lexeme(" ".join(term.tokens), prefix=term.prefix)

    def build_search_query_content(
        self, query: SearchQuery, config: str | None = None
    ) -> stock_query.SearchQueryExpression:
        if isinstance(query, PlainText | Phrase):
            return stock_query.SearchQueryExpression(self.lexemes(query), config=config)
        return super().build_search_query_content(query, config=config)

    def _build_rank_expression(self, vectors: object, config: str | None) -> BM25:
        return BM25()

    def entries(self, config: str | None) -> QuerySet[Any]:
        columns = self.columns() if self.fields and "title" in self.FTS_TABLE_FIELDS else self.FTS_TABLE_FIELDS
        match = stock_query.MatchExpression(columns, self.build_search_query(self.query, config=config))
        return stock.SQLiteFTSIndexEntry.objects.filter(match)

    @property
    def kinds(self) -> Collection[int]:
        return get_descendants_content_types_pks(self.queryset.model)

    def matched(self, entries: QuerySet[Any], found: list[tuple[int, str]]) -> QuerySet[Any]:
        """Where many match, by calculated numbers, or SQLite reads long rows though an index has all it needs."""
        if len(found) <= FEW:
            return among(self.queryset, self.keys(found))
        numbered = stock.IndexEntry.objects.filter(content_type__in=self.kinds).alias(number=as_number("pk"))
        keys = numbered.filter(number__in=entries.values("pk")).annotate(key=as_number("object_id")).values("key")
        return self.queryset.alias(_key=as_number("pk")).filter(_key__in=keys)

    def first(self, entries: QuerySet[Any]) -> list[tuple[int, str]]:
        """(content type, key) of the first objects that match, of whatever type: SQLite would begin with the types."""
        return list(entries.values_list("index_entry__content_type_id", "index_entry__object_id")[: FEW + 1])

    def keys(self, found: list[tuple[int, str]]) -> list[int]:
        return [int(key) for kind, key in found if kind in self.kinds]

    def along(self, entries: QuerySet[Any]) -> QuerySet[Any]:
        """Those that match, found along the queryset's order: where many do and the first are wanted."""
        entry = stock.IndexEntry.objects.filter(content_type__in=self.kinds, pk__in=entries.values("pk"))
        return self.queryset.filter(Exists(entry.filter(object_id=Cast(OuterRef("pk"), CharField()))))

    def few(self, config: str | None) -> list[tuple[int, str]]:
        return self.first(self.entries(config))

    def newest(self, config: str | None, size: int) -> list[tuple[Any, ...]]:
        entries = self.entries(config)
        found = self.first(entries)
        return list((self.along(entries) if len(found) > FEW else among(self.queryset, self.keys(found)))[:size])

    def search(self, config: str | None, start: int, stop: int | None, score_field: str | None = None) -> QuerySet[Any]:
        if not isinstance(self.query, PlainText | Phrase):
            return super().search(config, start, stop, score_field=score_field)
        entries = self.entries(config)
        found = self.first(entries)
        matched = self.matched(entries, found)
        if not self.order_by_relevance:
            return (matched if matched.query.order_by else matched.order_by("-pk"))[start:stop]
        if len(found) >= WINDOW:
            return matched.order_by("-pk")[start:stop]
        scored = entries.annotate(score=BM25())
        scored = scored.values_list("index_entry__content_type_id", "index_entry__object_id", "score")[:WINDOW]
        scores = {int(key): score for kind, key, score in scored if kind in self.kinds}
        matched = among(self.queryset, scores)
        ranked = sorted(matched.order_by("-pk").values_list("pk", flat=True), key=scores.__getitem__)[start:stop]
        if not ranked:
            return self.queryset.none()
        places = Case(*(When(pk=pk, then=place) for place, pk in enumerate(ranked)))
        if score_field is not None:
            whens = (When(pk=pk, then=Value(-scores[pk])) for pk in ranked)
            matched = matched.annotate(**{score_field: Case(*whens, output_field=FloatField())})
        return matched.filter(pk__in=ranked).order_by(places)


class QueryCompiler(Compiler, stock.SQLiteSearchQueryCompiler):
    pass


class AutocompleteCompiler(Compiler, stock.SQLiteAutocompleteQueryCompiler):
    pass


class Index(AnalysedIndex, stock.SQLiteIndex):
    pass


class Results(CountedResults, stock.SQLiteSearchResults):
    pass


class SearchBackend(AnalysedBackend, stock.SQLiteSearchBackend):
    query_compiler_class = QueryCompiler
    autocomplete_query_compiler_class = AutocompleteCompiler
    index_class = Index
    results_class = Results
    among = staticmethod(among)
