"""A second PostgreSQL that follows the first, and answers what guests ask for and nobody keeps.

It is some moments behind, and what is public changes at once: a withdrawal counts from the moment it is said. So it
is read only where it has all that was written before it is first asked, which both are asked in the same request: two
short questions in place of some twenty long ones. What stored pages and kept parts are made of is read from the first.
"""

import logging
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connections
from django.db.models import Model
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from home.front import recording

log = logging.getLogger(__name__)
REPLICA = "replica"
AGAIN_AFTER = 10
"""Seconds for which a replica that has just not answered is left alone."""
KEPT_BY_WAGTAIL = {"contenttypes.contenttype", "home.rendition", "wagtailcore.locale", "wagtailcore.site"}
"""What was read of them it keeps in caches."""
WRITTEN = "SELECT pg_current_wal_insert_lsn()"
HAS_IT = "SELECT pg_is_in_recovery() AND pg_last_wal_replay_lsn() >= %s::pg_lsn"
WHOSE = "SELECT system_identifier, current_database() FROM pg_control_system()"


@dataclass
class GuestReading:
    """One request."""

    is_current: bool | None = None
    """Whether the replica has all that was written before; None: it has not been asked."""
    has_written: bool = False
    has_failed: bool = False


reading: ContextVar[GuestReading | None] = ContextVar("replica_reading", default=None)


class ReplicaRouter:
    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        current = reading.get()
        if (
            current is None
            or current.has_written
            or current.has_failed
            or recording.is_on()
            or model._meta.label_lower in KEPT_BY_WAGTAIL
            or connections[DEFAULT_DB_ALIAS].in_atomic_block
        ):
            return DEFAULT_DB_ALIAS
        if current.is_current is None:
            current.is_current = replica.is_current()
        return REPLICA if current.is_current else DEFAULT_DB_ALIAS

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == DEFAULT_DB_ALIAS


class Replica:
    """The replica, as this process knows it."""

    def __init__(self) -> None:
        self.away_until = 0.0
        self.is_ours: bool | None = None

    def is_current(self) -> bool:
        """Whether it has all that is written by now, and is the replica of this database."""
        if monotonic() < self.away_until:
            return False
        [written] = ask(DEFAULT_DB_ALIAS, WRITTEN)
        try:
            if self.is_ours is None:
                self.is_ours = ask(REPLICA, WHOSE) == ask(DEFAULT_DB_ALIAS, WHOSE)
                if not self.is_ours:
                    log.error("DATABASE_REPLICA_URL is no replica of DATABASE_URL, and is not read.")
            return self.is_ours and bool(ask(REPLICA, HAS_IT, [written])[0])
        except (OperationalError, InterfaceError) as error:
            self.is_away(error)
            return False

    def is_away(self, error: Exception) -> None:
        if monotonic() >= self.away_until:
            log.warning("The replica is away, the first database answers: %s", str(error).strip())
        self.away_until = monotonic() + AGAIN_AFTER
        self.is_ours = None  # another may come back in its place
        connections[REPLICA].close()


replica = Replica()


def ask(alias: str, sql: str, params: list[Any] | None = None) -> tuple[Any, ...]:
    with connections[alias].cursor() as cursor:
        cursor.execute(sql, params)
        row: tuple[Any, ...] = cursor.fetchone()
        return row


class ReplicaMiddleware:
    """Inside of what stores pages. A request under which the replica breaks off is answered anew, without it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if REPLICA not in settings.DATABASES:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.admin = reverse("wagtailadmin_home")

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not self.is_a_guests(request):
            return self.get_response(request)
        current = GuestReading()
        token = reading.set(current)
        try:
            with (
                connections[DEFAULT_DB_ALIAS].execute_wrapper(notices_writing(current)),
                connections[REPLICA].execute_wrapper(notices_failing(current)),
            ):
                response = self.get_response(request)
        finally:
            reading.reset(token)
        if not current.has_failed:
            return response
        response.close()
        return self.get_response(request)

    def is_a_guests(self, request: HttpRequest) -> bool:
        return (
            request.method in ("GET", "HEAD")
            and settings.SESSION_COOKIE_NAME not in request.COOKIES
            and not request.path.startswith(self.admin)
        )


def notices_writing(current: GuestReading) -> Callable[..., Any]:
    """From then on this request reads what it has written."""

    def noticed(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        current.has_written = current.has_written or not sql.startswith("SELECT")
        return execute(sql, params, many, context)

    return noticed


def notices_failing(current: GuestReading) -> Callable[..., Any]:
    def noticed(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        try:
            return execute(sql, params, many, context)
        except (OperationalError, InterfaceError) as error:
            current.has_failed = True
            replica.is_away(error)
            raise

    return noticed


def lag() -> int | None:
    """Bytes by which it is behind; None: it is no replica of this database. OperationalError: it does not answer."""
    if ask(REPLICA, WHOSE) != ask(DEFAULT_DB_ALIAS, WHOSE) or not ask(REPLICA, "SELECT pg_is_in_recovery()")[0]:
        return None
    [written] = ask(DEFAULT_DB_ALIAS, WRITTEN)
    [bytes_behind] = ask(REPLICA, "SELECT %s::pg_lsn - pg_last_wal_replay_lsn()", [written])
    return max(0, int(bytes_behind))
