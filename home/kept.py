"""What many pages show alike, read from the database once and kept in the cache until some of it changes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Generic, TypeVar
from uuid import uuid4

from django.core.cache import cache
from django.db import transaction

from home.front.recording import Recording, note, recording

SECONDS = 600
"""Nothing that a forgotten signal leaves behind lasts longer."""


T = TypeVar("T")


class Fetched:
    """In one request that only reads. Wagtail, too, keeps on it what it keeps on a request that it is given."""

    def __init__(self) -> None:
        self.parts: dict[str, tuple[Any, Recording]] = {}


_fetched: ContextVar[Fetched | None] = ContextVar("kept_fetched", default=None)


@contextmanager
def fetched_once() -> Iterator[None]:
    """Around a request that only reads: what it shows in many places is fetched from the cache once."""
    token = _fetched.set(Fetched())
    try:
        yield
    finally:
        _fetched.reset(token)


def fetched() -> Fetched | None:
    return _fetched.get()


class Kept(Generic[T]):
    """Parts of one thing. What was being made while it was forgotten is not kept: it may have been read before."""

    everything: "list[Kept[Any]]" = []

    def __init__(self, name: str):
        self.name = f"newsroom.kept.{name}"
        self.turn_key = f"{self.name}.turn"
        self.everything.append(self)

    def get(self, part: object, make: Callable[[], T]) -> T:
        key, found = f"{self.name}.{part}", fetched()
        if found is None:
            return self.fetch(key, make)[0]
        if key not in found.parts:
            found.parts[key] = self.fetch(key, make)
        else:
            note(found.parts[key][1])
        value: T = found.parts[key][0]
        return value

    def fetch(self, key: str, make: Callable[[], T]) -> tuple[T, Recording]:
        found = cache.get_many([self.turn_key, key])
        turn, (made_in, value, made_of) = found.get(self.turn_key), found.get(key, (None, None, None))
        if turn is not None and turn == made_in:
            kept: tuple[T, Recording] = (value, made_of)
            note(made_of)
            return kept
        if turn is None:
            turn = cache.get_or_set(self.turn_key, new_turn, None)
        with recording() as made_of:
            value = make()
        cache.set(key, (turn, value, made_of), SECONDS)
        return value, made_of

    def forget(self) -> None:
        """At once, for the rest of this request, and again when others can see the change."""
        self.turn_over()
        transaction.on_commit(self.turn_over)

    def turn_over(self) -> None:
        cache.set(self.turn_key, new_turn(), None)
        found = fetched()
        if found is not None:
            found.parts.clear()


def forget_all() -> None:
    for kept in Kept.everything:
        kept.turn_over()


def new_turn() -> str:
    return uuid4().hex
