"""The backend on SQLite's FTS5."""

from django.db.models import BigIntegerField, Case, CharField, Exists, FloatField, OuterRef, Value, When
from django.db.models.functions import Cast
from modelsearch.backends.database.sqlite import query as stock_query
from modelsearch.backends.database.sqlite import sqlite as stock
from modelsearch.query import Phrase, PlainText
from modelsearch.utils import get_descendants_content_types_pks

from .base import FEW, WINDOW, AnalysedBackend, AnalysedCompiler, AnalysedIndex

WEIGHTS = (1.0, 1.0, 4.0)
"""Of autocomplete, body and title, as the table has them. The stock backend ignores `boost`."""


class BM25(stock_query.BM25):
    """The better the match, the lower the number."""

    def as_sql(self, compiler, connection, **options):
        sql, params = super().as_sql(compiler, connection)
        return f"{sql[:-1]}, {', '.join(map(str, WEIGHTS))})", params


class Compiler(AnalysedCompiler):
    def lexeme(self, term):
        return stock_query.Lexeme(" ".join(term.tokens), prefix=term.prefix)

    def build_search_query_content(self, query, config=None):
        if isinstance(query, PlainText | Phrase):
            return stock_query.SearchQueryExpression(self.lexemes(query), config=config)
        return super().build_search_query_content(query, config=config)

    def _build_rank_expression(self, vectors, config):
        return BM25()

    def entries(self, config):
        columns = self.columns() if self.fields and "title" in self.FTS_TABLE_FIELDS else self.FTS_TABLE_FIELDS
        match = stock_query.MatchExpression(columns, self.build_search_query(self.query, config=config))
        return stock.SQLiteFTSIndexEntry.objects.filter(match)

    def index_entries(self, keys):
        kinds = get_descendants_content_types_pks(self.queryset.model)
        return stock.IndexEntry.objects.filter(content_type__in=kinds, pk__in=keys)

    def matched(self, entries):
        """By a key that is calculated, or SQLite reads the whole table of the model to compare it with its own."""
        found = self.index_entries(entries.values("pk"))
        keys = found.annotate(key=Cast("object_id", BigIntegerField())).values("key")
        return self.queryset.alias(_key=Cast("pk", BigIntegerField())).filter(_key__in=keys)

    def along(self, entries):
        """The same, found along the queryset's order: to be taken where many match and the first are wanted."""
        entry = self.index_entries(entries.values("pk"))
        return self.queryset.filter(Exists(entry.filter(object_id=Cast(OuterRef("pk"), CharField()))))

    def newest(self, config, size):
        entries = self.entries(config)
        few = list(entries.values_list("pk", flat=True)[: FEW + 1])
        if len(few) > FEW:
            return list(self.along(entries)[:size])
        keys = self.index_entries(few).values_list("object_id", flat=True)
        return list(self.queryset.filter(pk__in=[*map(int, keys)])[:size]) if few else []

    def search(self, config, start, stop, score_field=None):
        if not isinstance(self.query, PlainText | Phrase):
            return super().search(config, start, stop, score_field=score_field)
        entries = self.entries(config)
        matched = self.matched(entries)
        if not self.order_by_relevance:
            return (matched if matched.query.order_by else matched.order_by("-pk"))[start:stop]
        if self.is_common(config):
            return matched.order_by("-pk")[start:stop]
        score_of = dict(entries.annotate(score=BM25()).values_list("pk", "score")[:WINDOW])
        found = self.index_entries(list(score_of))
        scores = {int(key): score_of[entry] for entry, key in found.values_list("pk", "object_id")}
        matched = self.queryset.filter(pk__in=scores)
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


class SearchBackend(AnalysedBackend, stock.SQLiteSearchBackend):
    query_compiler_class = QueryCompiler
    autocomplete_query_compiler_class = AutocompleteCompiler
    index_class = Index
