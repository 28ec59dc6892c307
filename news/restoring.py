"""A backup put in the place of what is there: all of it, or nothing."""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.files.base import File
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from home.front import process
from home.models import HomePage
from home.storage import files_below, uploads
from news.backup import DATABASES, MEDIA, BackupError, postgresql, unpack


def has_content() -> bool:
    tables = set(connection.introspection.table_names())
    return any(uploads().everything()) or any(
        model._meta.db_table in tables and model._default_manager.exists() for model in (get_user_model(), HomePage)
    )


def restore(path: Path, *, of_another_site: bool) -> tuple[dict[str, Any], Path | None]:
    """The manifest, and the folder of the uploads that were there before, on this machine."""
    media = Path(settings.MEDIA_ROOT)
    place = Path(settings.VAR_DIR) if settings.MEDIA_STORAGE else media.parent
    place.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place, prefix=".newsroom-") as scratch:
        manifest = unpack(path, Path(scratch))
        require_that_it_fits(manifest, of_another_site)
        found = Path(scratch) / MEDIA
        found.mkdir(exist_ok=True)
        with in_the_bucket(found) if settings.MEDIA_STORAGE else in_the_folder(found, media) as former:
            load(Path(scratch) / DATABASES[connection.vendor])
    cache.clear()
    process.forget_all()
    return manifest, former


@contextmanager
def in_the_folder(found: Path, media: Path) -> Iterator[Path | None]:
    """The uploads of a backup in the place of those that are there; where what follows fails, these again."""
    found.chmod(media.stat().st_mode & 0o777 if media.exists() else 0o750)
    former = media.with_name(f"{media.name}.before-{datetime.now(UTC):%Y%m%dT%H%M%S%f}") if media.exists() else None
    if former:
        media.rename(former)
    try:
        found.rename(media)
        yield former
    except BaseException:
        if media.exists():
            media.rename(found)
        if former:
            former.rename(media)
        raise


@contextmanager
def in_the_bucket(found: Path) -> Iterator[None]:
    """Beside those that are there, which no row will name: nobody else's name is theirs."""
    there, new = dict(uploads().everything()), []
    try:
        for path in files_below(found):
            name = path.relative_to(found).as_posix()
            if there.get(name) != path.stat().st_size:
                with path.open("rb") as file:
                    uploads().put(name, File(file))
                new += [name] if name not in there else []
        yield
    except BaseException:
        for name in new:
            uploads().delete(name)
        raise


def require_that_it_fits(manifest: dict[str, Any], of_another_site: bool) -> None:
    known = {".".join(key) for key in MigrationLoader(None).disk_migrations}
    if numbers(manifest["version"]) > numbers(settings.VERSION) or not known.issuperset(manifest["migrations"]):
        raise BackupError(
            _("The backup is of version %(version)s, which is newer than this one: install that version first.")
            % {"version": manifest["version"]}
        )
    if manifest["database"] != connection.vendor:
        raise BackupError(_("The backup is of another kind of database: %(name)s.") % {"name": manifest["database"]})
    if manifest["site"] != settings.SITE_URL and not of_another_site:
        raise BackupError(
            _("The backup is of another site: %(site)s. If you mean it, add --of-another-site.")
            % {"site": manifest["site"]}
        )


def numbers(version: str) -> list[int]:
    return [int(number) for number in version.split(".")]


def load(database: Path) -> None:
    """In one transaction; who has the database open sees the former content, then the new one."""
    if connection.vendor == "sqlite":
        connection.close()
        with (
            closing(sqlite3.connect(database)) as source,
            closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=5)) as target,
        ):
            source.backup(target, progress=require_that_nobody_writes)
        return
    script = database.with_suffix(".sql")
    postgresql("pg_restore", "--no-owner", "--no-privileges", "--no-comments", f"--file={script}", str(database))
    names = ", ".join(connection.ops.quote_name(name) for name in connection.introspection.table_names())
    connection.close()
    empty = [f"--command=DROP TABLE {names} CASCADE"] if names else []
    once = ["--no-psqlrc", "--single-transaction", "--set=ON_ERROR_STOP=1", "--command=SET lock_timeout = '30s'"]
    postgresql("psql", *once, *empty, f"--file={script}")


def require_that_nobody_writes(status: int, _left: int, _count: int) -> None:
    """Python would wait for ever."""
    if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        raise BackupError(_("The database is in use: stop web and worker first."))
