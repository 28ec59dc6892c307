"""The backend on SQLite's FTS5."""

from modelsearch.backends.database.sqlite import query as stock_query
from modelsearch.backends.database.sqlite import sqlite as stock
from modelsearch.query import Phrase, PlainText

from .base import AnalysedBackend, AnalysedCompiler, AnalysedIndex

WEIGHTS = (1.0, 1.0, 4.0)
"""Of autocomplete, body and title, as the table has them. The stock backend ignores `boost`."""


class BM25(stock_query.BM25):
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
        match = stock_query.MatchExpression(self.FTS_TABLE_FIELDS, self.build_search_query(self.query, config=config))
        return stock.SQLiteFTSIndexEntry.objects.filter(match)

    def search(self, config, start, stop, **options):
        if self.fields is not None:
            self.fields = self.columns() if "title" in self.FTS_TABLE_FIELDS else None
        return super().search(config, start, stop, **options)


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
