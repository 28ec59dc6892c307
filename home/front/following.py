"""Which tables are followed: what their rows mean to readers' pages."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.db.models import Model


@dataclass(frozen=True)
class Standing:
    """Where a row stands in a list, as far as that list has tags of its own: they change when this is another one."""

    tags: frozenset[str]
    place: tuple[Any, ...]


Meaning: TypeAlias = str | Standing
"""A tag, which changes whenever the row does, or a standing."""
Row: TypeAlias = dict[str, Any]
"""Of a table, as the database has it: {column: value}."""


@dataclass(frozen=True)
class Followed:
    key: str
    """The column that says which row it is."""
    means: Callable[[Row], Iterable[Meaning]]
    """It is asked before a row changes and after it, and may ask the database. A new row may lack its key."""
    beside: frozenset[str]
    """Columns that no public page shows."""
    is_page: bool

    def meaning(self, row: Row) -> set[Meaning]:
        return set(self.means(row))

    def differ(self, before: Row, after: Row) -> bool:
        return any(before[column] != after.get(column) for column in before if column not in self.beside)


REGISTER: dict[str, Followed] = {}
"""{table: Followed}"""


def follow(
    *models: type[Model],
    means: Callable[[Row], Iterable[Meaning]],
    beside: Collection[str] = (),
    is_page: bool = False,
) -> None:
    """From now on what has read these may be stored, and what a row means is forgotten when it changes."""
    for model in models:
        columns = {field.name: field.column for field in model._meta.concrete_fields if field.column}
        unseen = frozenset(columns[name] for name in beside if name in columns)
        REGISTER[model._meta.db_table] = Followed(columns[model._meta.pk.name], means, unseen, is_page)
