"""What many pages show alike, read from the database once and kept in the cache until some of it changes."""

from collections.abc import Callable
from typing import Generic, TypeVar
from uuid import uuid4

from django.core.cache import cache
from django.db import transaction

SECONDS = 600
"""Nothing that a forgotten signal leaves behind lasts longer."""


T = TypeVar("T")


class Kept(Generic[T]):
    """Parts of one thing. What was being made while it was forgotten is not kept: it may have been read before."""

    def __init__(self, name: str):
        self.name = f"newsroom.{name}"
        self.turn_key = f"{self.name}.turn"

    def get(self, part: object, make: Callable[[], T]) -> T:
        key = f"{self.name}.{part}"
        found = cache.get_many([self.turn_key, key])
        turn, (made_in, value) = found.get(self.turn_key), found.get(key, (None, None))
        if turn is not None and turn == made_in:
            kept: T = value
            return kept
        if turn is None:
            turn = cache.get_or_set(self.turn_key, new_turn, None)
        value = make()
        cache.set(key, (turn, value), SECONDS)
        return value

    def forget(self) -> None:
        """At once, for the rest of this request, and again when others can see the change."""
        self.turn_over()
        transaction.on_commit(self.turn_over)

    def turn_over(self) -> None:
        cache.set(self.turn_key, new_turn(), None)


def new_turn() -> str:
    return uuid4().hex
