"""What the backends of both databases share."""

import copy
from functools import reduce
from operator import and_, or_

from modelsearch.backends import get_search_backend
from modelsearch.index import AutocompleteField, RelatedFields, SearchField
from modelsearch.query import MATCH_NONE, And, Boost, Not, Or, Phrase, PlainText

from .analysis import Term, analyse, fold, terms_of, tokens_of

WINDOW = 1000
"""Only so many matches are ranked. Beyond, the newest come first, and nobody pays for ranking all."""


def backend():
    """The SearchBackend in use."""
    return get_search_backend()


class AnalysedIndex:
    """An index whose documents are analysed before the database sees them."""

    def add_items(self, model, objs):
        super().add_items(model, [analysed(obj) for obj in objs])

    def _refresh_title_norms(self, full=False):
        """Not used in our ranking, and the stock index reads all of itself for it at every save."""


def analysed(obj):
    """A stand-in for an object, whose fields give their tokens instead of their text."""
    stand_in = copy.copy(obj)
    fields = analysed_fields(obj.get_search_fields())
    stand_in.get_search_fields = lambda: fields
    return stand_in


def analysed_fields(fields):
    found = []
    for field in fields:
        field = copy.copy(field)
        if isinstance(field, RelatedFields):
            field.fields = analysed_fields(field.fields)
        elif isinstance(field, SearchField | AutocompleteField):
            field.get_value = reader(field.get_value, stem=isinstance(field, SearchField))
        found.append(field)
    return found


def reader(get_value, stem):
    return lambda obj: analyse(text_of(get_value(obj)), stem)


def text_of(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return "\n".join(map(text_of, value))
    return "" if value is None else str(value)


class AnalysedCompiler:
    """A query compiler that looks for the tokens of what is typed. `lexeme(term)` says one in the database's words."""

    def __init__(self, queryset, query, **options):
        super().__init__(queryset, query, **options)
        if not self.asks_for_something(self.query):
            self.query = MATCH_NONE

    def asks_for_something(self, query):
        if isinstance(query, PlainText | Phrase):
            return bool(self.terms(query))
        if isinstance(query, And | Or):
            return all(map(self.asks_for_something, query.subqueries))
        if isinstance(query, Not | Boost):
            return self.asks_for_something(query.subquery)
        return True

    def terms(self, query):
        typing = self.LAST_TERM_IS_PREFIX
        if isinstance(query, Phrase):
            tokens = list(tokens_of(fold(query.query_string), not typing))
            if tokens and tokens[-1].is_han and len(tokens) > 1 and not tokens[-2].is_last:
                tokens.pop()
            return [Term(tuple(token.text for token in tokens))] if tokens else []
        return terms_of(query.query_string, stem=not typing, typing=typing)

    def lexemes(self, query, **options):
        both = or_ if isinstance(query, PlainText) and query.operator.lower() == "or" else and_
        return reduce(both, [self.lexeme(term, **options) for term in self.terms(query)])

    def columns(self):
        """Which of the index's columns are looked at: it knows a title and all else."""
        return sorted({"title" if field == "title" else "body" for field in self.fields})

    def is_common(self, config):
        """Whether more than WINDOW documents match, of whatever kind."""
        return self.entries(config)[:WINDOW].count() == WINDOW


class AnalysedBackend:
    def matching(self, queryset, words, typing=False):
        """The rows of a queryset that match, unranked, in the queryset's own order. Any filter may be set on it."""
        compiler_class = self.autocomplete_query_compiler_class if typing else self.query_compiler_class
        compiler = compiler_class(queryset, PlainText(words), order_by_relevance=False)
        return compiler.search(compiler.get_config(self), None, None)
