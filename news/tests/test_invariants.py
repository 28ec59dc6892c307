"""People doing anything in any order. Two things hold throughout: what is public was approved, as a pair, in that
wording; and no words are lost.

A few hundred steps here; `bench/invariants.py` takes ten thousand.
"""

import contextlib
import os
from collections import Counter
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from wagtail.models import PageLogEntry, Revision
from wagtail_localize.models import StringTranslation

from home.gate import Refused
from home.languages import CHINESE, ENGLISH
from news.models import Approval, Authorship, SignOff
from news.pair.face import Face, difference, is_note
from news.release.correction import approve_correction, correct, drop_correction
from news.release.kinds import adapt, translate_fully
from news.release.publishing import release_both, release_single, review_afterwards, urgent
from news.release.review import agree, no_update_needed, take_back
from news.release.schedule import release_due, schedule, unschedule
from news.release.submission import recall
from news.release.withdrawal import withdraw
from news.translation.texts import text_hash, texts_of

from .pairs import member_of
from .scene import BOTH, KINDS, Scene

pytestmark = pytest.mark.django_db
EXAMPLES, STEPS = int(os.environ.get("INVARIANT_EXAMPLES", 6)), int(os.environ.get("INVARIANT_STEPS", 50))

versions = st.sampled_from(["original", "translation"])
people = st.sampled_from(["author", "translator", "reviewer", "second", "publisher"])
reviewers = st.sampled_from(["reviewer", "second", "publisher", "another"])


