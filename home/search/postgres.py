"""The backend on PostgreSQL's text search, with the configuration `simple`: all analysis is ours."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery
from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.db.models import BigIntegerField, BooleanField, CharField, F, Field, Func, QuerySet, Value
from django.db.models.sql.compiler import SQLCompiler
from modelsearch.backends.database.postgres import postgres as stock
from modelsearch.backends.database.postgres import query as stock_query
from modelsearch.query import Phrase, PlainText
from modelsearch.query import SearchQuery as Query
from modelsearch.utils import get_descendants_content_types_pks

from .analysis import SearchTerm
from .base import FEW, WINDOW, AnalysedBackend, AnalysedCompiler, AnalysedIndex, CountedResults

PART = 2000
"""Rows that are looked at together on the way along a queryset."""


class Lexeme(stock_query.Lexeme):
    """A term. Its tokens are letters and digits alone, see home.search.analysis."""

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[str]]:
        tokens = [f"'{token}'" for token in self.value]
        if self.prefix:
            tokens[-1] += ":*"
        return "%s", [f"{'!' if self.invert else ''}({' <-> '.join(tokens)})"]


class IsAmong(Func):
    """A key in one array of many, where `IN` would be as many parameters."""

    template, arg_joiner = "(%(expressions)s))", " = ANY("
    output_field = BooleanField()

    def __init__(self, name: str, keys: Iterable[int | str], field: "Field[Any, Any]", **options: Any) -> None:
        super().__init__(F(name), Value(keys, output_field=ArrayField(field)), **options)


def among(queryset: QuerySet[Any], keys: Iterable[int]) -> QuerySet[Any]:
    return queryset.filter(IsAmong("pk", [*keys], BigIntegerField()))


@contextmanager
def told_the_way() -> Iterator[CursorWrapper]:
    """A cursor whose planner does not take tokens for independent and long texts for cheap to read."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL jit = off")
        yield cursor


class Compiler(AnalysedCompiler):
    queryset: QuerySet[Any]
    order_by_relevance: bool

    def lexeme(self, term: SearchTerm, invert: bool = False) -> Lexeme:
        return Lexeme(term.tokens, prefix=term.prefix, invert=invert)

    def build_tsquery_content(self, query: Query, config: str | None = None, invert: bool = False) -> SearchQuery:
        if isinstance(query, PlainText | Phrase):
            return SearchQuery(self.lexemes(query, invert=invert), search_type="raw", config=config)
        return super().build_tsquery_content(query, config=config, invert=invert)

    def get_fields_vectors(self, search_query: object) -> list[tuple[F, float]]:
        """The stock method would look into the model's own columns, which nobody has analysed."""
        return [(F(f"index_entries__{column}"), 1.0) for column in self.columns()]

    def search(self, config: str | None, start: int, stop: int | None, **options: Any) -> QuerySet[Any]:
        if self.order_by_relevance and isinstance(self.query, PlainText | Phrase) and self.is_common(config):
            self.order_by_relevance, self.queryset = False, self.queryset.order_by("-pk")
        return super().search(config, start, stop, **options)

    def is_common(self, config: str | None) -> bool:
        """Whether WINDOW documents match or more, of whatever kind."""
        return self.entries(config)[:WINDOW].count() == WINDOW

    def few(self, config: str | None) -> list[tuple[int, str]]:
        with told_the_way():
            return list(self.entries(config).values_list("content_type", "object_id")[: FEW + 1])

    def newest(self, config: str | None, size: int) -> list[tuple[Any, ...]]:
        kinds = get_descendants_content_types_pks(self.queryset.model)
        entries = self.entries(config).filter(content_type__in=kinds).values_list("object_id", flat=True)
        with told_the_way() as cursor:
            keys = list(entries[: FEW + 1])
            if len(keys) <= FEW:
                return list(among(self.queryset, map(int, keys))[:size])
            cursor.execute("SET LOCAL enable_bitmapscan = off")
            return self.along(entries, size)

    def along(self, entries: QuerySet[Any], size: int) -> list[tuple[Any, ...]]:
        """Where many match: the queryset's rows part by part, until enough of them are among the matches."""
        queryset, start = self.queryset.filter(locale=self.locale_id), 0
        found: list[tuple[Any, ...]] = []
        while len(found) < size and (rows := list(queryset[start : start + PART])):
            keys = set(entries.filter(IsAmong("object_id", [str(row[0]) for row in rows], CharField())))
            found += [row for row in rows if str(row[0]) in keys]
            start += PART
        return found[:size]

    def entries(self, config: str | None) -> QuerySet[Any]:
        query = self.build_tsquery(self.query, config=config)
        names = [vector.name.removeprefix("index_entries__") for vector, _boost in self.get_index_vectors(query)]
        whole: Any
        whole, *others = map(F, names)
        for vector in others:
            whole = whole._combine(vector, "||", False)
        return stock.IndexEntry.objects.alias(_vector_=whole).filter(_vector_=query)


class QueryCompiler(Compiler, stock.PostgresSearchQueryCompiler):
    pass


class AutocompleteCompiler(Compiler, stock.PostgresAutocompleteQueryCompiler):
    def get_fields_vectors(self, search_query: object) -> list[tuple[F, float]]:
        return self.get_index_vectors(search_query)


class Index(AnalysedIndex, stock.PostgresIndex):
    pass


class Results(CountedResults, stock.PostgresSearchResults):
    pass


class SearchBackend(AnalysedBackend, stock.PostgresSearchBackend):
    query_compiler_class = QueryCompiler
    autocomplete_query_compiler_class = AutocompleteCompiler
    index_class = Index
    results_class = Results
    among = staticmethod(among)

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__({**params, "SEARCH_CONFIG": "simple"})
