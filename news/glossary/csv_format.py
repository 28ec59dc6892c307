"""Terms as a table for spreadsheets: a row a term, several forms in one cell below each other or separated by |."""

import csv
import io
import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from home.spreadsheets import as_written, harmless
from news.models import GlossaryTerm

from .columns import PLACES, STATUS, columns_of, is_head, plain
from .rows import COLUMNS, Left, Reading, Unreadable, value_of
from .statuses import kind_of

DELIMITERS = ",;\t，；"
"""The last two as people type them who write Chinese."""
SEPARATOR = re.compile(r"sep=(.)\n", re.IGNORECASE)


def write(terms: Iterable[GlossaryTerm]) -> str:
    """Text of a file; to be encoded as utf-8-sig, or a spreadsheet takes the Chinese for something else."""
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(COLUMNS)
    for term in terms:
        writer.writerow([harmless(str(value_of(term, name))) for name in COLUMNS])
    return table.getvalue()


def read(content: bytes) -> Reading:
    """Bytes -> Reading. Raises Unreadable."""
    text = decode(content)
    if not text.strip():
        raise Unreadable(_("The file is empty."))
    skipped = 0
    if match := SEPARATOR.match(text):  # a spreadsheet's own line, which says by what cells are separated
        text, skipped = text[match.end() :], 1
    table = cells_of(text, match[1] if match else delimiter_of(text), skipped)
    head = table[0][1] if table and is_head(table[0][1]) else None
    terms = table[1:] if head is not None else table
    if not terms:
        raise Unreadable(_("There is no term in the file."))
    names = columns_of(head, [cells for _line, cells in terms])
    reading = Reading(remarks=remarks_on(names, head))
    for line, cells in terms:
        why = left_out(names, cells)
        if why:
            reading.left.append(Left(line, why))
            continue
        values = {name: as_written(cell.strip()) for name, cell in zip(names, cells, strict=False)}
        reading.add(line, {name: value for name, value in values.items() if name in COLUMNS})
    return reading


def cells_of(text: str, delimiter: str, skipped: int) -> list[tuple[int, list[str]]]:
    """[(line in the file, cells)] of what is not blank."""
    table = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    found, line = [], 1 + skipped
    try:
        for cells in table:
            if any(map(str.strip, cells)):
                found.append((line, cells))
            line = table.line_num + 1 + skipped
    except csv.Error as error:
        message = _("Line %(line)d: the table breaks off here, mostly for a quotation mark that is not closed.")
        raise Unreadable(message % {"line": line}) from error
    return found


def delimiter_of(text: str) -> str:
    """Of the sign by which the first line names columns, else of the one that most lines have."""
    lines = text.split("\n")
    heads = [sign for sign in DELIMITERS if is_head(lines[0].split(sign))]
    if heads:
        return max(heads, key=lambda sign: lines[0].count(sign))
    return max(DELIMITERS, key=lambda sign: sum(sign in line for line in lines))


def remarks_on(names: list[str], head: list[str] | None) -> list[str]:
    if head is None:
        told = {"english": names.index("english") + 1, "chinese": names.index("chinese") + 1}
        said = _("No line names the columns: column %(english)d is read as English, column %(chinese)d as Chinese.")
        return [said % told]
    remarks = []
    asked = {name: head[names.index(name)].strip() for name in ("english", "chinese") if name in names}
    if any(plain(cell) in PLACES for cell in asked.values()):
        remarks.append(_("“%(english)s” is read as English, “%(chinese)s” as Chinese.") % asked)
    unknown = [cell.strip() for cell, name in zip(head, names, strict=True) if not name and cell.strip()]
    if unknown:
        remarks.append(_("Columns that are not read: %s.") % ", ".join(unknown))
    return remarks


def left_out(names: list[str], cells: list[str]) -> str:
    """Why no term is made of a row; empty if one is."""
    if any(map(str.strip, cells[len(names) :])):
        return _("It has more cells than the table has columns.")
    status = dict(zip(names, cells, strict=False)).get(STATUS, "").strip()
    if status and kind_of(status) not in ("", "also"):
        return _(
            "Its status is “%(status)s”, so it is not taken for right. What is not to be written goes into"
            " “english_forbidden” or “chinese_forbidden”."
        ) % {"status": status}
    return ""


def decode(content: bytes) -> str:
    """Text with Unix line ends. Raises Unreadable."""
    encodings = ["utf-16"] if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise Unreadable(_("The file is not text in UTF-8 or GB 18030. Save it from the spreadsheet as “CSV UTF-8”."))
