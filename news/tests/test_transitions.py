"""The transitions of a release, a test a row: articles and partners, with either language as the original."""

from datetime import timedelta

import pytest
from django.utils import timezone

from home.locales import CHINESE, ENGLISH, other_language
from news.models import Approval, ArticlePage, LegacyRecord, PartnerPage, Release
from news.release import release as release_module
from news.release.correction import approve_correction, correct
from news.release.errors import (
    NotAPublisher,
    NothingOutOfDate,
    NotReady,
    OtherLanguageIsReady,
    OutOfDate,
    ReasonNeeded,
    SharedFieldsChanged,
    WaitsForOriginal,
)
from news.release.kinds import adapt
from news.release.pair import VersionState, pair_of, release_of
from news.release.release import release, release_single
from news.release.review import no_update_needed, refusal_to_approve, take_back
from news.release.schedule import release_due, schedule
from news.release.state import ReleaseState, state_of
from news.release.submission import start_translating
from news.translation.drafts import earlier_words, open_segments

from .scene import Scene, moment, title

pytestmark = pytest.mark.django_db

DAY = timezone.now().replace(microsecond=0)
WAYS = [(kind, original) for kind in ("article", "partner") for original in (ENGLISH, CHINESE)]


@pytest.fixture(params=WAYS, ids=lambda way: f"{way[0]} in {way[1].name}")
def scene(request):
    return Scene(*request.param)


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
    assert open_segments(scene.translation.translation) == (3 if scene.kind == "article" else 2)
    assert scene.actions(scene.original) == ["sync"]


def test_03_what_a_reviewer_corrects_is_what_the_approval_names(scene):
    scene.submit()
    submitted = scene.original.page.latest_revision
    scene.act(scene.original, scene.reviewer, "approve")
    corrected = scene.edit(user=scene.publisher, title=title(scene.language, "!"))
    assert scene.release.source_revision == submitted  # no sync before the approval
    scene.act(scene.original, scene.publisher, "approve")
    approval = scene.original.approval
    assert (approval.revision, approval.user) == (corrected, scene.publisher)
    assert scene.release.source_revision == corrected


class TestRow04TheOriginalIsReturned:
    def test_its_words_stay_and_the_translation_goes_back_to_drafting(self, scene):
        scene.submit()
        scene.fill()
        scene.submit(scene.translation)
        scene.reject()
        assert scene.original.state == VersionState.CHANGES_ASKED
        assert scene.original.page.get_latest_revision_as_object().title == title(scene.language)
        assert scene.translation.state == VersionState.DRAFTING
        assert open_segments(scene.translation.translation) == 0
        assert scene.actions(scene.translation) == ["return_to_drafting"]

    def test_where_it_is_live_the_paragraphs_are_those_of_the_live_text_again(self, scene):
        scene.both_live()
        live = scene.original.page.live_revision
        scene.edit(title=title(scene.language, " again"))
        scene.submit()
        assert scene.release.source_revision != live
        scene.original.review.cancel(user=scene.author)
        assert scene.release.source_revision == live
        assert open_segments(scene.translation.translation) == 0


class TestRow05TheOriginalIsSubmittedAgain:
    def test_in_the_same_words_the_translation_keeps_its_state(self, scene):
        scene.submit()
        scene.fill()
        scene.submit(scene.translation)
        scene.act(scene.original, scene.reviewer, "reject")
        scene.submit(scene.translation)
        scene.submit()
        assert scene.translation.state == VersionState.IN_REVIEW

    def test_in_other_words_the_changed_paragraph_is_open_with_the_old_words_beside_it(self, scene):
        scene.submit()
        scene.fill()
        scene.reject()
        scene.submit(scene.translation)
        scene.edit(title=title(scene.language, " again"))
        scene.submit()
        translation = scene.translation
        assert translation.state == VersionState.DRAFTING
        assert open_segments(translation.translation) == 1
        assert earlier_words(translation.translation) == {"title": title(other_language(scene.language))}

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
    release(scene.release, scene.publisher)
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
    assert open_segments(scene.translation.translation) == 0
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
        release(scene.release, scene.publisher)
        assert scene.live_titles() == {"en": title(ENGLISH), "zh-hans": title(CHINESE)}
        assert state_of(scene.pair) == ReleaseState.LIVE
        for version in scene.pair.versions.values():
            assert version.page.live_revision == version.approval.revision
            assert scene.actions(version)[-1] == "release"

    def test_not_before_both_are_approved(self, scene):
        scene.original_approved()
        with pytest.raises(NotReady):
            release(scene.release, scene.publisher)
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
        Release.objects.update(release_at=timezone.now() - timedelta(minutes=1))
        scene.translate()
        assert release_due()[1] == [scene.release]
        assert scene.live_titles() == {}
        assert state_of(scene.pair) == ReleaseState.MISSED
        release(scene.release, scene.publisher)
        assert len(scene.live_titles()) == 2


