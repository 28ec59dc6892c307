"""Who wrote what differs from what was approved last: they cannot be its second person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from wagtail.models import Revision

from news.models import Approval, Authorship
from news.translation.units import unit_of

from .face import FORMAT, Face, FaceChange, difference, face_of, is_note, units_of

if TYPE_CHECKING:
    from .faced import Faced


class Former(NamedTuple):
    """What somebody approved last, be it that it stands or was taken back."""

    face: Face
    revision: int
    written_at: datetime
    """When its revision was: what it covers was written by then."""


class Hand(NamedTuple):
    """That somebody wrote a unit since."""

    unit: str
    user: int | None
    """None of an account that is gone: what it wrote last, nobody else did."""
    at: datetime


def former_of(version: Faced) -> Former | None:
    """What one person alone released urgently is approved once somebody else has read it."""
    told = (found for found in reversed(version.approvals) if not found.urgent and found.face_format == FORMAT)
    approval = next(told, None)
    face = face_of(approval)
    if approval is None or face is None:
        return None
    first = first_of(version, approval)
    written_at = Revision.objects.filter(pk=first.revision_id).values_list("created_at", flat=True).first()
    return Former(face, first.revision_id, written_at or first.approved_at)


def first_of(version: Faced, approval: Approval) -> Approval:
    """What it goes on from: where a file alone was replaced, whatever else was written since was not read along."""
    by_key = {found.pk: found for found in version.approvals}
    while approval.carried_from_id in by_key:
        approval = by_key[approval.carried_from_id]
    return approval


def changes_of(version: Faced) -> list[FaceChange]:
    """What the newest draft has otherwise than what was approved last; that a correction is over is no change."""
    former = version.former
    changes = difference(former.face if former else None, version.face)
    return [change for change in changes if change.after is not None or not is_note(change.part)]


def hands_of(version: Faced, changes: Collection[FaceChange]) -> list[Hand]:
    """Who wrote the units that differ, since what was approved last; where nobody did since, who wrote it last."""
    units = units_of(changes)
    if not units:
        return []
    former = version.former
    rows = Authorship.objects.filter(release=version.pair.release, language=version.language.code, unit__in=units)
    since: defaultdict[str, list[Hand]] = defaultdict(list)
    last: dict[str, Hand] = {}
    for unit, user, at, revision in rows.values_list("unit", "user_id", "at", "revision"):
        hand = last[unit] = Hand(unit, user, at)
        if former is None or (revision > former.revision if revision else at > former.written_at):
            since[unit].append(hand)
    found = [hand for unit in units for hand in since.get(unit) or ([last[unit]] if unit in last else [])]
    found = [hand for hand in found if hand.user is not None]
    known = {(hand.unit, hand.user) for hand in found}
    return found + [hand for hand in of_paragraphs(version, units, former) if (hand.unit, hand.user) not in known]


def of_paragraphs(version: Faced, units: Collection[str], former: Former | None) -> list[Hand]:
    """Words that were written before and come back: they are their translator's, if nobody has approved them."""
    approved = former.face.words if former else frozenset()
    return [
        Hand(unit, paragraph.by, former.written_at if former else version.began_at)
        for paragraph in version.paragraphs
        if paragraph.by and paragraph.words not in approved and (unit := unit_of(paragraph.path)) in units
    ]
