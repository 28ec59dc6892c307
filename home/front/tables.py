"""What is known of stored pages, in two SQLite files beside them: what changed when, and which file has which tags."""

import sqlite3
import time
from collections.abc import Collection, Iterable
from dataclasses import dataclass

LEASE = 300
"""Seconds for which a door stays shut that nobody opens: longer than a transaction lasts."""
STATE = """
CREATE TABLE IF NOT EXISTS clock (number INTEGER NOT NULL, stamp INTEGER NOT NULL, code TEXT NOT NULL);
INSERT INTO clock SELECT 1, 0, '' WHERE NOT EXISTS (SELECT 1 FROM clock);
CREATE TABLE IF NOT EXISTS turn (tag TEXT PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS door (name TEXT NOT NULL, tag TEXT NOT NULL, until REAL NOT NULL, PRIMARY KEY (name, tag));
"""
INDEX = """
CREATE TABLE IF NOT EXISTS page (id INTEGER PRIMARY KEY, file TEXT UNIQUE NOT NULL);
CREATE TABLE IF NOT EXISTS word (id INTEGER PRIMARY KEY, word TEXT UNIQUE NOT NULL);
CREATE TABLE IF NOT EXISTS tag (word INTEGER NOT NULL, page INTEGER NOT NULL, PRIMARY KEY (word, page)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS tag_of_page ON tag (page);
"""


@dataclass(frozen=True)
class Ticket:
    """When a render began. What has changed since is not in it."""

    epoch: str
    number: int


def is_changing(state: sqlite3.Connection, ticket: Ticket, tags: Iterable[str]) -> bool:
    """Whether one of the tags has changed since, or its door is shut."""
    now = time.time()
    return any(
        state.execute("SELECT 1 FROM turn WHERE tag = ? AND number > ?", (tag, ticket.number)).fetchone()
        or state.execute("SELECT 1 FROM door WHERE tag = ? AND until > ?", (tag, now)).fetchone()
        for tag in tags
    )


def register(index: sqlite3.Connection, file: str, tags: Collection[str]) -> None:
    index.execute("INSERT OR IGNORE INTO page (file) VALUES (?)", (file,))
    (pk,) = index.execute("SELECT id FROM page WHERE file = ?", (file,)).fetchone()
    index.executemany("INSERT OR IGNORE INTO word (word) VALUES (?)", [(tag,) for tag in tags])
    index.execute("DELETE FROM tag WHERE page = ?", (pk,))
    index.executemany("INSERT INTO tag SELECT id, ? FROM word WHERE word = ?", [(pk, tag) for tag in tags])


def take(index: sqlite3.Connection, tags: Iterable[str]) -> list[str]:
    """The files that have one of the tags, which from now on nothing is known of."""
    found: dict[int, str] = {}
    for tag in tags:
        found |= dict(
            index.execute(
                "SELECT page.id, file FROM word JOIN tag ON tag.word = word.id JOIN page ON page.id = tag.page"
                " WHERE word.word = ?",
                (tag,),
            )
        )
    keys = [(pk,) for pk in found]
    index.executemany("DELETE FROM tag WHERE page = ?", keys)
    index.executemany("DELETE FROM page WHERE id = ?", keys)
    return list(found.values())


def turn(state: sqlite3.Connection, tags: Iterable[str]) -> None:
    """Whoever holds a ticket from before has read these too early. Files from now on are newer by a second."""
    state.execute("UPDATE clock SET number = number + 1, stamp = max(stamp + 1, ?)", (int(time.time()) + 1,))
    state.executemany(
        "INSERT INTO turn SELECT ?, number FROM clock WHERE true"
        " ON CONFLICT (tag) DO UPDATE SET number = excluded.number",
        [(tag,) for tag in tags],
    )


def shut(state: sqlite3.Connection, name: str, tags: Iterable[str]) -> None:
    until = time.time() + LEASE
    state.executemany("INSERT OR REPLACE INTO door VALUES (?, ?, ?)", [(name, tag, until) for tag in tags])
    state.execute("DELETE FROM door WHERE until < ?", (time.time(),))
