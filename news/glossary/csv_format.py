"""Terms as a table for spreadsheets: a row a term, several forms in one cell below each other or separated by |."""

import csv
import io
from collections.abc import Iterable

from django.utils.translation import gettext as _

from home.spreadsheets import as_written, harmless
from news.models import GlossaryTerm

from .rows import COLUMNS, Reading, Unreadable, value_of

DELIMITERS = ",;\t"


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
    head = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=lambda sign: sum(name in COLUMNS for name in names_of(head.split(sign))))
    table = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    reading, names, line = Reading(), None, 1
    try:
        for cells in table:
            if names is None:
                names = names_of(cells)
                check_names(names)
                unknown = [cell.strip() for cell, name in zip(cells, names, strict=True) if name not in ["", *COLUMNS]]
                if unknown:
                    reading.remarks.append(_("Columns that are not read: %s.") % ", ".join(unknown))
            elif any(map(str.strip, cells)):
                if len(cells) > len(names) and any(map(str.strip, cells[len(names) :])):
                    message = _("Line %(line)d: it has more cells than the table has columns.")
                    raise Unreadable(message % {"line": line})
                values = {name: as_written(cell.strip()) for name, cell in zip(names, cells, strict=False)}
                reading.add(line, {name: value for name, value in values.items() if name in COLUMNS})
            line = table.line_num + 1
    except csv.Error as error:
        message = _("Line %(line)d: the table breaks off here, mostly for a quotation mark that is not closed.")
        raise Unreadable(message % {"line": line}) from error
    if not reading.rows:
        raise Unreadable(_("There is no term in the file."))
    return reading


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


def names_of(cells: Iterable[str]) -> list[str]:
    return [cell.strip().strip('"').strip().lower() for cell in cells]


def check_names(names: list[str]) -> None:
    """Raises Unreadable if they are not ours."""
    if not {"english", "chinese"} & set(names):
        message = _("The first line does not name the columns: “english” or “chinese” must be among them. All are: %s.")
        raise Unreadable(message % ", ".join(COLUMNS))
    twice = sorted({name for name in names if name in COLUMNS and names.count(name) > 1})
    if twice:
        raise Unreadable(_("This column is there twice: %s.") % twice[0])
