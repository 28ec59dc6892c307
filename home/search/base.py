"""What the backends of both databases share."""

import copy
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache, reduce
from operator import and_, or_
from typing import TYPE_CHECKING, Any

from django.db.models import Model, QuerySet
from modelsearch.backends import get_search_backend
from modelsearch.index import AutocompleteField, BaseField, Indexed, RelatedFields, SearchField
from modelsearch.query import MATCH_NONE, And, Boost, Not, Or, Phrase, PlainText, SearchQuery
from modelsearch.utils import get_content_type_pk
from wagtail.models import Page, TranslatableMixin

from .analysis import SearchTerm, analyse, fold, terms_of, tokens_of

WINDOW = 1000
"""Only so many matches are ranked. Beyond, the newest come first, and nobody pays for ranking all."""

FEW = 5000
"""So many matches are sorted. If there are more, it takes no long way along the order of a queryset to meet enough."""


def backend() -> "AnalysedBackend":
    """The SearchBackend in use."""
    return get_search_backend()


if TYPE_CHECKING:
    from modelsearch.backends.base import BaseIndex, BaseSearchBackend, BaseSearchQueryCompiler, BaseSearchResults
else:  # each class stands before one of these in the bases: its `super()` is theirs
    BaseIndex = BaseSearchBackend = BaseSearchQueryCompiler = BaseSearchResults = object


class AnalysedIndex(BaseIndex):
    """An index whose documents are analysed before the database sees them."""

    def add_items(self, model: type[Model], objs: Iterable[Indexed]) -> None:
        super().add_items(model, [analysed(obj) for obj in objs])

    def _refresh_title_norms(self, full: bool = False) -> None:
        """Not used in our ranking, and the stock index reads all of itself for it at every save."""


def analysed(obj: Indexed) -> Indexed:
    """A stand-in for an object, whose fields give their tokens instead of their text."""
    stand_in = copy.copy(obj)
    stand_in.get_search_fields = lambda: analysed_fields(obj.__class__)
    stand_in.tokens_by_field = {}
    return stand_in


@cache
def analysed_fields(model: type[Indexed]) -> list[BaseField]:
    places = [PlaceField("place"), PlaceWhileTyping("place")] if issubclass(model, TranslatableMixin) else []
    return [*analysed_copies(model.get_search_fields()), *places]


def place_of(model: type[Model], locale_id: int) -> str:
    """A token that all documents of one type and language hold, aliases apart, and nobody can type: `zz35x1`."""
    return f"zz{get_content_type_pk(model)}x{locale_id}"


class HasPlace:
    """Puts the token into a document, so that the index itself can leave the other languages out."""

    def get_value(self, obj: Any) -> str:
        return "" if getattr(obj, "alias_of_id", None) else place_of(type(obj), obj.locale_id)


class PlaceField(HasPlace, SearchField):
    pass


class PlaceWhileTyping(HasPlace, AutocompleteField):
    pass


def analysed_copies(fields: Iterable[BaseField]) -> list[BaseField]:
    found = []
    for field in fields:
        field = copy.copy(field)
        if isinstance(field, RelatedFields):
            field.fields = analysed_copies(field.fields)
        elif isinstance(field, SearchField | AutocompleteField):
            field.get_value = reader(field.get_value, stem=isinstance(field, SearchField))
        found.append(field)
    return found


def reader(get_value: Callable[[Model], object], stem: bool) -> Callable[[Model], str]:
    """The stock indexers ask every field once for each column of the index: a stand-in keeps the answer."""

    def read(obj: Model) -> str:
        kept = getattr(obj, "tokens_by_field", {})  # what is related is no stand-in
        if read not in kept:
            kept[read] = analyse(text_of(get_value(obj)), stem)
        return kept[read]

    return read


def text_of(value: object) -> str:
    """The text of a field's value: of lists and dicts each part on a line of its own."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return "\n".join(map(text_of, value))
    return "" if value is None else str(value)


class AnalysedCompiler(BaseSearchQueryCompiler):
    """A query compiler that looks for the tokens of what is typed. `lexeme(term)` says one in the database's words."""

    query: SearchQuery
    place: str | None = None
    """The token of the only documents that are looked through, see place_of()."""
    locale_id: int
    """Of those documents."""

    def __init__(self, queryset: QuerySet[Any], query: SearchQuery | str, **options: Any) -> None:
        super().__init__(queryset, query, **options)
        if not self.asks_for_something(self.query):
            self.query = MATCH_NONE

    def asks_for_something(self, query: SearchQuery) -> bool:
        if isinstance(query, PlainText | Phrase):
            return bool(self.terms(query))
        if isinstance(query, And | Or):
            return all(map(self.asks_for_something, query.subqueries))
        if isinstance(query, Not | Boost):
            return self.asks_for_something(query.subquery)
        return True

    def terms(self, query: SearchQuery) -> list[SearchTerm]:
        typing = self.LAST_TERM_IS_PREFIX
        if isinstance(query, Phrase):
            tokens = list(tokens_of(fold(query.query_string), not typing))
            if tokens and tokens[-1].is_han and len(tokens) > 1 and not tokens[-2].is_last:
                tokens.pop()
            return [SearchTerm(tuple(token.text for token in tokens))] if tokens else []
        return terms_of(query.query_string, stem=not typing, typing=typing)

    def lexemes(self, query: SearchQuery, **options: Any) -> Any:
        both = or_ if isinstance(query, PlainText) and query.operator.lower() == "or" else and_
        found = reduce(both, [self.lexeme(term, **options) for term in self.terms(query)])
        return found & self.lexeme(SearchTerm((self.place,))) if self.place else found

    def columns(self) -> list[str]:
        """Which of the index's columns are looked at: it knows a title and all else."""
        return sorted({"title" if field == "title" else "body" for field in self.fields})


class CountedResults(BaseSearchResults):
    def note_count(self, count: int) -> None:
        """Somebody knows how many they are: nobody counts them again."""
        self._count_cache = count


class AnalysedBackend(BaseSearchBackend):
    def compiler(self, queryset: QuerySet[Any], words: str, typing: bool) -> Any:
        compiler_class = self.autocomplete_query_compiler_class if typing else self.query_compiler_class
        return compiler_class(queryset, PlainText(words))

    def few(self, words: str, typing: bool = False) -> dict[int, list[int]] | None:
        """{key of a content type: [keys of objects]} of all that match in whatever language, aliases among them.

        None if they are more than FEW.
        """
        compiler = self.compiler(Page.objects.all(), words, typing)
        if compiler.query is MATCH_NONE:
            return {}
        found: defaultdict[int, list[int]] = defaultdict(list)
        pairs = compiler.few(compiler.get_config(self))
        for kind, key in pairs:
            found[kind].append(int(key))
        return found if len(pairs) <= FEW else None

    def newest(
        self, queryset: QuerySet[Any], words: str, locale_id: int, size: int, typing: bool = False
    ) -> list[tuple[Any, ...]]:
        """The first rows of a queryset that match, in its own order, as a list. Any filter may be set on it.

        `queryset` gives lists of values, the key first; only objects of `locale_id` are found.
        """
        compiler = self.compiler(queryset, words, typing)
        if compiler.query is MATCH_NONE:
            return []
        compiler.place, compiler.locale_id = place_of(queryset.model, locale_id), locale_id
        return compiler.newest(compiler.get_config(self), size)
