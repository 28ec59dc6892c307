"""Folders and files: whose they are, what they take, what is missing."""

import os
import pwd
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.template.defaultfilters import filesizeformat

from home.front import process
from news import health

from . import room, static_files
from .diagnosis import Diagnosis, mend, note, well

LEAST = 200 * 1024 * 1024
"""Bytes that are free where there is room for a day."""
NAMED = 3


def ours() -> dict[str, Path]:
    """Where a running site writes: {setting: folder}"""
    found = {"VAR_DIR": Path(settings.VAR_DIR)}
    if not settings.MEDIA_STORAGE:
        found["MEDIA_ROOT"] = Path(settings.MEDIA_ROOT)
    location = settings.CACHES["default"].get("LOCATION", "")
    if location.startswith("/"):
        found["CACHE_URL"] = Path(location)
    if process.is_on():
        found["FRONT_DIR"] = Path(settings.FRONT_DIR)
    for file in room.database_files()[:1]:
        found["DATABASE_URL"] = file.parent
    return found


def folders() -> Iterator[Diagnosis]:
    if settings.READ_ONLY:
        return
    for name, folder in ours().items():
        try:
            health.try_to_write(folder)
        except OSError as error:
            do = f"Let {name_of(os.geteuid())} write there, make room, or write another path for {name}."
            yield mend("folders", f"{name}: {folder} takes no file ({error.strerror})", do)
        else:
            yield well("folders", f"{name}: {folder} takes files")


def owners() -> Iterator[Diagnosis]:
    """What another account has left cannot be replaced by ours, and perhaps not be read."""
    owner = Path(settings.VAR_DIR).stat().st_uid
    if owner != os.geteuid():
        yield note(
            "owners",
            f"this command runs as {name_of(os.geteuid())}, and VAR_DIR belongs to {name_of(owner)}",
            f"Look again as that account: runuser -u {name_of(owner)} -- manage.py doctor.",
        )
    strangers = sorted(path for path in {*everything()} if owner_of(path, owner) != owner)
    if strangers:
        named = ", ".join(map(str, strangers[:NAMED])) + (" and others" if len(strangers) > NAMED else "")
        yield mend(
            "owners",
            f"{len(strangers)} files or folders do not belong to {name_of(owner)}: {named}",
            f"chown -R {name_of(owner)}: {' '.join(map(str, outermost()))}",
        )
    else:
        yield well("owners", f"all files belong to {name_of(owner)}")


def owner_of(path: Path, otherwise: int) -> int:
    """`otherwise`: of what is gone meanwhile, as files of a cache are."""
    try:
        return path.lstat().st_uid
    except FileNotFoundError:
        return otherwise


def outermost() -> list[Path]:
    """Of our folders, none twice; the database's lies among others' files, perhaps."""
    found = sorted({folder for name, folder in ours().items() if name != "DATABASE_URL" and folder.exists()})
    return [folder for folder in found if not any(folder.is_relative_to(other) for other in found if other != folder)]


def everything() -> Iterator[Path]:
    yield from room.database_files()
    for folder in outermost():
        yield folder
        for parent, names, files in os.walk(folder):
            yield from (Path(parent, name) for name in (*names, *files))


def name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def space() -> Iterator[Diagnosis]:
    for device in {folder.stat().st_dev: folder for folder in ours().values() if folder.exists()}.values():
        free = room.free(device)
        if free < LEAST:
            yield mend("space", f"{device} has room for {said(free)}", "Make room: uploads and saves will fail soon.")
        else:
            yield well("space", f"{device} has room for {said(free)}")
    needed, free = room.of_backup(), room.free(settings.VAR_DIR / "backups")
    if needed > free:
        do = "Make room, or let backups go to another disk: manage.py backup FOLDER."
        yield mend("space", f"a backup takes up to {said(needed)}, and VAR_DIR has room for {said(free)}", do)


def said(size: int) -> str:
    return filesizeformat(size).replace("\xa0", " ")


def collected() -> Iterator[Diagnosis]:
    fault = static_files.fault()
    if fault:
        yield mend("static files", fault, "Run manage.py collectstatic --noinput, and start gunicorn anew.")
    else:
        yield well("static files", "those of this version")


def stored() -> Iterator[Diagnosis]:
    if not process.is_on():
        yield well("stored pages", "off: all are made by Python (FRONT_DIR)")
        return
    folder = Path(settings.FRONT_DIR)
    if folder.exists() and not folder.stat().st_mode & 0o055:
        do = f"usermod -a -G {group_of(folder)} www-data; chmod g+rx {folder}"
        yield mend("stored pages", f"nobody but {folder.owner()} can read {folder}, nginx neither", do)
    try:
        yield well("stored pages", f"{process.store().count()} of them in {folder}")
    except Exception as error:
        yield mend("stored pages", f"their index cannot be read: {error}", "Run manage.py front_forget.")


def group_of(folder: Path) -> str:
    try:
        return folder.group()
    except KeyError:
        return str(folder.stat().st_gid)
