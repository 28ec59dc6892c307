"""The backend on PostgreSQL's text search, with the configuration `simple`: all analysis is ours."""

from django.contrib.postgres.search import SearchQuery
from django.db.models import F
from modelsearch.backends.database.postgres import postgres as stock
from modelsearch.backends.database.postgres import query as stock_query
from modelsearch.query import Phrase, PlainText

from .base import AnalysedBackend, AnalysedCompiler, AnalysedIndex


class Lexeme(stock_query.Lexeme):
    """A term. Its tokens are letters and digits alone, see home.search.analysis."""

    def as_sql(self, compiler, connection):
        tokens = [f"'{token}'" for token in self.value]
        if self.prefix:
            tokens[-1] += ":*"
        return "%s", [f"{'!' if self.invert else ''}({' <-> '.join(tokens)})"]


class Compiler(AnalysedCompiler):
    def lexeme(self, term, invert=False):
        return Lexeme(term.tokens, prefix=term.prefix, invert=invert)

    def build_tsquery_content(self, query, config=None, invert=False):
        if isinstance(query, PlainText | Phrase):
            return SearchQuery(self.lexemes(query, invert=invert), search_type="raw", config=config)
        return super().build_tsquery_content(query, config=config, invert=invert)

    def get_fields_vectors(self, search_query):
        """The stock method would look into the model's own columns, which nobody has analysed."""
        return [(F(f"index_entries__{column}"), 1.0) for column in self.columns()]

    def search(self, config, start, stop, **options):
        if self.order_by_relevance and isinstance(self.query, PlainText | Phrase) and self.is_common(config):
            self.order_by_relevance, self.queryset = False, self.queryset.order_by("-pk")
        return super().search(config, start, stop, **options)

    def entries(self, config):
        query = self.build_tsquery(self.query, config=config)
        vectors = [F(vector.name.removeprefix("index_entries__")) for vector, _boost in self.get_index_vectors(query)]
        whole = vectors[0]
        for vector in vectors[1:]:
            whole = whole._combine(vector, "||", False)
        return stock.IndexEntry.objects.annotate(_vector_=whole).filter(_vector_=query)


class QueryCompiler(Compiler, stock.PostgresSearchQueryCompiler):
    pass


class AutocompleteCompiler(Compiler, stock.PostgresAutocompleteQueryCompiler):
    def get_fields_vectors(self, search_query):
        return self.get_index_vectors(search_query)


class Index(AnalysedIndex, stock.PostgresIndex):
    pass


class SearchBackend(AnalysedBackend, stock.PostgresSearchBackend):
    query_compiler_class = QueryCompiler
    autocomplete_query_compiler_class = AutocompleteCompiler
    index_class = Index

    def __init__(self, params):
        super().__init__({**params, "SEARCH_CONFIG": "simple"})
