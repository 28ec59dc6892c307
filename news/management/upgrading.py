"""What stands around the steps of `upgrade`: one at a time, not on what it would spoil, and a way back."""

import shlex
import sys
import time
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from news.doctor import packages, room, schema
from news.upgrade import REGISTER

KEY = 0x4E657773
"""Of the lock on PostgreSQL, whose names are numbers."""
DAY = 24 * 60 * 60


def require_that_it_fits() -> None:
    """Neither an older version on a newer database nor this one on packages of another."""
    newer = schema.newer()
    if newer:
        raise CommandError(
            _(
                "The database is of a newer version than this one, which does not know %(names)s. Nothing was changed: "
                "install that version, or restore a backup from before it."
            )
            % {"names": ", ".join(newer)}
        )
    behind, _ahead = packages.others(settings.BASE_DIR / "requirements.txt")
    if behind:
        raise CommandError(
            _("Nothing was changed: run “make setup” first. Packages of another version: %(names)s.")
            % {"names": ", ".join(behind)}
        )


def require_room(folder: Path) -> None:
    needed, free = room.of_backup(), room.free(folder)
    if needed > free:
        raise CommandError(
            _(
                "Nothing was changed: a backup takes up to %(needed)s, and %(folder)s has room for %(free)s. "
                "Make room, or make a backup elsewhere and add --no-backup."
            )
            % {"needed": filesizeformat(needed), "folder": folder, "free": filesizeformat(free)}
        )


def migrations_waiting() -> list[str]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def is_waiting() -> bool:
    """Whether data would be changed."""
    return bool(migrations_waiting()) or any(step.waiting().exists() for step in REGISTER.values())


def left(file: IO[str]) -> Path | None:
    """The backup of a run that was broken off within a day, from before its first change."""
    file.seek(0)
    path = Path(file.read().strip() or "nowhere")
    return path if path.is_file() and path.stat().st_mtime > time.time() - DAY else None


def leave(file: IO[str], path: Path | str) -> None:
    file.seek(0)
    file.truncate()
    file.write(str(path))
    file.flush()


def way_back(backup: Path | None) -> str:
    if backup is None:
        return _("Mend it and run “upgrade” again: it goes on where it was.")
    command = shlex.join([sys.executable, str(settings.BASE_DIR / "manage.py"), "restore", "--replace", str(backup)])
    return _(
        "Mend it and run “upgrade” again: it goes on where it was. Or go back: stop web and worker, run “%(command)s”, "
        "and install the former version."
    ) % {"command": command}