class TestRow12AnApprovalIsTakenBack:
    def test_the_originals_takes_the_translations_along(self, scene):
        scene.both_approved()
        take_back(scene.original.page, scene.reviewer, "A name is wrong.")
        assert scene.original.approval is scene.translation.approval is None
        kept = Approval.objects.filter(release=scene.release)
        assert {approval.revoked_reason for approval in kept} == {"A name is wrong."}
        assert len(kept) == 2

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


def test_13_editing_a_live_original_changes_nothing_in_public(scene):
    scene.both_live()
    scene.edit(title="Canary")
    assert scene.live_titles()[scene.language.code] == title(scene.language)
    assert scene.original.approval and scene.translation.approval
    assert state_of(scene.pair) == ReleaseState.LIVE_WITH_CHANGES


def test_14_once_the_update_is_submitted_the_paragraphs_are_its_own(scene):
    scene.both_live()
    scene.edit(title="Canary")
    scene.submit()
    assert open_segments(scene.translation.translation) == 1
    assert len(scene.live_titles()) == 2
    assert "Canary" not in scene.live_titles().values()
    assert scene.translation.approval  # of what is live


def test_15_an_approved_update_makes_the_translation_stale_until_it_is_approved_again(scene):
    scene.both_live()
    scene.update("Changed")
    assert scene.translation.is_stale
    with pytest.raises(OutOfDate):
        release(scene.release, scene.publisher)
    scene.translate({"Changed": "改过"})
    assert not scene.translation.is_stale
    release(scene.release, scene.publisher)
    assert set(scene.live_titles().values()) == {"Changed", "改过"}


class TestRow16NoUpdateNeeded:
    def test_the_original_is_released_alone(self, scene):
        scene.both_live()
        scene.update(title(scene.language, "!"))
        translated = scene.translation.page.live_revision
        no_update_needed(scene.original.page, scene.publisher)
        assert not scene.translation.is_stale
        release(scene.release, scene.publisher)
        assert scene.live_titles()[scene.language.code] == title(scene.language, "!")
        assert scene.translation.page.live_revision == translated

    def test_not_where_a_shared_field_changed(self, scene):
        scene.both_live()
        shared = {"date": DAY} if scene.kind == "article" else {"founded": 1999}
        scene.edit(title=title(scene.language, "!"), **shared)
        scene.original_approved()
        with pytest.raises(SharedFieldsChanged):
            no_update_needed(scene.original.page, scene.publisher)

    def test_not_where_nothing_is_out_of_date(self, scene):
        scene.both_live()
        with pytest.raises(NothingOutOfDate):
            no_update_needed(scene.original.page, scene.publisher)


def test_17_a_slip_in_the_live_translation_is_mended_alone(scene):
    scene.both_live()
    original = scene.original.page.live_revision
    scene.translate({title(scene.language): "Mended"})
    release(scene.release, scene.publisher)
    assert "Mended" in scene.live_titles().values()
    assert scene.original.page.live_revision == original


class TestRow18OneLanguage:
    def test_first_in_one_language_with_a_debt(self, scene):
        scene.original_approved()
        with pytest.raises(ReasonNeeded):
            release_single(scene.release, scene.language, scene.publisher, "")
        release_single(scene.release, scene.language, scene.publisher, "Breaking news", due=timezone.localdate())
        assert set(scene.live_titles()) == {scene.language.code}
        assert scene.pair.is_owed

    def test_for_good_there_is_no_debt(self, scene):
        scene.original_approved()
        release_single(scene.release, scene.language, scene.publisher, "Of local interest")
        assert not scene.pair.is_owed
        assert scene.original.page.stays_in_one_language

    def test_if_both_are_approved_it_asks(self, scene):
        scene.both_approved()
        with pytest.raises(OtherLanguageIsReady):
            release_single(scene.release, scene.language, scene.publisher, "Hurry")
        release_single(scene.release, scene.language, scene.publisher, "Hurry", confirmed=True)
        assert set(scene.live_titles()) == {scene.language.code}

    def test_an_update_of_one_language_leaves_the_other_live_as_it_was(self, scene):
        scene.both_live()
        scene.update("Changed")
        release_single(scene.release, scene.language, scene.publisher, "Urgent", due=timezone.localdate())
        other = other_language(scene.language)
        assert scene.live_titles() == {scene.language.code: "Changed", other.code: title(other)}
        assert scene.pair.is_owed
        scene.translate({"Changed": "改过"})
        release(scene.release, scene.publisher)
        assert not scene.pair.is_owed


