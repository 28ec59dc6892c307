"""Which characters a text of ours may hold. Whatever takes texts and whatever writes them asks here.

XML, headers and spreadsheets refuse some that a form and a database take, and one of them costs the whole file. Word
and PowerPoint put such characters between lines: what stood apart stays apart.
"""

import re
from typing import Any

CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
"""For a class of a regular expression."""
SURROGATES = "\ud800-\udfff"
LAST_OF_PLANES = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))

LINE_ENDS = dict.fromkeys("\x0b\x0c\x85\u2028\u2029", "\n")
"""A soft return of PowerPoint or Word, a page's end, and what Unicode has for lines and paragraphs."""
AS_READ = LINE_ENDS | {"\x1e": "-", "\x07": " "}
"""Word's hyphen that does not break, and the end of a cell."""

FOREIGN = re.compile(f"[{CONTROLS}\u2028\u2029\ufdd0-\ufdef{LAST_OF_PLANES}]")
HALVES = re.compile(f"[{SURROGATES}]")
LINE_END = re.compile(r"[\r\n]+")


def clean(text: str) -> str:
    """A text that every format takes. Nothing goes that a reader saw: ends of lines become such, halves a whole."""
    if text.isprintable():
        return text
    if HALVES.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    return FOREIGN.sub(lambda found: AS_READ.get(found[0], ""), text)


def one_line(text: str) -> str:
    """`clean`, for a title, a subject, a header: a new line is a space."""
    return LINE_END.sub(" ", clean(text))


def cleaned(data: Any) -> Any:
    """`clean` for each text of a structure, whatever else is in it."""
    if isinstance(data, str):
        written = clean(data)
        return data if written == data else written
    if isinstance(data, dict):
        return {name: cleaned(value) for name, value in data.items()}
    if isinstance(data, list | tuple):
        return type(data)(map(cleaned, data))
    return data
