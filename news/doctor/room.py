"""How much room there is, and how much a backup takes."""

import shutil
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.db import connection

from home.storage import uploads
from news.health import that_is_there


def free(folder: Path) -> int:
    """Bytes, for this account, where the folder is or would be made."""
    return shutil.disk_usage(that_is_there(folder)).free


def size(file: Path) -> int:
    try:
        return file.stat().st_size
    except FileNotFoundError:  # meanwhile
        return 0


def of_database() -> int:
    """Bytes of the database of this site, whole."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            return int(cursor.fetchone()[0])
    return sum(map(size, database_files()))


def database_files() -> list[Path]:
    """Of SQLite; none of one in memory, or on a server."""
    if connection.vendor != "sqlite" or connection.settings_dict["NAME"] == ":memory:":
        return []
    name = str(connection.settings_dict["NAME"])  # of one that is only read, an address
    path = Path(unquote(urlsplit(name).path) if name.startswith("file:") else name)
    return [file for file in (path, *(path.with_name(f"{path.name}-{of}") for of in ("wal", "shm"))) if file.exists()]


def of_backup() -> int:
    """Bytes that are taken while one is written: the database twice, by itself and in the file, and the uploads."""
    return 2 * of_database() + sum(found for _name, found in uploads().everything())
