"""The transitions of a release, a test a row: articles and partners, with either language as the original.

Rows 1 to 12, up to the release; the others are in test_transitions_after_release.py.
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from home.languages import CHINESE, ENGLISH, other_language
from news.models import Release
from news.pair.pair import VersionState
from news.pair.readiness import ready
from news.pair.refusals import NotAPublisher, NotReady, OutOfDate, ReasonNeeded, WaitsForOriginal
from news.pair.state import ReleaseState, state_of
from news.release.publishing import release_both, release_single
from news.release.review import refusal_to_approve, take_back
from news.release.schedule import release_due, schedule
from news.translation.drafts import open_segments
from news.translation.earlier import earlier

from .scene import moment, title

pytestmark = pytest.mark.django_db

DAY = timezone.now().replace(microsecond=0)


def test_01_an_original_that_is_not_submitted_reaches_nobody(scene):
    assert scene.page.pk
    assert scene.translation.page is None
    assert state_of(scene.pair) == ReleaseState.DRAFTING


def test_02_a_submitted_original_makes_the_translations_draft(scene):
    scene.submit()
    assert scene.original.state == VersionState.IN_REVIEW
    assert scene.translation.state == VersionState.DRAFTING
    assert scene.release.original == scene.language.code
    assert scene.release.source_revision == scene.original.page.latest_revision
    assert open_segments(scene.translation.localized) == (3 if scene.kind == "article" else 2)
    assert scene.actions(scene.original) == ["sync"]


def test_03_what_a_reviewer_corrects_is_what_the_approval_names(scene):
    scene.submit()
    submitted = scene.original.page.latest_revision
    scene.act(scene.original, scene.reviewer, "approve")
    corrected = scene.edit(
        user=scene.publisher, title=title(scene.language, "!" if scene.language == ENGLISH else "！")
    )
    assert scene.release.source_revision == submitted  # no sync before the approval
    scene.act(scene.original, scene.publisher, "approve")
    approval = scene.original.approval
    assert (approval.revision, approval.user) == (corrected, scene.publisher)
    assert scene.release.source_revision == corrected


class TestRow04TheOriginalIsReturned:
    def test_its_words_stay_and_the_translation_stays_where_it_is(self, scene):
        scene.submit()
        scene.fill()
        scene.submit(scene.translation)
        scene.act(scene.translation, scene.reviewer, "approve")
        scene.reject()
        assert scene.original.state == VersionState.CHANGES_ASKED
        assert state_of(scene.pair) == ReleaseState.IN_REVIEW
        assert scene.original.page.get_latest_revision_as_object().title == title(scene.language)
        assert scene.translation.state == VersionState.IN_REVIEW
        assert [stage.status for stage in scene.translation.stages] == ["approved", "in_progress"]
        assert open_segments(scene.translation.localized) == 0
        assert scene.actions(scene.translation) == []
        with pytest.raises(WaitsForOriginal):
            scene.act(scene.translation, scene.publisher, "approve")

    def test_once_it_has_other_words_the_translation_goes_back_to_drafting(self, scene):
        scene.submit()
        scene.fill()
        scene.submit(scene.translation)
        scene.reject()
        scene.edit(title=title(scene.language, " again"))
        scene.submit()
        assert scene.translation.state == VersionState.DRAFTING
        assert scene.actions(scene.translation) == ["return_to_drafting"]

    def test_where_it_is_live_the_paragraphs_are_those_of_the_live_text_again(self, scene):
        scene.both_live()
        live = scene.original.page.live_revision
        scene.edit(title=title(scene.language, " again"))
        scene.submit()
        assert scene.release.source_revision != live
        scene.original.review.cancel(user=scene.author)
        assert scene.release.source_revision == live
        assert open_segments(scene.translation.localized) == 0


class TestRow05TheOriginalIsSubmittedAgain:
    def test_in_the_same_words_the_translation_keeps_its_state(self, scene):
        scene.submit()
        scene.fill()
        scene.submit(scene.translation)
        scene.act(scene.original, scene.reviewer, "reject")
        scene.edit()
        scene.submit()
        assert scene.translation.state == VersionState.IN_REVIEW

    def test_in_other_words_the_changed_paragraph_is_open_with_the_old_words_beside_it(self, scene):
        scene.submit()
        scene.fill()
        scene.submit(scene.translation)
        scene.reject()
        scene.edit(title=title(scene.language, " again"))
        scene.submit()
        translation = scene.translation
        assert translation.state == VersionState.DRAFTING
        assert open_segments(translation.localized) == 1
        [(segment, found)] = earlier(translation.localized).items()
        assert segment.context.path == "title"
        assert (found.words, found.source) == (title(other_language(scene.language)), title(scene.language))

    def test_in_other_words_the_translations_approval_ends(self, scene):
        scene.both_approved()
        take_back(scene.original.page, scene.reviewer, "A name is wrong.")
        scene.edit(title=title(scene.language, " again"))
        scene.submit()
        assert scene.translation.approval is None


def test_06_approving_the_original_brings_the_paragraphs_up_to_date(scene):
    scene.original_approved()
    assert scene.original.state == VersionState.APPROVED
    assert scene.original.approval.revision == scene.release.source_revision
    assert scene.actions(scene.original) == ["sync", "approve"]


def test_06_a_shared_field_alone_is_approved_for_both_languages(scene):
    scene.both_live()
    before = scene.translation.approval
    shared = {"date": DAY} if scene.kind == "article" else {"website": "https://institute.example/"}
    scene.edit(**shared)
    scene.original_approved()
    after = scene.translation.approval
    assert after.pk != before.pk
    assert (after.text_hash, after.user) == (before.text_hash, scene.publisher)
    release_both(scene.release, scene.publisher)
    (name, value), *_ = shared.items()
    assert getattr(scene.fresh(scene.translation), name) == getattr(scene.fresh(scene.original), name) == value


def test_07_a_translation_may_be_submitted_first_but_its_approval_waits(scene):
    scene.submit()
    scene.fill()
    scene.submit(scene.translation)
    scene.act(scene.translation, scene.reviewer, "approve")
    assert isinstance(refusal_to_approve(scene.translation.page, scene.publisher), WaitsForOriginal)
    with pytest.raises(WaitsForOriginal):
        scene.act(scene.translation, scene.publisher, "approve")
    scene.approve()
    scene.act(scene.translation, scene.publisher, "approve")
    assert scene.translation.state == VersionState.APPROVED


def test_08_rejecting_the_translation_leaves_words_and_the_originals_approval(scene):
    scene.original_approved()
    scene.fill()
    scene.submit(scene.translation)
    scene.reject(scene.translation)
    assert scene.translation.state == VersionState.CHANGES_ASKED
    assert state_of(scene.pair) == ReleaseState.RETURNED
    assert open_segments(scene.translation.localized) == 0
    assert scene.original.state == VersionState.APPROVED


def test_09_an_approved_translation_makes_the_release_ready_and_releases_nothing(scene):
    scene.both_approved()
    approval = scene.translation.approval
    assert approval.counterpart_revision == scene.original.approval.revision
    assert approval.revision == scene.translation.page.latest_revision
    assert state_of(scene.pair) == ReleaseState.READY
    assert scene.live_titles() == {}


class TestRow10Release:
    def test_both_go_live_at_once(self, scene):
        scene.both_approved()
        release_both(scene.release, scene.publisher)
        assert scene.live_titles() == {"en": title(ENGLISH), "zh-hans": title(CHINESE)}
        assert state_of(scene.pair) == ReleaseState.LIVE
        for version in scene.pair.versions.values():
            assert version.page.live_revision == version.approval.revision
            assert scene.actions(version)[-1] == "release"

    def test_not_before_both_are_approved(self, scene):
        scene.original_approved()
        with pytest.raises(NotReady):
            release_both(scene.release, scene.publisher)
        assert scene.live_titles() == {}

    def test_a_schedule_may_be_set_earlier_and_waits(self, scene):
        scene.submit()
        schedule(scene.release, moment(hours=1), scene.publisher)
        assert state_of(scene.pair) == ReleaseState.SCHEDULED
        scene.approve()
        scene.translate()
        assert release_due() == ([], [], [])
        assert release_due(now=moment(hours=2))[0] == [scene.release]
        assert len(scene.live_titles()) == 2


class TestRow11TheMomentPasses:
    def test_a_late_worker_releases_what_was_approved_in_time(self, scene):
        scene.both_approved()
        schedule(scene.release, moment(hours=1), scene.publisher)
        done, missed, failed = release_due(now=moment(hours=30))
        assert (len(done), missed, failed) == (1, [], [])
        assert scene.release.release_at is None

    def test_what_was_approved_afterwards_is_missed(self, scene):
        scene.original_approved()
        schedule(scene.release, moment(seconds=60), scene.publisher)
        Release.objects.filter(pk=scene.release.pk).update(release_at=timezone.now() - timedelta(minutes=1))
        scene.translate()
        assert release_due()[1] == [scene.release]
        assert scene.live_titles() == {}
        assert state_of(scene.pair) == ReleaseState.MISSED
        release_both(scene.release, scene.publisher)
        assert len(scene.live_titles()) == 2


class TestRow12AnApprovalIsTakenBack:
    def test_the_translations_stands_for_the_words_it_was_read_against_and_is_not_released(self, scene):
        scene.both_approved()
        before = scene.translation.approval
        take_back(scene.original.page, scene.reviewer, "A name is wrong.")
        assert (scene.original.approval, scene.translation.approval) == (None, before)
        assert ready(scene.pair) == []
        with pytest.raises(NotReady):
            release_both(scene.release, scene.publisher)
        with pytest.raises(NotReady):
            release_single(scene.release, scene.translation.language, scene.publisher, "Hurry.")
        schedule(scene.release, moment(hours=1), scene.publisher)
        Release.objects.filter(pk=scene.release.pk).update(release_at=moment(seconds=-1))
        assert state_of(scene.pair) == ReleaseState.MISSED
        release_due()
        assert scene.live_titles() == {}

    def test_approved_again_in_the_same_words_both_are_ready(self, scene):
        scene.both_approved()
        before = scene.translation.approval
        take_back(scene.original.page, scene.reviewer, "Read it once more.")
        scene.edit()
        scene.original_approved()
        assert scene.translation.approval == before
        assert len(ready(scene.pair)) == 2
        release_both(scene.release, scene.publisher)
        assert len(scene.live_titles()) == 2

    def test_corrected_by_the_reviewer_the_translations_ends(self, scene):
        scene.both_approved()
        take_back(scene.original.page, scene.reviewer, "A name is wrong.")
        scene.submit()
        scene.edit(user=scene.reviewer, title=title(scene.language, " again"))
        scene.approve()
        assert scene.original.approval
        assert scene.translation.approval is None
        assert ready(scene.pair) == []

    def test_with_another_date_alone_it_is_carried_over_or_waits(self, scene):
        scene.both_approved()
        before = scene.translation.approval
        take_back(scene.original.page, scene.reviewer, "The date is wrong.")
        shared = {"date": DAY} if scene.kind == "article" else {"website": "https://institute.example/"}
        scene.edit(**shared)
        scene.original_approved()
        assert scene.translation.approval.pk != before.pk
        release_both(scene.release, scene.publisher)
        name, value = next(iter(shared.items()))
        assert getattr(scene.fresh(scene.translation), name) == value

    def test_of_an_update_the_former_approval_does_not_cover_it(self, scene):
        scene.both_live()
        scene.update(title(scene.language, " again"))
        other = other_language(scene.language)
        scene.translate({title(scene.language, " again"): title(other, "再来" if other == CHINESE else " again")})
        take_back(scene.original.page, scene.reviewer, "A name is wrong.")
        assert scene.translation.is_pending
        assert ready(scene.pair) == []
        with pytest.raises(OutOfDate):
            release_both(scene.release, scene.publisher)

    def test_the_translations_leaves_the_originals(self, scene):
        scene.both_approved()
        take_back(scene.translation.page, scene.translator, "A slip.")
        assert scene.original.approval
        assert scene.translation.state == VersionState.DRAFTING

    def test_it_needs_a_reason_and_once_scheduled_a_publisher(self, scene):
        scene.both_approved()
        with pytest.raises(ReasonNeeded):
            take_back(scene.original.page, scene.reviewer, " ")
        schedule(scene.release, moment(hours=1), scene.publisher)
        with pytest.raises(NotAPublisher):
            take_back(scene.original.page, scene.reviewer, "Too early.")
        take_back(scene.original.page, scene.publisher, "Too early.")
        assert scene.original.approval is None
