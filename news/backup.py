"""A backup is one tar: the database, then the uploads, then `manifest.json`, which says what the others have to be.

The database comes first: a file that is uploaded meanwhile is one too many, never one too few. The manifest comes last:
what was torn has none. No secrets are in it: `.env` is the operator's to keep.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.conf import settings
from django.db import connection
from django.db.backends.postgresql.client import DatabaseClient
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from home.storage import uploads

MANIFEST, MEDIA = "manifest.json", "media"
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}
NAME = "newsroom-%Y%m%dT%H%M%S%fZ.tar"


class BackupError(Exception):
    """Its words are for the operator."""


class Hashed:
    """A file that is hashed while it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.sha256 = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        found = self.file.read(size)
        self.sha256.update(found)
        return found


def make(folder: Path) -> tuple[Path, list[str]]:
    """The file, and the uploads that were removed while it was written."""
    folder = folder.resolve()
    if not settings.MEDIA_STORAGE and folder.is_relative_to(Path(settings.MEDIA_ROOT).resolve()):
        raise BackupError(_("Backups cannot lie among the uploads."))
    folder.mkdir(parents=True, exist_ok=True)
    now = datetime.now(UTC)
    path = folder / now.strftime(NAME)
    part = path.with_suffix(".part")
    gone: list[str] = []
    files: dict[str, dict[str, object]] = {}
    try:
        with tempfile.TemporaryDirectory(dir=folder, prefix=".newsroom-") as scratch, part.open("xb") as target:
            part.chmod(0o600)
            with tarfile.open(fileobj=target, mode="w") as tar:
                database = Path(scratch) / DATABASES[connection.vendor]
                dump(database)
                files[database.name] = add_path(tar, database.name, database)
                for stored, _size in uploads().everything():
                    name = f"{MEDIA}/{stored}"
                    try:
                        with uploads().open(stored) as file:
                            files[name] = add(tar, name, file, uploads().look(stored).modified.timestamp())
                    except FileNotFoundError:
                        gone.append(name)
                manifest = Path(scratch) / MANIFEST
                said = {"version": settings.VERSION, "site": settings.SITE_URL, "made_at": now.isoformat()}
                said_too = {"database": connection.vendor, "migrations": migrations(), "files": files}
                manifest.write_text(json.dumps(said | said_too, ensure_ascii=False, indent=1))
                add_path(tar, MANIFEST, manifest)
            target.flush()
            os.fsync(target.fileno())
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)
    return path, gone


def add_path(tar: tarfile.TarFile, name: str, path: Path) -> dict[str, object]:
    with path.open("rb") as file:
        return add(tar, name, file, path.stat().st_mtime)


def add(tar: tarfile.TarFile, name: str, file: IO[bytes], modified_at: float) -> dict[str, object]:
    member = tarfile.TarInfo(name)
    member.size, member.mtime, member.mode = file.seek(0, os.SEEK_END), int(modified_at), 0o640
    file.seek(0)
    hashed = Hashed(file)
    tar.addfile(member, hashed)
    return {"size": member.size, "sha256": hashed.sha256.hexdigest()}


def dump(path: Path) -> None:
    """Of one moment, while others write."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(path)) as target:
            connection.connection.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")  # a file by itself
    else:
        postgresql("pg_dump", "--format=custom", f"--file={path}")


def postgresql(tool: str, *arguments: str) -> None:
    """One of PostgreSQL's own tools, on this site's database. What it has to say, such as of versions, is told."""
    if shutil.which(tool) is None:
        raise BackupError(_("“%(tool)s” is missing: install PostgreSQL's client tools.") % {"tool": tool})
    command, environment = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
    if tool == "pg_restore":  # writes what psql reads
        command = [tool]
    around = {"PATH": os.pathsep.join(os.get_exec_path()), "HOME": str(Path.home()), **(environment or {})}
    result = subprocess.run(  # noqa: S603  # a fixed name, the site's own settings
        [tool, *arguments, *command[1:]], env=around, capture_output=True, text=True
    )
    if result.returncode:
        raise BackupError(f"{tool}: {result.stderr.strip()}")


def migrations() -> list[str]:
    """Those applied that this version knows."""
    loader = MigrationLoader(connection)
    return sorted(".".join(key) for key in set(loader.applied_migrations) & set(loader.disk_migrations))


def unpack(path: Path, folder: Path) -> dict[str, Any]:
    """Into a folder, which is empty; the manifest. Nothing that it does not name, or names otherwise, is taken."""
    try:
        with tarfile.open(path, "r:") as tar:
            members = {member.name: member for member in tar.getmembers()}
            manifest: dict[str, Any] = json.loads(opened(tar, members[MANIFEST]).read())
            files = manifest["files"]
            if members.keys() != {MANIFEST, *files} or len(tar.getmembers()) != len(members):
                raise ValueError("names")
            for name, said in files.items():
                if not is_ours(name, manifest["database"]):
                    raise ValueError(name)
                target = folder / name
                target.parent.mkdir(parents=True, exist_ok=True)
                hashed = Hashed(opened(tar, members[name]))
                with target.open("xb") as file:
                    shutil.copyfileobj(hashed, file)
                if hashed.sha256.hexdigest() != said["sha256"] or target.stat().st_size != said["size"]:
                    raise ValueError(name)
            database = folder / DATABASES[manifest["database"]]
            if manifest["database"] == "sqlite":
                with closing(sqlite3.connect(database)) as found:
                    if found.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                        raise ValueError(database.name)
            else:
                postgresql("pg_restore", f"--file={os.devnull}", str(database))
    except (tarfile.TarError, sqlite3.DatabaseError, KeyError, TypeError, ValueError, EOFError) as error:
        raise BackupError(
            _("%(path)s is damaged or no backup of Newsroom: %(error)s.") % {"path": path, "error": error}
        ) from error
    return manifest


def opened(tar: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    file = tar.extractfile(member) if member.isreg() else None
    if file is None:
        raise ValueError(member.name)
    return file


def is_ours(name: str, vendor: str) -> bool:
    path = PurePosixPath(name)
    is_upload = path.parts[:1] == (MEDIA,) and len(path.parts) > 1 and ".." not in path.parts
    return str(path) == name and (is_upload or name == DATABASES[vendor])


def verify(path: Path) -> dict[str, Any]:
    """Its manifest, where all of it is as that says. Needs as much room as the backup, beside it."""
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".newsroom-") as scratch:
        return unpack(path, Path(scratch))


def made_in(folder: Path) -> list[tuple[datetime, Path]]:
    """The backups of a folder, the newest last, by their names."""
    made = []
    for path in folder.glob("newsroom-*.tar"):
        try:
            made.append((datetime.strptime(path.name, NAME).replace(tzinfo=UTC), path))
        except ValueError:
            continue
    return sorted(made)


def prune(folder: Path, keep: int) -> list[Path]:
    """Deletes all but the newest that were made here; returns those deleted."""
    former = [path for _at, path in made_in(folder)[:-keep]]
    for path in former:
        path.unlink()
    return former
