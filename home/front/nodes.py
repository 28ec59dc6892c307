"""Web nodes that share one database: before a change can be seen, all of them have shut its doors.

A change writes a row of FrontDoor and waits until each node that has a row of FrontNode has carried it out. A node that
renews its lease no more for as long as one lasts is put out by whoever waits: its row goes, and cannot be renewed. Each
side counts these seconds by itself, so no two clocks have to agree. What is said here is said through a connection of
its own, and is there at once, whatever becomes of the transaction it is about.
"""

import json
import logging
import os
import threading
import time
from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import psycopg
from django.db import OperationalError, connections

from .store import Unforgotten
from .tables import LEASE as DOOR

logger = logging.getLogger(__name__)

LEASE = 10
"""Seconds for which a node is waited for that is not heard of."""
PATIENCE = 3 * LEASE
"""Seconds after which a change is given up."""
PAUSES = (0.001, 0.002, 0.004, 0.008, 0.016, 0.032)
"""Seconds between two looks; the last one again and again."""
CHANNEL = "newsroom_front"
ORDER = 7_202_611
"""The lock by which numbers come in the order in which others see them."""
AT_ONCE = "SET LOCAL synchronous_commit = off;"
"""After a crash of the database nobody trusts what was said before: it need not be on the disk."""
# S608: what is put into these is ours.
TELL = f"""
{AT_ONCE}
SELECT pg_advisory_xact_lock({ORDER});
NOTIFY {CHANNEL};
INSERT INTO home_frontdoor (tags, shutting, opening, at) VALUES (%s::jsonb, %s, %s, clock_timestamp()) RETURNING id;
"""  # noqa: S608
MOMENT = "renewed_at AT TIME ZONE 'UTC'"
"""Django's adapters take any moment for one of UTC, which it is not where the database has another time zone."""
BEHIND = f"SELECT name, session, {MOMENT} FROM home_frontnode WHERE done < %s;"  # noqa: S608
NAMED = f"SELECT name, session, {MOMENT} FROM home_frontnode WHERE name = %s;"  # noqa: S608
PUT_OUT = f"{AT_ONCE} DELETE FROM home_frontnode WHERE session = %s AND {MOMENT} = %s;"  # noqa: S608
LEAVE = f"{AT_ONCE} DELETE FROM home_frontnode WHERE session = %s;"  # noqa: S608
JOIN = f"""
{LEAVE}
INSERT INTO home_frontnode (name, session, renewed_at, done) VALUES (%s, %s, clock_timestamp(), 0)
ON CONFLICT (name) DO NOTHING RETURNING name;
"""  # noqa: S608
BEGIN_AFTER = f"""
SELECT coalesce(min(id) - 1, (SELECT max(id) FROM home_frontdoor), 0) FROM home_frontdoor AS shut
WHERE shutting <> '' AND at > clock_timestamp() - interval '{DOOR} s'
AND NOT EXISTS (SELECT 1 FROM home_frontdoor AS opened WHERE opened.opening = shut.shutting);
"""  # noqa: S608
NEWS = "SELECT id, tags::text, shutting, opening FROM home_frontdoor WHERE id > %s ORDER BY id;"
RENEW = f"""
{AT_ONCE}
UPDATE home_frontnode SET done = %s, renewed_at = clock_timestamp() WHERE session = %s RETURNING {MOMENT};
"""  # noqa: S608
RESUME = f"""
{AT_ONCE}
UPDATE home_frontnode SET renewed_at = clock_timestamp() WHERE session = %s AND {MOMENT} = %s
RETURNING done, {MOMENT};
"""  # noqa: S608
SWEEP = f"""
{AT_ONCE}
DELETE FROM home_frontdoor
WHERE at < clock_timestamp() - interval '1 hour' AND id <= (SELECT min(done) FROM home_frontnode);
"""  # noqa: S608


class Untold(OperationalError, Unforgotten):
    """Nodes would go on showing what has to go. The transaction is rolled back."""


