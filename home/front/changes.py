"""What is written in a transaction, as the tags of what depends on it.

Every statement that the project sends comes by here, whoever sends it: a model's save, an update of many rows, SQL by
hand. The rows it concerns are read before it and after it. What another program writes is not seen: see front_forget.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from wagtail.models import Site

from home.kept import forget_all

from . import tags
from .following import REGISTER, Meaning, Row, Standing
from .recording import has_read
from .statements import Statement, table_written
from .store import Store

if TYPE_CHECKING:
    from .nodes import Nodes

Execute = Callable[[str, Any, bool, dict[str, Any]], Any]
EVERY = {tags.EVERYTHING}
is_resting = False
"""While this process migrates the database."""


class ShutDoors:
    """What one transaction has changed so far: the doors that it shut, which its end opens.

    Here each is shut when it is found; on all nodes they are, where there are several, before anybody can see what was
    written.
    """

    def __init__(self, store: Store, nodes: "Nodes | None" = None) -> None:
        self.store, self.nodes, self.name = store, nodes, uuid4().hex
        self.tags: set[str] = set()
        self.told: set[str] = set()
        self.callback: Callable[[], None] | None = None
        """What its transaction is to do on commit."""

    def concerns(self, found: Iterable[str]) -> None:
        new = set(found) - self.tags
        if new and tags.EVERYTHING not in self.tags:
            self.store.close(self.name, new)
            self.tags |= new

    def tell(self) -> None:
        if self.nodes and self.tags > self.told:
            new, self.told = self.tags - self.told, set(self.tags)
            self.nodes.shut(self.name, new)

    def end(self) -> None:
        """Committed or rolled back."""
        if self.tags:
            forget_beside_rows(self.tags)
            self.store.open(self.name, self.tags)
            if self.nodes and self.told:
                self.nodes.open(self.name, self.told)


def forget_beside_rows(changed: Iterable[str]) -> None:
    """What pages are made of beside rows is read anew before their doors open, also from a cache of this node's own."""
    forget_all()
    if tags.EVERYTHING in changed:
        Site.clear_site_root_paths_cache()


def change_of(connection: BaseDatabaseWrapper, store: Store, nodes: "Nodes | None" = None) -> ShutDoors:
    """That of the transaction which is open. A change whose transaction, or part of it, was rolled back is ended.

    Without a transaction a row is there for others once it has been fetched whose key the database made: before the
    next statement, see `watch`, or when the request ends.
    """
    change: ShutDoors | None = getattr(connection, "front_change", None)
    if change is not None and is_waiting(connection, change):
        return change
    if change is not None:
        change.end()
    change = ShutDoors(store, nodes)
    connection.front_change = change  # type: ignore[attr-defined]  # as long as its transaction lasts
    if connection.in_atomic_block:
        change.callback = lambda: settle(connection)
        transaction.on_commit(change.callback, using=connection.alias)
    return change


def is_waiting(connection: BaseDatabaseWrapper, change: ShutDoors) -> bool:
    """Whether its end is still to come: a rollback takes away what was to be done on commit."""
    return any(entry[1] is change.callback for entry in connection.run_on_commit)


def settle(connection: BaseDatabaseWrapper) -> None:
    """Open what no transaction keeps shut any more. A change that has shut nothing yet is just about to: that reads."""
    change: ShutDoors | None = getattr(connection, "front_change", None)
    if change is not None and change.tags and not connection.in_atomic_block:
        connection.front_change = None  # type: ignore[attr-defined]  # as above
        change.end()


def tell_before_commit(connection: BaseDatabaseWrapper) -> None:
    """The nodes. What the database refuses at the commit they have shut in vain."""
    commit = connection.commit

    def told() -> None:
        change: ShutDoors | None = getattr(connection, "front_change", None)
        if change is not None and is_waiting(connection, change):
            change.tell()
        commit()

    connection.commit = told  # type: ignore[method-assign]  # Django says nothing before a commit


def write(
    connection: BaseDatabaseWrapper,
    change_now: Callable[[], ShutDoors],
    table: str,
    statement: Statement,
    run: Callable[[], Any],
) -> Any:
    """Run a statement that writes into a table which is followed. Outside of a transaction it gets one of its own."""
    followed = REGISTER[table]
    if statement.is_insert:
        rows = statement.rows_inserted()
        try:
            found = EVERY if rows is None else depending({}, dict(enumerate(map(followed.meaning, rows))))
        except KeyError:  # a column that would say it is the database's to fill
            found = EVERY
        change = change_now()
        change.concerns(found)
        if not connection.in_atomic_block:
            change.tell()
        return run()
    if statement.columns_set() <= followed.beside:
        return run()
    if not connection.in_atomic_block:
        with transaction.atomic(using=connection.alias):
            return write(connection, change_now, table, statement, run)
    change = change_now()
    concerned = statement.rows_concerned(table)
    if concerned is None:
        change.concerns(EVERY)
        return run()
    before = {row[followed.key]: row for row in read(connection, *concerned)}
    meant = {key: followed.meaning(row) for key, row in before.items()}
    result = run()
    after = {row[followed.key]: row for row in read_again(connection, table, followed.key, list(before))}
    changed = [key for key, row in before.items() if key not in after or followed.differ(row, after[key])]
    means = {key: followed.meaning(after[key]) for key in changed if key in after}
    change.concerns(depending({key: meant[key] for key in changed}, means))
    return result


def depending(before: dict[Any, set[Meaning]], after: dict[Any, set[Meaning]]) -> set[str]:
    """What depends on rows that have changed. Both: {key of a row: what it meant, what it means}."""
    found: set[str] = set()
    for key in before.keys() | after.keys():
        old, new = before.get(key, set()), after.get(key, set())
        found |= {meaning for meaning in old | new if isinstance(meaning, str)}
        found |= {tag for meaning in old ^ new if isinstance(meaning, Standing) for tag in meaning.tags}
    return found


def read_again(connection: BaseDatabaseWrapper, table: str, column: str, keys: list[Any]) -> Iterator[Row]:
    for first in range(0, len(keys), 500):
        some = keys[first : first + 500]
        marks = ", ".join(["%s"] * len(some))
        yield from read(connection, f'SELECT * FROM "{table}" WHERE "{column}" IN ({marks})', some)  # noqa: S608  (names of ours)


def read(connection: BaseDatabaseWrapper, sql: str, params: list[Any]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        columns = [column[0] for column in cursor.description]
        return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


def watch(store: Store, nodes: "Nodes | None" = None) -> Callable[..., Any]:
    """What stands before every statement of a connection, see Connection.execute_wrapper."""

    def watched(execute: Execute, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        settle(context["connection"])
        if sql.startswith("SELECT"):
            has_read(sql, params)
        elif not is_resting and (table := table_written(sql)) in REGISTER:
            statement = Statement(sql, None if many else list(params or ()))
            connection = context["connection"]
            return write(
                connection,
                lambda: change_of(connection, store, nodes),
                table,
                statement,
                lambda: execute(sql, params, many, context),
            )
        return execute(sql, params, many, context)

    return watched
