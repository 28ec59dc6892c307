"""Who wrote what differs from what was approved last: they cannot be its second person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import TYPE_CHECKING

from news.models import Authorship

from .face import NOTE, FaceChange, difference, units_of

if TYPE_CHECKING:
    from .faced import Faced


def changes_of(version: Faced) -> list[FaceChange]:
    """What the newest draft has otherwise than what was approved last; that a correction is over is no change."""
    changes = difference(version.approved_face, version.face)
    return [change for change in changes if change.after is not None or change.part.path != NOTE]


def authors_of(version: Faced, changes: Collection[FaceChange]) -> dict[str, set[int]]:
    """{unit: keys of the users who wrote it since it was approved}; of what nobody wrote since, who wrote it last."""
    units = units_of(changes)
    if not units:
        return {}
    since = version.approval.approved_at if version.approval is not None else None
    found: dict[str, set[int]] = defaultdict(set)
    last: dict[str, int] = {}
    rows = Authorship.objects.filter(release=version.pair.release, language=version.language.code, unit__in=units)
    for unit, user, at in rows.exclude(user=None).values_list("unit", "user_id", "at"):
        last[unit] = user
        if since is None or at > since:
            found[unit].add(user)
    return {unit: found.get(unit) or {last[unit]} for unit in units if unit in last}