class ConnectionBeside:
    """A second connection to the database, in autocommit, one for each process. It is made when it is needed."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.open: tuple[int, psycopg.Connection[Any]] | None = None

    def connection(self) -> "psycopg.Connection[Any]":
        if self.open is None or self.open[0] != os.getpid() or self.open[1].closed:
            asked = connections["default"].get_connection_params()
            gone = {"tcp_user_timeout": LEASE * 1000}  # a host that is gone says nothing for minutes
            self.open = os.getpid(), psycopg.connect(**{**gone, **asked}, autocommit=True)
        return self.open[1]

    def run(self, statements: str, *params: object) -> list[Any]:
        """What the last one has found. Together they are one transaction."""
        with self.lock:
            cursor = self.connection().execute(statements, params or None)
            while cursor.nextset():
                pass
            return cursor.fetchall() if cursor.description else []

    def run_again(self, statements: str, *params: object) -> list[Any]:
        """As `run`, twice where the connection of before turns out to be broken."""
        was_open = self.open is not None
        try:
            return self.run(statements, *params)
        except psycopg.OperationalError:
            if not was_open:
                raise
            return self.run(statements, *params)

    def close(self) -> None:
        if self.open is not None:
            self.open[1].close()
        self.open = None


class Silence:
    """For how long nodes have not renewed their leases, as far as this process has seen it."""

    def __init__(self, beside: ConnectionBeside) -> None:
        self.beside = beside
        self.seen: dict[UUID, tuple[datetime, float]] = {}
        """{session: when it was renewed, and when that was seen first}"""

    def put_out(self, found: list[tuple[str, UUID, datetime]]) -> None:
        """Those of the nodes, as they were just found, whose lease is over. One that renews at this moment stays."""
        now = time.monotonic()
        for _name, session, renewed_at in found:
            known, since = self.seen.get(session, (None, 0.0))
            if known != renewed_at:
                self.seen[session] = renewed_at, now
            elif now - since > LEASE:
                self.beside.run(PUT_OUT, session, renewed_at)


class Nodes:
    """As a change sees them. The one on which it is made is one of them."""

    def __init__(self) -> None:
        self.beside = ConnectionBeside()

    def shut(self, name: str, tags: Collection[str]) -> None:
        """Until it returns, the change may not be committed. Untold: it must not be at all."""
        self.wait(self.tell(tags, shutting=name))

    def open(self, name: str, tags: Collection[str]) -> None:
        """Where that fails, the doors open by themselves in the end."""
        try:
            self.tell(tags, opening=name)
        except Untold as error:
            logger.error("Some pages are stored again in %s seconds only: %s", DOOR, error)

    def forget(self, tags: Collection[str]) -> None:
        self.wait(self.tell(tags))

    def tell(self, tags: Collection[str], shutting: str = "", opening: str = "") -> int:
        """Its number; 0 before the tables are there, when nobody follows."""
        try:
            return int(self.beside.run_again(TELL, json.dumps(sorted(tags)), shutting, opening)[0][0])
        except psycopg.errors.UndefinedTable:
            return 0
        except psycopg.Error as error:
            raise Untold(f"The nodes cannot be told: {error}") from error

    def wait(self, number: int) -> None:
        """Until every node has carried it out."""
        silence, begun, pauses = Silence(self.beside), time.monotonic(), iter(PAUSES)
        try:
            while number and (behind := self.beside.run_again(BEHIND, number)):
                silence.put_out(behind)
                if time.monotonic() - begun > PATIENCE:
                    raise Untold(f"These do not come to it: {', '.join(name for name, *_rest in behind)}")
                time.sleep(next(pauses, PAUSES[-1]))
        except psycopg.Error as error:
            raise Untold(f"It is not known what the nodes have done: {error}") from error


class Membership:
    """As the one process of a node that follows has it. psycopg.Error: then it has lost what it had."""

    def __init__(self, node: str) -> None:
        self.node, self.session, self.beside = node, uuid4(), ConnectionBeside()
        self.silence = Silence(self.beside)
        self.renewed_at: datetime | None = None
        """As the database has told it the last time."""

    def join(self) -> bool:
        """From now on changes wait for this node. Not while another process, or one that was killed, has its name."""
        self.beside.run(f"LISTEN {CHANNEL};")
        self.silence.put_out(self.beside.run(NAMED, self.node))
        return bool(self.beside.run(JOIN, self.session, self.node, self.session))

    def begin_after(self) -> int:
        """The number after which to begin: before what is shut by changes that do not wait for this node."""
        return int(self.beside.run(BEGIN_AFTER)[0][0])

    def news(self, done: int) -> list[tuple[int, list[str], str, str]]:
        """Number, tags, name that shuts and name that opens of what came after `done`."""
        found = self.beside.run(NEWS, done)
        return [(number, json.loads(tags), shutting, opening) for number, tags, shutting, opening in found]

    def renew(self, done: int) -> bool:
        """Whether the lease lasts, which begins anew."""
        found = self.beside.run(RENEW, done, self.session)
        self.renewed_at = found[0][0] if found else None
        return bool(found)

    def resume(self) -> int | None:
        """The number to go on after, where the database has been away and knows all that it knew when the lease was
        renewed the last time. After a crash, or on a copy, it may know less, and count from there anew: then None.
        """
        self.beside.run(f"LISTEN {CHANNEL};")
        found = self.beside.run(RESUME, self.session, self.renewed_at)
        self.renewed_at = found[0][1] if found else None
        return int(found[0][0]) if found else None

    def sweep(self) -> None:
        self.beside.run(SWEEP)

    def wait(self, seconds: float) -> None:
        """Until somebody has told something, or so long. Poolers that pass no notices on make it so long each time."""
        list(self.beside.connection().notifies(timeout=seconds, stop_after=1))

    def leave(self) -> None:
        self.beside.run(LEAVE, self.session)
        self.beside.close()
