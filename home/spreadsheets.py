"""Tables that are opened in a spreadsheet."""

from .characters import clean

FORMULA = (*"=+-@＝＋－＠", "\t", "\r", "\n")
"""A Chinese spreadsheet takes the wide ones for the others."""
BOM = "\ufeff"
"""In front of a table, or a spreadsheet takes the Chinese for something else."""


def harmless(cell: str) -> str:
    """A spreadsheet would run what looks like a formula."""
    cell = clean(cell)
    return f"'{cell}" if cell.lstrip("'").startswith(FORMULA) else cell


def as_written(cell: str) -> str:
    """What `harmless` made of it, undone."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(FORMULA) else cell
