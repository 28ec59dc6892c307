"""One picture or document in another's place, or taken out, in both versions of a release: rule 19.

Every revision that stands (public, approved, submitted, the newest, and that which the paragraphs are taken from) gives
way to one that differs in the file alone; what was approved of it stays approved. Nothing else of a draft goes along.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.contrib.auth.models import User
from django.db.models import Model
from django.utils import timezone
from wagtail.models import Page, Revision, TaskState

from home.files import LibraryFile
from news import trail
from news.models import Approval, Kind, SignOff
from news.pair.changes import listed, say
from news.pair.face import Face, FaceChange, difference, face_of, is_note
from news.pair.pair import Pair
from news.pair.refusals import NotReady, NotStamped, NotWhatWasApproved
from news.pair.swapping import Swap
from news.pair.uses import NAMED, files_shown
from news.pair.version import Version
from news.translation.files import swap_overrides, take_anew
from news.translation.parts import Part, PartKind
from news.translation.sync import translation_of
from news.translation.units import units_changed, write_down

from .approvals import set_down
from .pictures import ask_for
from .publishing import publish_revision


@dataclass(frozen=True)
class Exchange:
    old: LibraryFile
    new: LibraryFile | None
    by: User | None
    """Who chose it."""
    approver: User | None
    action: str
    """Of the line in the trail."""
    reason: str = ""

    @property
    def model(self) -> type[Model]:
        return type(self.old)

    @property
    def is_alone(self) -> bool:
        """Whether nobody else has agreed: it is reviewed afterwards."""
        return self.new is None

    @cached_property
    def swap(self) -> Swap:
        return Swap(self.model, self.old.pk, self.new.pk if self.new else None)

    def is_in(self, model: type[Page], revision: Revision) -> bool:
        return (NAMED[self.model], self.old.pk) in files_shown(model, revision.content)


def exchange(pair: Pair, it: Exchange) -> list[Version]:
    """Only inside `locked`. Returns the Versions in which something is otherwise."""
    waiting = {version: version.sign_off for version in pair.versions.values() if version.page is not None}
    units = swap_overrides(it.model, it.old.pk, it.swap.new, pair.release.translation_key)
    if units:
        write_down(pair.release, pair.translation.language.code, units, it.by)
        pair.translation.forget()
    renewed: dict[int, Revision] = {}
    changed: list[Version] = []
    approved = set(standing_of(pair.original))
    if pair.original.page is not None:
        original = Renewal(pair.original, it, renewed)
        changed += original.take([pair.release.source_revision] if pair.release.source_revision else [])
        retake_paragraphs(pair, renewed)
    if pair.translation.page is not None:
        read = {key: revision for key, revision in renewed.items() if key in approved}
        changed += Renewal(pair.translation, it, renewed, read).take([])
    if units and pair.translation not in changed:
        changed.append(pair.translation)
    keep_signatures(pair, {version: signed for version, signed in waiting.items() if signed is not None})
    old, new = str(it.old), str(it.new or "")
    for version in changed:
        page = version.existing_page
        trail.record(page, it.action, it.approver, page.latest_revision, pair, file=old, new=new, reason=it.reason)
    return changed


def standing_of(version: Version) -> dict[int, Approval]:
    """{key of a revision: its newest Approval} of what is public and what is approved."""
    page = version.page
    if page is None:
        return {}
    keys = {page.live_revision_id if page.live else None}
    keys.add(version.approved_revision.pk if version.is_pending else None)
    return {approval.revision_id: approval for approval in version.standing if approval.revision_id in keys - {None}}


def retake_paragraphs(pair: Pair, renewed: dict[int, Revision]) -> None:
    release, original, translation = pair.release, pair.original, pair.translation
    source = renewed.get(release.source_revision_id or 0)
    if source is None:
        return
    localized = translation_of(translation.existing_page) if translation.page is not None else None
    if release.kind == Kind.FULL and localized is not None:
        source.content_object = original.existing_page
        take_anew(source.as_object(), localized)
    release.source_revision, release.source_hash = source, original.hash_of(source)
    release.save(update_fields=["source_revision", "source_hash"])
    translation.forget()


def keep_signatures(pair: Pair, signed: dict[Version, SignOff]) -> None:
    """What was signed off with corrections waits for a yes to what it shows now."""
    for version, signature in signed.items():
        version.forget()
        SignOff.objects.filter(pk=signature.pk).update(stamp=version.face.stamp)


class Renewal:
    """Of the revisions of one version that stand."""

    def __init__(
        self, version: Version, it: Exchange, renewed: dict[int, Revision], read: dict[int, Revision] | None = None
    ) -> None:
        self.version, self.it = version, it
        self.renewed = renewed
        """{key of a revision of either version: the one in its place}"""
        self.read = read or {}
        """Those of the original that are approved: a translation is read against the one in their place."""
        self.model = type(version.existing_page)

    def take(self, more: Iterable[Revision]) -> list[Version]:
        """`more`: revisions that something else names. Returns the Version, if it is otherwise now."""
        version, page = self.version, self.version.existing_page
        approvals = standing_of(version)
        latest = page.get_latest_revision()
        if latest is None:
            return []
        public = page.live_revision if page.live else None
        pending = version.approved_revision if version.is_pending else None
        stage = version.task_state
        submitted = stage.revision if stage is not None else None
        stand = [*more, public, submitted, pending, latest]
        wanted = self.ordered([revision for revision in stand if revision is not None], pending, latest)
        carried = [
            approvals[key]
            for key in ([public.pk] if public else []) + ([pending.pk] if pending else [])
            if key in approvals
        ]
        keys = {revision.pk for revision in wanted}
        while carried and carried[0].revision_id not in keys and carried[0].counterpart_revision_id not in self.read:
            del carried[0]  # what is public stays as it is: nobody approves it anew
        if not wanted and not carried:
            return []
        before = {approval.pk: self.face_before(approval) for approval in carried}
        for revision in wanted:
            self.renewed[revision.pk] = self.renew(revision)
        self.read_anew()
        self.write_down(wanted, latest)
        if stage is not None and submitted is not None and submitted.pk in self.renewed:
            stage.revision = self.renewed[submitted.pk]
            TaskState.objects.filter(pk=stage.pk).update(revision=stage.revision)
        if public is not None and public.pk not in approvals and public.pk in self.renewed:
            if not self.it.is_alone:
                raise NotReady(language=version.language.label)
            self.carry(None, self.renewed[public.pk], None)
            self.publish()
        for approval in carried:
            self.carry(approval, self.renewed.get(approval.revision_id, approval.revision), before[approval.pk])
            if public is not None and approval.revision_id == public.pk and public.pk in self.renewed:
                self.publish()
        if pending is not None and pending.pk in self.renewed:
            ask_for(version, self.renewed[pending.pk], self.it.approver)
        return [version] if wanted else []

    def ordered(self, stand: list[Revision], pending: Revision | None, latest: Revision) -> list[Revision]:
        """Those that show it, the oldest first and the newest last: it stays the newest."""
        by_key = {revision.pk: revision for revision in stand}
        shown = [revision for key, revision in sorted(by_key.items()) if self.it.is_in(self.model, revision)]
        if not shown:
            return []
        rest = [revision for revision in shown if revision.pk not in (latest.pk, pending.pk if pending else None)]
        last = [pending] if pending is not None and pending.pk != latest.pk else []
        return [*rest, *last, latest]

    def renew(self, revision: Revision) -> Revision:
        page = self.version.existing_page
        draft = page.with_content_json(self.it.swap.content(self.model, revision.content))
        made = draft.save_revision(clean=False)
        writer = self.it.by if revision.pk == page.live_revision_id else revision.user
        if writer is not None:
            Revision.objects.filter(pk=made.pk).update(user=writer)
            made.user = writer
        return made

    def read_anew(self) -> None:
        version, page = self.version, self.version.existing_page
        version.page = type(page).objects.select_related("locale").get(pk=page.pk)
        version.existing_page.version = version
        for name in ("former", "approved_face", "house_lock", "lock"):
            version.__dict__.pop(name, None)
        version.forget()

    def write_down(self, wanted: list[Revision], latest: Revision) -> None:
        """Who chose the file."""
        units: set[str] = set()
        for revision in wanted:
            units |= units_changed(revision.content, self.renewed[revision.pk].content)
        if units:
            newest = self.renewed.get(latest.pk, latest)
            write_down(self.version.pair.release, self.version.language.code, units, self.it.by, newest.pk)

    def face_before(self, approval: Approval) -> Face | None:
        """What was approved, if that is what stands; replacing asks for it, and what is taken down goes anyway."""
        approved = face_of(approval)
        if self.it.is_alone:
            return approved
        version = self.version
        if approved is None:
            raise NotStamped(language=version.language.label)
        stands = Face.of(version.at(approval.revision), note=note_of(approved))
        changes = difference(approved, stands)
        if changes:
            said = listed(say(changes, version.existing_page, approved))
            raise NotWhatWasApproved(language=version.language.label, changes=said)
        return approved

    def carry(self, former: Approval | None, revision: Revision, approved: Face | None) -> None:
        """What was approved of the former revision is approved of this one, and the file by who agreed to it."""
        version, it = self.version, self.it
        note = version.note_part if approved is not None and note_of(approved) == version.note_part else None
        read = former.counterpart_revision if former is not None else None
        counterpart = self.read.get(read.pk, read) if read is not None else None
        made = set_down(version, revision, it.approver, note, counterpart, urgent=it.is_alone, carried_from=former)
        if former is not None and revision.pk == former.revision_id and it.is_alone:
            # Nothing of its own is otherwise: it is as far approved as it was.
            made.urgent, made.user, made.user_name = former.urgent, former.user, former.user_name
            made.save(update_fields=["urgent", "user", "user_name"])
        if approved is not None and not it.is_alone:
            face = face_of(made)
            rest = [] if face is None else beyond_the_file(approved, face, it)
            if rest:
                said = listed(say(rest, version.existing_page, approved))
                raise NotWhatWasApproved(language=version.language.label, changes=said)

    def publish(self) -> None:
        version = self.version
        publish_revision(version, self.it.approver, timezone.now(), is_renewed=True)
        version.existing_page.version = version
        version.forget()


def note_of(face: Face) -> Part | None:
    return next((part for part in face.texts if is_note(part)), None)


def beyond_the_file(before: Face, after: Face, it: Exchange) -> list[FaceChange]:
    """What differs elsewhere than at the places of the file."""
    kind = PartKind.PICTURE if NAMED[it.model] == "image" else PartKind.DOCUMENT
    places = {
        part.path
        for part in before.parts.values()
        if part.kind == kind and isinstance(part.value, dict) and part.value.get("key") == it.old.pk
    }
    return [
        change for change in difference(before, after) if change.part.path not in places and not is_note(change.part)
    ]
