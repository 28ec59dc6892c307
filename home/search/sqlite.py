"""The backend on SQLite's FTS5."""

from django.db.models import BigIntegerField, Case, FloatField, Value, When
from django.db.models.functions import Cast
from modelsearch.backends.database.sqlite import query as stock_query
from modelsearch.backends.database.sqlite import sqlite as stock
from modelsearch.query import Phrase, PlainText
from modelsearch.utils import get_descendants_content_types_pks

from .base import WINDOW, AnalysedBackend, AnalysedCompiler, AnalysedIndex

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
        kinds = get_descendants_content_types_pks(self.queryset.model)
        found = stock.SQLiteFTSIndexEntry.objects.filter(match, index_entry__content_type__in=kinds)
        # As numbers, or SQLite reads the whole table of the model to compare them with its keys.
        return found.annotate(key=Cast("index_entry__object_id", BigIntegerField()))

    def search(self, config, start, stop, score_field=None):
        if not isinstance(self.query, PlainText | Phrase):
            return super().search(config, start, stop, score_field=score_field)
        entries = self.entries(config)
        matched = self.queryset.filter(pk__in=entries.values("key"))
        if not self.order_by_relevance:
            return (matched if matched.query.order_by else matched.order_by("-pk"))[start:stop]
        if self.is_common(config):
            return matched.order_by("-pk")[start:stop]
        scores = dict(entries.annotate(score=BM25()).values_list("key", "score")[:WINDOW])
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
