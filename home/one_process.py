"""One process at a time, on one machine and on several that share a PostgreSQL. A lock ends with its process."""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, connections


@contextmanager
def alone(name: str, key: int, wait: Callable[[], None]) -> Iterator[IO[str]]:
    """Of all that ask by this name, one is within; the others `wait`, which is told once and may raise, and get in
    afterwards. Gives a file that stays, for a word to the next. `key`: the lock on PostgreSQL, whose names are numbers.
    """
    with (settings.VAR_DIR / f"{name}.lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            wait()
            fcntl.flock(file, fcntl.LOCK_EX)
        with alone_on_server(key, wait):
            yield file


@contextmanager
def alone_on_server(key: int, wait: Callable[[], None]) -> Iterator[None]:
    """On PostgreSQL, of all nodes. A transaction holds it, since PgBouncer may give each a session of its own."""
    if connection.vendor != "postgresql":
        yield
        return
    own = connections.create_connection(DEFAULT_DB_ALIAS)
    try:
        own.set_autocommit(False)
        with own.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [key])
            if not cursor.fetchone()[0]:
                wait()
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])
        yield
    finally:
        own.close()
