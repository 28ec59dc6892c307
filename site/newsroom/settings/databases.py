"""How the database is asked, beside where it is."""

import os
from pathlib import Path
from typing import Any

SQLITE = "django.db.backends.sqlite3"
PRAGMAS = "PRAGMA mmap_size=134217728; PRAGMA cache_size=-20000"


def asked(database: dict[str, Any], base: Path, read_only: bool) -> dict[str, Any]:
    """Django's entry for a database, whole; a file's path begins in the folder `base`."""
    database = {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True, **database}
    if database["ENGINE"] != SQLITE:
        return {**database, "OPTIONS": on_a_server(database.get("OPTIONS", {}), read_only)}
    if database["NAME"] == ":memory:":
        return {**database, "OPTIONS": on_files()}
    path = base / database["NAME"]  # wherever a command is started
    if read_only:
        return {**database, "NAME": address(path), "OPTIONS": reading_files()}
    return {**database, "NAME": str(path), "OPTIONS": on_files()}


def following(database: dict[str, Any]) -> dict[str, Any]:
    """Django's entry for a replica. Nobody waits long for it: there is another."""
    options = {"connect_timeout": 2, "tcp_user_timeout": 5000, **database.get("OPTIONS", {})}
    found = asked({**database, "OPTIONS": options}, Path(), read_only=True)
    return {**found, "TEST": {"MIRROR": "default"}}


def on_files() -> dict[str, Any]:
    # Stock settings lose 83 of 100 publishes when four processes write at once ("database is locked"): a deferred
    # transaction that upgrades from reading to writing fails at once, whatever the timeout. IMMEDIATE queues instead.
    return {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            f"PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA journal_size_limit=27103364; {PRAGMAS}"
        ),
    }


def reading_files() -> dict[str, Any]:
    return {"timeout": 20, "init_command": f"PRAGMA query_only=ON; {PRAGMAS}"}


def address(path: Path) -> str:
    """Of a file that is read. In WAL mode readers write beside it, unless they are told that nobody does."""
    beside = path.with_name(f"{path.name}-wal")
    is_still = not os.access(path.parent, os.W_OK) and not (beside.exists() and beside.stat().st_size)
    return f"{path.absolute().as_uri()}?mode=ro{'&immutable=1' if is_still else ''}"


def on_a_server(options: dict[str, Any], read_only: bool) -> dict[str, Any]:
    # A page is read from the tables of all its types at once. PostgreSQL takes that for a query worth compiling, for
    # half a second, where tables have not been analysed yet.
    said = options.get("options", "-c jit=off")
    if read_only:
        said += " -c default_transaction_read_only=on"
    # A host that is gone says nothing for minutes.
    return {"connect_timeout": 5, **options, "options": said}
