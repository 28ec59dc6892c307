"""Whether what is public is what was approved, all of it, and by somebody else than who wrote it."""

import json

from wagtail.documents import get_document_model
from wagtail.models import PageLogEntry
from wagtail.utils.file import hash_filelike

from home.images import CustomImage
from home.models import TakenDown
from news.models import Approval, Authorship, SignOff
from news.pair.face import Face, difference, is_note
from news.pair.uses import NAMED
from news.translation.parts import PartKind


def faults_of(pair, mark=None):
    """In words, of both versions that are public. `mark`: ([words], user) who alone types these words.

    What went out urgently, what another agreed to and what the system carried over are told apart.
    """
    for version in pair.versions.values():
        if version.is_live:
            page = version.page.specific_class.objects.get(pk=version.page.pk)
            yield from faults_of_what_stands(version, page)
            yield from faults_of_the_notes(version, page)
    approvals = list(Approval.objects.filter(release=pair.release).order_by("pk"))
    for number, approval in enumerate(approvals):
        yield from faults_of_the_person(approval, approvals[:number], mark)


def faults_of_what_stands(version, page):
    """All that a reader gets, but for the date that release fills in."""
    standing = [approval for approval in version.standing if approval.revision_id == page.live_revision_id]
    if not standing:
        yield f"{page} is public and nobody approved it"
        return
    approved = Face.read(standing[-1].face)
    paths = {one.part.path for one in difference(approved, Face.of(page)) if not is_note(one.part)}
    if paths - ({"date"} - approved.parts.keys()):
        yield f"{page} is not as it was approved: {sorted(paths)}"
    yield from faults_of_the_files(approved, page)


def faults_of_the_files(approved, page):
    """By the bytes themselves, not by what the library says of them; and what was taken down is shown nowhere."""
    models = {PartKind.PICTURE: CustomImage, PartKind.DOCUMENT: get_document_model()}
    for part in approved.parts.values():
        if part.kind not in models or not isinstance(part.value, dict):
            continue
        file = models[part.kind].objects.filter(pk=part.value["key"]).first()
        if file is None:
            yield f"{page} shows what was deleted: {part}"
            continue
        with file.file.storage.open(file.file.name) as opened:
            if part.value["file"] and hash_filelike(opened) != part.value["file"]:
                yield f"{page} has another file than was approved: {part}"
        if TakenDown.objects.filter(**{NAMED[type(file)]: file}).exists():
            yield f"{page} shows what was taken down: {part}"


def faults_of_the_notes(version, page):
    for correction in getattr(page, "corrections", ()):
        part = [f"note.{correction.pk}", "text", correction.note_in(version.language)]
        approvals = version.pair.release.approvals.filter(language=version.language.code)
        covering = [approval for approval in approvals if part in approval.face["texts"]]
        is_own = [one.user_id == correction.opened_by_id and not one.urgent and not has_agreed(one) for one in covering]
        if all(is_own):
            yield f"readers of {page} are told what nobody else approved: {part[-1]}"


def faults_of_the_person(approval, former, mark):
    before = [one for one in former if one.language == approval.language and is_a_look(one, approval)]
    last = before[-1] if before else None  # be it taken back since
    if approval.carried_from_id:  # of which a file alone is another
        last = next(one for one in former if one.pk == approval.carried_from_id)
    if is_carried(approval) and Face.read(last.face).own_stamp != Face.read(approval.face).own_stamp:
        yield f"{approval} was carried over with what is the translation's own"
    if approval.urgent or approval.user_id is None or has_agreed(approval):
        return
    changes = difference(Face.read(last.face) if last else None, Face.read(approval.face))
    written = Authorship.objects.filter(
        release=approval.release_id,
        language=approval.language,
        unit__in={change.unit for change in changes},
        user=approval.user_id,
        at__lte=approval.approved_at,
    )
    if last:
        written = written.filter(at__gt=last.approved_at)
    if written.exists():
        yield f"{approval} by who wrote {sorted(set(written.values_list('unit', flat=True)))}"
    marks, user = mark or ([], None)
    came = json.dumps([change.after and change.after.value for change in changes], ensure_ascii=False)
    if any(words in came for words in marks) and user.pk == approval.user_id:
        yield f"{approval} by who typed part of it"


def is_a_look(former, approval):
    """Of what one person released urgently, the next to approve it is the second."""
    return not former.urgent or former.user_id != approval.user_id


def is_carried(approval):
    """Whether the original's approval brought it about."""
    lines = PageLogEntry.objects.filter(revision=approval.revision_id, action="newsroom.carry_approval")
    return lines.exists() and approval.counterpart_revision_id is not None


def has_agreed(approval):
    """Whether somebody else said yes to exactly what who approved it had corrected."""
    signed = SignOff.objects.filter(user=approval.user_id, stamp=approval.stamp).exclude(agreed_by=None)
    return signed.exclude(agreed_by=approval.user_id).exists()