class Newsroom(RuleBasedStateMachine):
    taken = Counter()
    """How often each step was taken, and not refused."""

    def __init__(self):
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        kind, language = self.start()
        self.scene = Scene(kind, language)
        for name in ("author", "translator", "reviewer", "second", "publisher"):
            getattr(self.scene, name)
        self.scene.another = member_of("Publishers", username="another")
        self.scene.page  # noqa: B018
        self.number = 0
        self.seen_approval = 0
        self.drafts = []
        self.paragraphs = {}

    def start(self):
        return "article", ENGLISH

    def teardown(self):
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def attempt(self, function, *arguments, **options):
        """What is refused changes nothing."""
        with contextlib.suppress(Refused), transaction.atomic():
            function(*arguments, **options)
            self.taken[function.__name__] += 1

    def version(self, name):
        return getattr(self.scene.pair, name)

    def words(self):
        """Never the same twice."""
        self.number += 1
        letters = str(self.number).translate(str.maketrans("0123456789", "abcdefghij"))  # figures have to agree
        return f"word {letters}."

    def writer(self, page, who):
        """The user, unless the page is locked for them."""
        lock, user = page.get_lock(), getattr(self.scene, who)
        return None if lock and lock.for_user(user) else user

    def save_draft(self, version, user):
        self.drafts.append(self.words())
        self.scene.edit(version, user, title=self.drafts[-1])

    # What people do --------------------------------------------------------------------------------------------------

    @rule(who=people)
    def edit_the_original(self, who):
        user = self.writer(self.scene.original.page, who)
        if user:
            self.save_draft(self.scene.original, user)

    @rule(who=people)
    def change_what_both_share(self, who):
        user = self.writer(self.scene.original.page, who)
        if user:
            self.number += 1
            shared = "date" if self.scene.kind == "article" else "website"
            moment = timezone.now().replace(microsecond=0) - timedelta(hours=self.number)
            value = moment if shared == "date" else f"https://example.org/{self.number}"
            self.scene.edit(self.scene.original, user, **{shared: value})

    @rule(who=people)
    def agree(self, who):
        for version in self.scene.pair.versions.values():
            if version.page is not None:
                self.attempt(agree, version, getattr(self.scene, who))

    @rule(who=people)
    def translate(self, who):
        version = self.scene.translation
        user = self.writer(version.page, who) if version.page is not None else None
        if user is None:
            return
        if version.localized is None:
            self.save_draft(version, user)
        else:
            texts = {text: self.words() for _path, text in texts_of(version.localized.source.as_instance())}
            self.paragraphs.update(texts)
            self.scene.fill(texts, user)

    @rule(which=versions, who=people)
    def submit(self, which, who):
        version = self.version(which)
        if version.page is not None:
            self.attempt(self.scene.submit, version, getattr(self.scene, who))

    @rule(which=versions, who=people)
    def recall(self, which, who):
        version = self.version(which)
        if version.page is not None:
            self.attempt(recall, version.page, getattr(self.scene, who))

    @rule(which=versions, who=reviewers, action=st.sampled_from(["approve", "approve", "approve", "reject"]))
    def review(self, which, who, action):
        version = self.version(which)
        state = version.page and version.page.current_workflow_task_state
        user = getattr(self.scene, who)
        if state and any(name == action for name, *_ in state.task.specific.get_actions(version.page, user)):
            self.attempt(state.task.specific.on_action, state, user, action, comment="")

    @rule(until=st.sampled_from(["approved", "released", "withdrawn"]))
    def go_all_the_way(self, until="approved"):
        """What a good day looks like: without it few random walks would come as far as a release."""
        for which in ("original", "translation"):
            if which == "translation":
                self.translate("translator")
            self.submit(which, "author" if which == "original" else "translator")
            for stage in ("reviewer", "second", "publisher", "another"):  # whoever wrote none of it
                self.review(which, stage, "approve")
        self.attempt(approve_correction, self.scene.release, self.scene.second)
        if until != "approved":
            self.release()
        if until == "withdrawn":
            self.attempt(withdraw, self.scene.release, self.scene.publisher, "Wrong.", BOTH)

    @rule(which=versions, who=reviewers)
    def take_back(self, which, who):
        version = self.version(which)
        if version.page is not None:
            self.attempt(take_back, version.page, getattr(self.scene, who), "A slip.")

    @rule()
    def no_update_needed(self):
        self.attempt(no_update_needed, self.scene.page, self.scene.publisher)

    @rule()
    def release(self):
        self.attempt(release_both, self.scene.release, self.scene.publisher)

    @rule(which=versions, owed=st.booleans(), confirmed=st.booleans())
    def release_one_language(self, which, owed, confirmed):
        language = self.version(which).language
        due = timezone.localdate() if owed else None
        self.attempt(
            release_single, self.scene.release, language, self.scene.publisher, "Hurry", due, confirmed=confirmed
        )

    @rule(languages=st.sampled_from([(ENGLISH,), (CHINESE,), BOTH]))
    def release_urgently(self, languages):
        self.attempt(urgent, self.scene.release, languages, self.scene.publisher, "A storm", "secret")

    @rule(who=reviewers)
    def review_after_release(self, who):
        self.attempt(review_afterwards, self.scene.release, getattr(self.scene, who))

    @rule(hours=st.integers(1, 48))
    def schedule(self, hours):
        self.attempt(schedule, self.scene.release, timezone.now() + timedelta(hours=hours), self.scene.publisher)

    @rule()
    def unschedule(self):
        self.attempt(unschedule, self.scene.release, self.scene.publisher)

    @rule(hours=st.integers(1, 72))
    def time_passes(self, hours):
        with transaction.atomic():
            done, _missed, failed = release_due(now=timezone.now() + timedelta(hours=hours))
            self.taken["release_due"] += len(done)
            assert not failed

    @rule()
    def an_embargo_from_draft_to_release(self):
        self.go_all_the_way()
        self.schedule(1)
        self.time_passes(2)

    @rule(languages=st.sampled_from([(ENGLISH,), (CHINESE,), BOTH]))
    def withdraw(self, languages):
        self.attempt(withdraw, self.scene.release, self.scene.publisher, "Wrong.", languages)

    @rule()
    def correct(self):
        self.attempt(correct, self.scene.release, self.scene.author, "correction", "A note.", "说明。")

    @rule()
    def drop_the_correction(self):
        self.attempt(drop_correction, self.scene.release, self.scene.second)

    @rule(who=reviewers)
    def approve_correction(self, who):
        self.attempt(approve_correction, self.scene.release, getattr(self.scene, who))

    @rule()
    def adapt(self):
        self.attempt(adapt, self.scene.release, self.scene.reviewer)

    @rule()
    def translate_paragraph_by_paragraph(self):
        self.attempt(translate_fully, self.scene.release, self.scene.reviewer)

    # What holds ------------------------------------------------------------------------------------------------------

    @invariant()
    def what_is_public_was_approved_in_that_wording(self):
        model = KINDS[self.scene.kind][0]
        for page in model.objects.filter(translation_key=self.scene.page.translation_key, live=True):
            approvals = Approval.objects.filter(revision_id=page.live_revision_id, revoked_at=None)
            assert approvals.exists(), f"{page} is public and nobody approved it"
            assert {approval.text_hash for approval in approvals} == {text_hash(page)}

    @invariant()
    def what_is_public_bears_the_stamp_of_its_approval(self):
        """All that a reader gets, but for the date that release fills in."""
        for version in self.scene.pair.versions.values():
            if not version.is_live:
                continue
            page = version.page.specific
            approvals = Approval.objects.filter(revision_id=page.live_revision_id, revoked_at=None).order_by("pk")
            approved = Face.read(approvals.last().face)
            changes = [change for change in difference(approved, Face.of(page)) if not is_note(change.part)]
            assert {change.part.path for change in changes} <= {"date"}
            if changes:
                assert "date" not in approved.parts
            for correction in getattr(page, "corrections", ()):
                part = [f"note.{correction.pk}", "text", correction.note_in(version.language)]
                faces = Approval.objects.filter(language=version.language.code).values_list("face", flat=True)
                assert any(part in face["texts"] for face in faces), "readers are told what nobody approved"

    @invariant()
    def nobody_is_the_second_person_of_what_they_wrote(self):
        """Slips, what somebody agreed to, what went out urgently and what the system carried over are told apart."""
        rows = self.scene.release.approvals.filter(pk__gt=self.seen_approval).order_by("pk")
        for approval in rows:
            self.seen_approval = approval.pk
            line = PageLogEntry.objects.filter(revision=approval.revision_id, user=approval.user_id).order_by("-pk")
            actions = set(line.values_list("action", flat=True))
            if approval.urgent or not actions & {"newsroom.approve"}:
                continue
            former = self.scene.release.approvals.filter(language=approval.language, pk__lt=approval.pk)
            former = former.filter(urgent=False).last()  # be it taken back since
            before = Face.read(former.face) if former else None
            units = {change.unit for change in difference(before, Face.read(approval.face))}
            written = Authorship.objects.filter(language=approval.language, unit__in=units, user=approval.user_id)
            if former:
                written = written.filter(at__gt=former.approved_at)
            if written.filter(at__lte=approval.approved_at).exists():
                agreed = SignOff.objects.filter(user=approval.user_id, agreed_by__isnull=False)
                assert agreed.exclude(agreed_by=approval.user_id).exists(), f"{approval} by whoever wrote it"

    @invariant()
    def and_as_a_pair(self):
        """A public translation was read against an original that was itself approved."""
        version = self.scene.translation
        if version.is_live:
            standing = [found for found in version.standing if found.revision_id == version.page.live_revision_id]
            read = Approval.objects.filter(language=self.scene.language.code)
            assert read.filter(text_hash=standing[-1].counterpart_hash).exists()

    @invariant()
    def no_words_are_lost(self):
        """Every draft is in the history, and every paragraph as its translator last left it."""
        kept = " ".join(str(content) for content in Revision.objects.values_list("content", flat=True))
        kept += " ".join(StringTranslation.objects.values_list("data", flat=True))
        assert {text for text in [*self.drafts, *self.paragraphs.values()] if text not in kept} == set()


@pytest.mark.parametrize(
    ("kind", "language"), [("article", ENGLISH), pytest.param("partner", CHINESE, marks=pytest.mark.full)]
)
def test_anything_in_any_order(kind, language):
    class InThisWay(Newsroom):
        def start(self):
            return kind, language

    options = settings(
        max_examples=EXAMPLES,
        stateful_step_count=STEPS,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize="INVARIANT_EXAMPLES" not in os.environ,
    )
    run_state_machine_as_test(InThisWay, settings=options)
    for step, times in sorted(Newsroom.taken.items()):
        print(f"{step:20} {times}")
    assert Newsroom.taken["release_both"] and Newsroom.taken["withdraw"]
