"""What differs from what was approved before, as a reader of the admin is shown it."""

from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.models import TaskState

from home.languages import LANGUAGES, Words
from news.models import Approval
from news.models.stage_record import decider
from news.pair.amended import changed_by, fits
from news.pair.authors import changes_of
from news.pair.changes import say
from news.pair.face import Face, FaceChange, difference, face_of
from news.pair.pair import Pair
from news.pair.rules import corrections
from news.pair.states import VersionState
from news.pair.version import Version
from news.translation.segments import marked_changes
from news.translation.units import unit_of

ANOTHER_TEXT = 0.4
"""Of how much of two texts is the same, from which on they are one."""


class ShownChange(NamedTuple):
    said: str
    marked: SafeString
    """The words with what went and what came; empty of what is no text."""


class ApprovedChanges(NamedTuple):
    approval: Approval
    changes: list[ShownChange] | None
    """None of the first approval of a language, and of one that is older than faces are."""


def shown(changes: Iterable[FaceChange], version: Version, face: Face) -> list[ShownChange]:
    said = say(changes, version.existing_page, face)
    return [ShownChange(str(one), marked(one.before, one.after)) for one in said]


def marked(before: str, after: str) -> SafeString:
    """Word by word, but for what has become another text: that would be read letter by letter."""
    if SequenceMatcher(None, before, after, autojunk=False).ratio() < ANOTHER_TEXT:
        gone, come = format_html("<del>{}</del> ", before), format_html("<ins>{}</ins>", after)
        return format_html("{}{}", gone if before else "", come if after else "")
    return mark_safe(marked_changes(before, after))  # noqa: S308  (escapes what it marks)


def changes_in(version: Version) -> tuple[Words, list[ShownChange]]:
    """(heading, what is new): what waits for somebody's yes was corrected; a draft is seen beside what was approved
    last, and what is approved and not public beside what is. Nothing where nothing was approved before.
    """
    approved = version.approved_face
    if version.page is None or version.state == VersionState.LIVE:
        return "", []
    if version.sign_off is not None:
        heading = _("Corrected by %(name)s") % {"name": version.sign_off.user_name}
        return heading, shown(corrections(version), version, version.face)
    if approved is None:
        return corrected_before(version)
    if version.is_pending:
        former = face_of(version.standing[-2]) if len(version.standing) > 1 else None
        changes = difference(former, approved) if former else []
        return _("Approved, and not public yet"), shown(changes, version, approved)
    untranslated = {unit_of(version.paragraphs[number].path) for number in version.open_numbers}
    written = [change for change in changes_of(version) if change.unit not in untranslated]
    return _("New since the last approval"), shown(written, version, version.face)


def amended_changes(pair: Pair, found: Pair) -> list[tuple[Version, list[ShownChange]]]:
    """[(Version, what is new in it)] of the change that waits, `found` being the release with it; where it does not fit
    any more, what was written.
    """
    it = pair.amendment
    if it is None:
        return []
    if fits(it, pair):
        return [(version, shown(changes_of(version), version, version.face)) for version in changed_by(it, found)]
    return [
        (version, [ShownChange(html, SafeString("")) for html in it.texts_in(version.language).values()])
        for version in changed_by(it, pair)
    ]


def corrected_before(version: Version) -> tuple[Words, list[ShownChange]]:
    """(heading, what the stages that a first review has passed have corrected)"""
    names = [decider(stage) for stage in version.stages if stage.status == TaskState.STATUS_APPROVED]
    if not names or version.task_state is None:
        return "", []
    before = version.existing_page.revisions.filter(created_at__lte=version.stages[0].started_at)
    submitted = before.order_by("-pk").first()
    if submitted is None or submitted.pk == version.existing_page.latest_revision_id:
        return "", []
    changes = difference(Face.of(version.at(submitted), version.read_against), version.face)
    heading = _("Corrected by %(name)s") % {"name": " · ".join(dict.fromkeys(names))}
    return heading, shown(changes, version, version.face)


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
