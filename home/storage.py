"""Where uploaded files lie: under names that nobody can guess, whole or not at all.

On a disk of this machine here; in object storage: `home/bucket.py`.
"""

import filecmp
import os
import re
import secrets
from base64 import b32encode
from collections.abc import Iterator
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from hmac import digest
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, Storage, default_storage
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _

SECRET = r"[a-z2-7]{24}"  # noqa: S105  (120 bits)
GUARDED = re.compile(rf"(?:^|/){SECRET}/[^/]+$")
"""What a name ends with that nobody can guess."""


CHUNK = 64 * 1024

stored_names: ContextVar[list[str] | None] = ContextVar("stored_names", default=None)
"""What has been stored while a form is taken in."""


class NotStored(Exception):
    """In words for whoever uploaded it; what the system said is its cause. Not a Refused: models need storages."""

    message = _("The file could not be stored: the server has no room for it or may not write there.")
    url = ""

    def __str__(self) -> str:
        return str(self.message)


class StorageAway(NotStored, OSError):
    """Neither read nor written: what keeps the files is somewhere else, and does not answer as it should."""

    message = _("The place where files are kept cannot be reached. Please try again in a minute.")

    def __init__(self, why: str = "") -> None:
        """`why`: for the log."""
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Stored:
    """What is known of a file without reading it."""

    size: int
    modified: datetime


if TYPE_CHECKING:
    AnyStorage = Storage
else:
    AnyStorage = object


class GuardedNames(AnyStorage):
    """For a storage of any kind; it comes before it in the bases.

    The secret is a folder: the name of the file itself is what a browser saves it as.
    """

    is_near: bool
    """Whether it costs next to nothing to ask for a file."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return super().get_available_name(guarded(name, secrets.token_bytes(15), max_length), max_length)

    def put(self, name: str, content: "File[Any]") -> None:
        """Under exactly this name."""
        self._save(name, content)

    @staticmethod
    def guarded_name_for(name: str, max_length: int | None) -> str:
        """The same each time it is asked: what breaks off between the file and its row finds it again."""
        return guarded(name, digest(settings.SECRET_KEY.encode(), name.encode(), sha256)[:15], max_length)

    def copy(self, name: str, new_name: str) -> None:
        """Puts a second one beside it, exactly there; does nothing where it is."""
        raise NotImplementedError

    def holds(self, name: str) -> bool:
        """Whether there is such a file, with anything in it. Of one that is far away it is believed."""
        return bool(name)

    def look(self, name: str) -> Stored:
        """FileNotFoundError: there is none."""
        raise NotImplementedError

    def parts(self, name: str, wanted: range) -> Iterator[bytes]:
        """What it holds from byte to byte. It is opened at once, and read while it is sent."""
        raise NotImplementedError

    def everything(self) -> Iterator[tuple[str, int]]:
        """(name, size) of each file that is stored, by name."""
        raise NotImplementedError

    def answers(self) -> None:
        """FileNotFoundError, StorageAway: it does not."""

    if TYPE_CHECKING:

        def _save(self, name: str, content: "File[Any]") -> str: ...


def guarded(name: str, secret: bytes, max_length: int | None = None) -> str:
    """The name inside its secret folder; too long a one loses the end of its stem."""
    path = PurePosixPath(name.replace("\\", "/"))
    folder = path.parent.parent if GUARDED.search(str(path)) else path.parent
    found = folder / b32encode(secret).decode().lower() / path.name
    too_long = len(str(found)) - max_length if max_length else 0
    return str(found.with_stem(path.stem[:-too_long] or "_") if too_long > 0 else found)


def holds(file: FieldFile) -> bool:
    """Whether the file that a row names is there."""
    return bool(file.name) and file.storage.holds(file.name)  # type: ignore[attr-defined]  # ours, see STORAGES


def uploads() -> GuardedNames:
    """The storage of this site, as what it is."""
    return cast(GuardedNames, default_storage)


def note(stored: str) -> None:
    if (names := stored_names.get()) is not None:
        names.append(stored)


class MediaStorage(GuardedNames, FileSystemStorage):
    is_near = True

    def _save(self, name: str, content: "File[Any]") -> str:
        try:
            stored = super()._save(name, content)
        except OSError as error:  # the disk is full, or read-only
            with suppress(OSError):
                self.delete(name)
            raise NotStored from error
        note(stored)
        return stored

    def delete(self, name: str) -> None:
        super().delete(name)
        if GUARDED.search(name):
            with suppress(OSError):
                Path(self.path(name)).parent.rmdir()

    def copy(self, name: str, new_name: str) -> None:
        path, new_path = Path(self.path(name)), Path(self.path(new_name))
        if new_path.exists():
            if filecmp.cmp(path, new_path, shallow=False):
                return
            new_path.unlink()  # of another file, or half of this one
        new_path.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(path, new_path)
        except OSError:  # a file system without links
            with self.open(name) as file:
                self._save(new_name, file)

    def holds(self, name: str) -> bool:
        try:  # asked of each rendition of a page
            return bool(name) and os.stat(os.path.join(self.location, name)).st_size > 0  # noqa: PTH116, PTH118
        except (OSError, ValueError):
            return False

    def look(self, name: str) -> Stored:
        found = Path(self.path(name)).stat()
        return Stored(found.st_size, datetime.fromtimestamp(found.st_mtime, UTC))

    def parts(self, name: str, wanted: range) -> Iterator[bytes]:
        file = self.open(name)
        file.seek(wanted.start)
        return read(file, len(wanted))

    def everything(self) -> Iterator[tuple[str, int]]:
        for path in files_below(Path(self.location)):
            with suppress(FileNotFoundError):  # meanwhile
                yield path.relative_to(self.location).as_posix(), path.stat().st_size


def read(file: "File[bytes]", size: int) -> Iterator[bytes]:
    with file:
        while chunk := file.read(min(size, CHUNK)):
            size -= len(chunk)
            yield chunk


def files_below(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())
