"""What holds after each step of the state machine, whatever people have done."""

import json

from django.db.models import Q
from hypothesis.stateful import RuleBasedStateMachine, invariant
from wagtail.models import PageLogEntry, Revision
from wagtail_localize.models import StringTranslation

from news.models import Approval, Mode, SignOff
from news.pair.face import Face, difference, is_note

from .approved import faults_of_the_files
from .newsroom_words import TOKEN


class Holds(RuleBasedStateMachine):
    """Who wrote what is known here from who held the pen, not from what the product has written down."""

    def begin(self):
        self.seen_approval = 0
        self.drafts, self.paragraphs = [], {}

    @invariant()
    def readers_get_what_was_approved(self):
        """All of it, but for the date that release fills in."""
        for version in self.scene.pair.versions.values():
            if version.is_live:
                page = version.page.specific
                approvals = Approval.objects.filter(revision_id=page.live_revision_id, revoked_at=None).order_by("pk")
                assert approvals, f"{page} is public and nobody approved it"
                approved = Face.read(approvals.last().face)
                changes = [change for change in difference(approved, Face.of(page)) if not is_note(change.part)]
                assert {change.part.path for change in changes} <= {"date"} - approved.parts.keys(), changes
                assert list(faults_of_the_files(approved, page)) == []
                for correction in getattr(page, "corrections", ()):
                    part = [f"note.{correction.pk}", "text", correction.note_in(version.language)]
                    faces = Approval.objects.filter(language=version.language.code).values_list("face", flat=True)
                    assert any(part in face["texts"] for face in faces), "readers are told what nobody approved"

    @invariant()
    def whoever_approves_is_the_second_person(self):
        for approval in self.scene.release.approvals.filter(pk__gt=self.seen_approval).order_by("pk"):
            self.seen_approval = approval.pk
            before = self.approved_before(approval)
            own = self.written_in(approval).difference(*(known_in(former.face) for former in before))
            theirs = {what for what in own if self.pen.by.get((approval.language, what)) == approval.user.username}
            told = f"{approval} wrote {theirs}: {approval.face}, before {[former.face for former in before]}"
            assert not theirs or approval.urgent or is_agreed(approval), told
            assert not own or not is_carried_over(approval), f"{approval} covers {own}, which nobody was shown"
            self.is_approved_as_a_pair(approval)

    def approved_before(self, approval):
        """What was approved last, be it taken back, and the same revision; by one person alone, for others only.

        All that readers would have got of it: what a translation shared then may be its own since.
        """
        former = Approval.objects.filter(release=approval.release, language=approval.language, pk__lt=approval.pk)
        read = former.filter(Q(urgent=False) | ~Q(user=approval.user), revision=approval.revision)
        carried = former.filter(pk=approval.carried_from_id)  # of which a file alone is another
        return [*former.filter(urgent=False).order_by("pk")[::-1][:1], *read, *carried]

    def written_in(self, approval):
        """What a version has that somebody wrote; what a translation shares is approved with the original."""
        names = ["texts", "overrides"] + ["shared"] * (approval.language == self.scene.language.code)
        return known_in([approval.face[name] for name in names])

    def is_approved_as_a_pair(self, approval):
        """A translation was read against an original that was approved in exactly that form, and stood; one that stayed
        public when its original was withdrawn, against what it was read against before.
        """
        if approval.language == self.scene.language.code:
            return
        approved = Approval.objects.filter(release=approval.release, pk__lt=approval.pk)
        form = {name: getattr(approval, name) for name in ("counterpart_hash", "counterpart_shared")}
        read = approved.filter(language=self.scene.language.code, text_hash=approval.counterpart_hash)
        read = read.filter(shared_stamp=approval.counterpart_shared)
        if not approved.filter(language=approval.language, **form).exists():
            read = read.filter(Q(revoked_at=None) | Q(revoked_at__gte=approval.approved_at))
        assert read.exists(), f"{approval} was read against something else"

    def both_go_public_as_a_pair(self):
        """To be asked after a release: where both are together, each is the other's counterpart."""
        pair = self.scene.pair
        if pair.release.mode == Mode.TOGETHER and pair.original.is_live and pair.translation.is_live:
            original, translation = pair.original.approval, pair.translation.approval
            assert not pair.original.is_pending and not pair.translation.is_pending
            assert translation.counterpart_hash == original.text_hash
            assert pair.translation.localized is None or translation.counterpart_shared == original.shared_stamp

    @invariant()
    def no_words_are_lost(self):
        """Every draft is in the history, and every paragraph as its translator last left it."""
        kept = " ".join(json.dumps(content) for content in Revision.objects.values_list("content", flat=True))
        kept += " ".join(StringTranslation.objects.values_list("data", flat=True))
        assert [text for text in [*self.drafts, *self.paragraphs.values()] if text not in kept] == []


def is_agreed(approval):
    signed = SignOff.objects.filter(user=approval.user_id, stamp=approval.stamp).exclude(agreed_by=None)
    return signed.exclude(agreed_by=approval.user_id).exists()


def is_carried_over(approval):
    """From the original, to what both share and to nothing else."""
    return PageLogEntry.objects.filter(revision=approval.revision_id, action="newsroom.carry_approval").exists()


def known_in(face):
    """What is known by its author."""
    return {match[match.lastindex] for match in TOKEN.finditer(json.dumps(face))}
