"""What an answer was made of, noted while it is made."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from wagtail.models import Page

from . import tags
from .following import REGISTER
from .statements import conditions, main_table, tables_read

PLAIN = "pages"
"""The look of most days, and the folder of the pages that have it."""
GREY = "grey"
MANY = 300
"""Releases; what shows more of them is forgotten at any change of a page."""


@dataclass
class Recording:
    tags: set[str] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)
    """Tables that nobody follows."""
    parameters: set[str] = field(default_factory=set)
    """Of the query, those that the page has asked for."""
    look: str = PLAIN
    """That of the day, as the page has it."""
    narrowed: frozenset[str] | None = None
    is_whole: bool = True

    def add(self, other: "Recording") -> None:
        self.tags |= other.tags
        self.unknown |= other.unknown
        self.parameters |= other.parameters
        self.look = other.look if other.look != PLAIN else self.look
        self.is_whole = self.is_whole and other.is_whole

    def all_tags(self) -> set[str]:
        found = self.tags | {tags.EVERYTHING}
        if len(found) <= MANY:
            return found
        return {tag for tag in found if not tag.startswith("release ")} | {tags.PAGES}


_recording: ContextVar[Recording | None] = ContextVar("front_recording", default=None)


@contextmanager
def recording() -> Iterator[Recording]:
    """One within another adds what it has found to it."""
    outer = _recording.get()
    found = Recording(narrowed=outer.narrowed if outer else None)
    token = _recording.set(found)
    try:
        yield found
    finally:
        _recording.reset(token)
        if outer is not None:
            outer.add(found)


def is_on() -> bool:
    """Whether what is read now is kept for others."""
    return _recording.get() is not None


def note(found: Recording) -> None:
    """What was found when something was made that is kept since."""
    current = _recording.get()
    if current is not None:
        current.add(found)


def asks_for(parameter: str) -> None:
    """What is made depends on this of the query."""
    current = _recording.get()
    if current is not None:
        current.parameters.add(parameter)


def looks(look: str) -> None:
    """What is made has the look of this day, and not that of most days."""
    current = _recording.get()
    if current is not None:
        current.look = look


def lacks() -> None:
    """What is made does without something that will be there in a moment: it is for this reader alone."""
    current = _recording.get()
    if current is not None:
        current.is_whole = False


@contextmanager
def narrowed(*found: str) -> Iterator[None]:
    """Lists of pages that are read within depend on these tags, and not on every page that there is."""
    current = _recording.get()
    if current is None:
        yield
        return
    before, current.narrowed = current.narrowed, frozenset(found)
    try:
        yield
    finally:
        current.narrowed = before


def has_read(sql: str, params: Any) -> None:
    """Of a SELECT. Rows that become objects say more, see `loaded`."""
    current = _recording.get()
    if current is None:
        return
    tables = tables_read(sql)
    current.unknown |= tables - REGISTER.keys()
    if "wagtailredirects_redirect" in tables:
        current.tags.add(tags.LEADING_ON)
    if any(REGISTER[table].is_page for table in tables if table in REGISTER):
        lists = {tags.PAGES} if current.narrowed is None else current.narrowed
        current.tags |= set(identity(sql, list(params or ()))) or lists


IDENTITY = {
    "slug": tags.of_slug,
    "translation_key": tags.of_release,
    "id": tags.of_page,
    "page_ptr_id": tags.of_page,
}


def identity(sql: str, params: list[Any]) -> Iterator[str]:
    """By what a query asks for certain pages, whether they are there or not. Nothing, if it reads a list."""
    main = main_table(sql)
    if main not in REGISTER or not REGISTER[main].is_page:
        return
    for condition in conditions(sql):
        if condition.column in IDENTITY and condition.table in (main, "wagtailcore_page"):
            yield from (IDENTITY[condition.column](value) for value in condition.values(params))


def loaded(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    """A row has become an object, and may be shown."""
    current = _recording.get()
    if current is None:
        return
    values, label = instance.__dict__, instance._meta.label_lower
    if isinstance(instance, Page):
        key = values.get("translation_key")
        current.tags.add(tags.of_release(key) if key else tags.of_page(instance.pk))
    elif label == "home.customimage":
        current.tags.add(tags.of_image(values.get("id")))
    elif label == "home.rendition":
        current.tags.add(tags.of_image(values.get("image_id")))
    elif label == "wagtaildocs.document":
        current.tags.add(tags.of_document(values.get("id")))
