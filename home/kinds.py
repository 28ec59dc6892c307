"""Whether an uploaded file is what its name says, and named so that whoever downloads it sees what it is.

An ending is what people and machines go by; content and ending have to agree. Archives are looked at by their table of
contents, and never unpacked here.
"""

import re
import zipfile
import zlib
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import IO

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\..*)?", re.IGNORECASE)
"""Of Windows, whatever stands behind a full stop."""
RUNS = re.compile(
    r"\.(bat|cmd|com|cpl|dll|exe|hta|html?|jar|js|jse|lnk|mht|msi|php\d?|phtml|pif|ps1|py|reg|scr|sh|svgz?|vb[es]?|wsf|xht(ml)?)"
    r"(?=\.)",
    re.IGNORECASE,
)
"""In the middle of a name, where some systems show it as the last."""
BEGINNING = TAIL = 64 * 1024
MOST_ENTRIES = 10_000
MOST_UNPACKED = 500 * 1024 * 1024
MOST_TIMES = 200
"""So much larger than itself an archive may be, once it is above the size from which that matters."""
MATTERS = 50 * 1024 * 1024
INSIDE = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.text"
BOUNDED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Of these alone Python unpacks no more than it is asked for, whatever size the table of contents tells."""
WRONG = (zipfile.BadZipFile, zlib.error, EOFError, OSError, OverflowError, RuntimeError, ValueError)
"""What comes of an archive that is damaged, or encrypted."""


def require_plain_name(name: str) -> None:
    """ValidationError: whoever downloads it would not see what it is, or could not store it.

    What nobody sees in a name, and what turns it round, Django has taken off before.
    """
    if RESERVED.fullmatch(name):
        raise ValidationError(_("Windows can store no file of this name. Rename it, and upload it again."))
    if RUNS.search(name):
        words = _("The file's name has the ending of a program in its middle. Rename it, and upload it again.")
        raise ValidationError(words)


def require_its_kind(file: "File[bytes]") -> None:
    """ValidationError: its content is not what its ending says, or an archive that would fill a disk."""
    ending = PurePosixPath(file.name or "").suffix.lower().lstrip(".")
    look = KINDS.get(ending)
    if look is None:
        return
    stream: IO[bytes] = file.file  # type: ignore[assignment]  # of an upload
    stream.seek(0)
    try:
        is_its_kind = look(stream, ending)
    except WRONG:
        is_its_kind = False
    finally:
        stream.seek(0)
    if not is_its_kind:
        words = _("This is no %(ending)s file, or it is damaged. Save it anew in the program that made it.")
        raise ValidationError(words, params={"ending": ending.upper()})


def is_text(stream: IO[bytes], ending: str) -> bool:
    beginning = stream.read(BEGINNING)
    return b"\0" not in beginning or beginning.startswith((b"\xff\xfe", b"\xfe\xff"))


def is_pdf(stream: IO[bytes], ending: str) -> bool:
    if stream.read(5) != b"%PDF-":
        return False
    stream.seek(0, 2)
    stream.seek(max(0, stream.tell() - TAIL))
    return b"%%EOF" in stream.read()


def is_archive(stream: IO[bytes], ending: str) -> bool:
    if stream.read(4) != b"PK\x03\x04":
        return False
    with zipfile.ZipFile(stream) as archive:
        entries = archive.infolist()
        require_modest(entries)
        names = {entry.filename for entry in entries}
        if ending in INSIDE:
            return "[Content_Types].xml" in names and any(name.startswith(INSIDE[ending]) for name in names)
        if ending == "odt":
            kind = next((entry for entry in entries if entry.filename == "mimetype"), None)
            if kind is None or kind.compress_type not in BOUNDED:
                return False
            return archive.open(kind).read(100).startswith(OPEN_DOCUMENT)
        return True


def require_modest(entries: list[zipfile.ZipInfo]) -> None:
    unpacked, packed = (sum(getattr(entry, name) for entry in entries) for name in ("file_size", "compress_size"))
    is_bomb = unpacked > MATTERS and unpacked > packed * MOST_TIMES
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or is_bomb:
        words = _("Unpacked, this file would take too much room, or be too many files. Take something out of it.")
        raise ValidationError(words)


KINDS: dict[str, Callable[[IO[bytes], str], bool]] = {
    **dict.fromkeys(("csv", "txt"), is_text),
    "pdf": is_pdf,
    **dict.fromkeys(("docx", "odt", "pptx", "xlsx", "zip"), is_archive),
}
