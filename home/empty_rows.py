"""Inline rows that somebody has added, or emptied, and not filled in yet: nothing, rather than a mistake.

Wagtail would refuse the draft for the sake of them, and pause the autosave of a text that is all right.
"""

from typing import Any

HOUSEKEEPING = {"id", "ORDER", "DELETE"}
AT_MOST = 1000


def without_empty_rows(form: type[Any], data: Any) -> Any:
    """What was sent for a page's form, with the rows that hold nothing marked as deleted."""
    empty = [f"{name}-{number}-DELETE" for name, rows in form.formsets.items() for number in empty_in(name, rows, data)]
    if not empty:
        return data
    changed = data.copy()
    for name in empty:
        changed[name] = "on"
    return changed


def empty_in(name: str, rows: type[Any], data: Any) -> list[int]:
    total = str(data.get(f"{name}-TOTAL_FORMS", ""))
    asked = rows.form.base_fields.keys() - HOUSEKEEPING
    if name == "comments" or not asked or not (total.isascii() and total.isdigit()):
        return []
    return [
        number
        for number in range(min(int(total), AT_MOST))
        if not any(str(data.get(f"{name}-{number}-{field}") or "").strip() for field in asked)
    ]
