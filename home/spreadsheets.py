"""Tables that are opened in a spreadsheet."""

import re

from .characters import clean

FORMULA = re.compile(r"'*[\t\r\n]|['\s\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠﹦﹢﹣﹫]")
"""How what a spreadsheet runs begins, behind blanks too. A Chinese one takes wide and small signs for the others."""
BOM = "\ufeff"
"""In front of a table, or a spreadsheet takes the Chinese for something else."""


def harmless(cell: str) -> str:
    """A spreadsheet would run what looks like a formula."""
    cell = clean(cell)
    return f"'{cell}" if FORMULA.match(cell) else cell


def as_written(cell: str) -> str:
    """What `harmless` made of it, undone."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell
