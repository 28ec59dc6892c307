"""What differs from what was approved before, as a reader of the admin is shown it."""

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe

from home.languages import LANGUAGES
from news.models import Approval
from news.pair.authors import changes_of
from news.pair.changes import say
from news.pair.face import FORMAT, Face, FaceChange, difference
from news.pair.pair import Pair
from news.pair.version import Version
from news.translation.segments import marked_changes


class ShownChange(NamedTuple):
    said: str
    marked: SafeString
    """The words with what went and what came; empty of what is no text."""


class ApprovedChanges(NamedTuple):
    approval: Approval
    changes: list[ShownChange] | None
    """None of the first approval of a language, and of one that is older than faces are."""


def shown(changes: Iterable[FaceChange], version: Version, face: Face) -> list[ShownChange]:
    return [
        ShownChange(str(said), mark_safe(marked_changes(said.before, said.after)))  # noqa: S308  (escapes what it marks)
        for said in say(changes, version.existing_page, face)
    ]


def changes_in(version: Version) -> list[ShownChange]:
    """Of the newest draft, beside what was approved last; of what is approved and not public, beside what is public.

    Nothing where nothing was approved before.
    """
    approved = version.approved_face
    if version.page is None or approved is None:
        return []
    if not version.is_pending:
        return shown(changes_of(version), version, version.face)
    former = face_of(version.standing[-2]) if len(version.standing) > 1 else None
    return shown(difference(former, approved), version, approved) if former else []


def face_of(approval: Approval) -> Face | None:
    return Face.read(approval.face) if approval.face is not None and approval.face_format == FORMAT else None


def approved_changes(pair: Pair) -> list[ApprovedChanges]:
    """Each approval of a release with what was new in it, oldest first."""
    found: list[ApprovedChanges] = []
    before: dict[str, Face | None] = {}
    for approval in pair.release.approvals.select_related("user"):
        version = pair.versions[LANGUAGES[approval.language]]
        face = face_of(approval)
        former = before.get(approval.language)
        is_told = face is not None and former is not None and version.page is not None
        changes = shown(difference(former, face), version, face) if face and is_told else None
        before[approval.language] = face
        found.append(ApprovedChanges(approval, changes))
    return found