def test_19_a_late_translation_is_released_alone_and_pays_the_debt(scene):
    scene.original_approved()
    release_single(scene.release, scene.language, scene.publisher, "Breaking news", due=timezone.localdate())
    original = scene.original.page.live_revision
    scene.translate()
    release(scene.release, scene.publisher)
    assert len(scene.live_titles()) == 2
    assert scene.original.page.live_revision == original
    assert (scene.release.mode, scene.release.due, scene.pair.is_owed) == ("together", None, False)


def test_20_of_an_adapted_pair_each_is_read_again_when_the_other_changes(scene):
    scene.submit()
    adapt(scene.release, scene.reviewer)
    assert scene.translation.translation is None
    scene.edit(scene.translation, scene.translator, title="Adapted")
    scene.approve()
    scene.submit(scene.translation)
    scene.approve(scene.translation)
    release(scene.release, scene.publisher)
    assert "Adapted" in scene.live_titles().values()
    scene.update("Changed")
    assert scene.translation.is_stale
    with pytest.raises(OutOfDate):
        release(scene.release, scene.publisher)


class TestRow21Deletion:
    def test_of_the_translations_draft(self, scene):
        scene.submit()
        scene.translation.page.delete()
        assert scene.translation.state == VersionState.MISSING
        assert scene.original.page

    def test_of_the_originals_draft(self, scene):
        scene.submit()
        number = scene.release.pk
        scene.page.delete()
        assert not ArticlePage.objects.exists() and not PartnerPage.objects.exists()
        assert Release.objects.filter(pk=number).exists()

    def test_a_translation_deleted_and_begun_again(self, scene):
        scene.submit()
        scene.translation.page.delete()
        scene.reject()
        scene.submit()
        assert scene.translation.translation is not None


def test_22_a_failure_changes_nothing_and_says_why(scene, monkeypatch):
    scene.both_approved()
    schedule(scene.release, moment(minutes=1), scene.publisher)
    real = release_module.publish_revision

    def fails(version, *arguments):
        if not version.is_original:
            raise RuntimeError("disk full")
        return real(version, *arguments)

    monkeypatch.setattr(release_module, "publish_revision", fails)
    for attempt in (1, 2, 3):
        assert len(release_due(now=moment(hours=1))[2]) == 1
        assert scene.live_titles() == {}
        assert (scene.release.failures, scene.release.failure) == (attempt, "RuntimeError: disk full")
    assert release_due(now=moment(hours=1)) == ([], [], [])
    assert scene.original.approval and scene.translation.approval
    assert scene.actions(scene.original)[-3:] == ["release_failed"] * 3
    monkeypatch.undo()
    release(scene.release, scene.publisher)
    assert len(scene.live_titles()) == 2


def test_23_a_copy_is_a_draft_of_its_own(scene):
    scene.both_live()
    LegacyRecord.objects.create(
        identity="x",
        translation_key=scene.page.translation_key,
        language="en",
        views=5,
        counted_on=timezone.localdate(),
    )
    copy = scene.original.page.copy(update_attrs={"slug": "copy", "title": "Copy"}, user=scene.author)
    assert copy.translation_key != scene.page.translation_key
    assert not copy.live
    assert release_of(copy).pk != scene.release.pk
    assert pair_of(copy).original.approval is None
    assert not LegacyRecord.objects.filter(translation_key=copy.translation_key).exists()


def test_a_correction_of_both_languages_takes_one_approval_and_one_release(scene):
    scene.both_live()
    correct(scene.release, scene.author, "correction", note_en="A figure was wrong.", note_zh_hans="数字有误。")
    scene.edit(title="Mended")
    start_translating(scene.original.page, scene.author)
    scene.fill({"Mended": "订正"}, scene.author)
    made = approve_correction(scene.release, scene.reviewer)
    assert {approval.user for approval in made} == {scene.reviewer}
    release(scene.release, scene.publisher)
    assert set(scene.live_titles().values()) == {"Mended", "订正"}
    assert scene.release.corrections.get().released_at
