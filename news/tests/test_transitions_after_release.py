"""The transitions of a release, rows 13 to 23: what is public changes, waits for its translation, fails, goes."""

import pytest
from django.utils import timezone

from home.languages import other_language
from news.models import ArticlePage, LegacyRecord, PartnerPage, Release
from news.pair.pair import VersionState, pair_of, release_of
from news.pair.refusals import (
    IdentityNotConfirmed,
    NoReviewAfterwardsDue,
    NothingOutOfDate,
    OpenParagraphs,
    OtherLanguageIsReady,
    OutOfDate,
    ReasonNeeded,
    SharedFieldsChanged,
    TranslationFirst,
)
from news.pair.state import ReleaseState, state_of
from news.release import publishing as release_module
from news.release.correction import approve_correction, correct
from news.release.kinds import adapt
from news.release.publishing import release_both, release_single, review_afterwards, urgent
from news.release.review import no_update_needed
from news.release.schedule import release_due, schedule
from news.release.submission import start_translating
from news.translation.drafts import open_segments

from .scene import BOTH, ENGLISH, PASSWORD, moment, title

pytestmark = pytest.mark.django_db

DAY = timezone.now().replace(microsecond=0)


def by_original(scene, english, chinese):
    """Words of the original, and those of its translation."""
    return (english, chinese) if scene.language == ENGLISH else (chinese, english)


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
    assert open_segments(scene.translation.localized) == 1
    assert len(scene.live_titles()) == 2
    assert "Canary" not in scene.live_titles().values()
    assert scene.translation.approval  # of what is live


def test_15_an_approved_update_makes_the_translation_stale_until_it_is_approved_again(scene):
    changed, translated = by_original(scene, "Changed", "改过")
    scene.both_live()
    scene.update(changed)
    assert scene.translation.is_stale
    with pytest.raises(OutOfDate):
        release_both(scene.release, scene.publisher)
    scene.translate({changed: translated})
    assert not scene.translation.is_stale
    release_both(scene.release, scene.publisher)
    assert set(scene.live_titles().values()) == {changed, translated}


class TestRow16NoUpdateNeeded:
    def test_the_original_is_released_alone(self, scene):
        scene.both_live()
        scene.update(title(scene.language, " B"))
        translated = scene.translation.page.live_revision
        no_update_needed(scene.original.page, scene.publisher)
        assert not scene.translation.is_stale
        release_both(scene.release, scene.publisher)
        assert scene.live_titles()[scene.language.code] == title(scene.language, " B")
        assert scene.translation.page.live_revision == translated

    def test_not_where_a_shared_field_changed(self, scene):
        scene.both_live()
        shared = {"date": DAY} if scene.kind == "article" else {"founded": 1999}
        scene.edit(title=title(scene.language, " B"), **shared)
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
    release_both(scene.release, scene.publisher)
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
        changed, translated = by_original(scene, "Changed", "改过")
        scene.both_live()
        scene.update(changed)
        release_single(scene.release, scene.language, scene.publisher, "Urgent", due=timezone.localdate())
        other = other_language(scene.language)
        assert scene.live_titles() == {scene.language.code: changed, other.code: title(other)}
        assert scene.pair.is_owed
        scene.translate({changed: translated})
        release_both(scene.release, scene.publisher)
        assert not scene.pair.is_owed


def test_19_a_late_translation_is_released_alone_and_pays_the_debt(scene):
    scene.original_approved()
    release_single(scene.release, scene.language, scene.publisher, "Breaking news", due=timezone.localdate())
    original = scene.original.page.live_revision
    scene.translate()
    release_both(scene.release, scene.publisher)
    assert len(scene.live_titles()) == 2
    assert scene.original.page.live_revision == original
    assert (scene.release.mode, scene.release.due, scene.pair.is_owed) == ("together", None, False)


def test_20_of_an_adapted_pair_each_is_read_again_when_the_other_changes(scene):
    changed, adapted = by_original(scene, "Adapted", "另写")
    scene.submit()
    scene.fill()
    adapt(scene.release, scene.reviewer)
    assert scene.translation.localized is None
    scene.edit(scene.translation, scene.translator, title=adapted)
    scene.approve()
    scene.submit(scene.translation)
    scene.approve(scene.translation)
    release_both(scene.release, scene.publisher)
    assert adapted in scene.live_titles().values()
    scene.update(changed)
    assert scene.translation.is_stale
    with pytest.raises(OutOfDate):
        release_both(scene.release, scene.publisher)


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
        assert scene.translation.localized is not None


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
    Release.objects.filter(pk=scene.release.pk).update(release_at=moment(minutes=-1))
    release_both(scene.release, scene.publisher)
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


class TestUrgent:
    """One publisher alone; somebody else reads it afterwards."""

    def test_both_languages_of_an_update_in_review(self, scene):
        scene.both_live()
        scene.edit(title="A storm")
        scene.submit()
        scene.fill({"A storm": "风暴"})
        with pytest.raises(IdentityNotConfirmed):
            urgent(scene.release, BOTH, scene.publisher, "It is coming.", "guessed")
        urgent(scene.release, BOTH, scene.publisher, "It is coming.", PASSWORD)
        assert set(scene.live_titles().values()) == {"A storm", "风暴"}
        assert len(scene.pair.review_afterwards_due) == 2
        with pytest.raises(NoReviewAfterwardsDue):
            review_afterwards(scene.release, scene.publisher)
        review_afterwards(scene.release, scene.reviewer)
        assert scene.pair.review_afterwards_due == []

    def test_one_language_leaves_a_debt(self, scene):
        scene.both_live()
        scene.edit(title="A storm")
        urgent(scene.release, [scene.language], scene.publisher, "It is coming.", PASSWORD)
        assert "A storm" in scene.live_titles().values()
        assert scene.pair.is_owed

    def test_never_with_paragraphs_that_are_not_translated(self, scene):
        scene.submit()
        with pytest.raises(OpenParagraphs):
            urgent(scene.release, BOTH, scene.publisher, "It is coming.", PASSWORD)
        assert scene.live_titles() == {}


def test_a_correction_of_both_languages_takes_one_approval_and_one_release(scene):
    mended, translated = by_original(scene, "Mended", "订正")
    scene.both_live()
    scene.edit(title=mended)
    with pytest.raises(TranslationFirst):
        correct(scene.release, scene.author, "minor")
    start_translating(scene.original.page, scene.author)
    with pytest.raises(OpenParagraphs):
        correct(scene.release, scene.author, "minor")
    scene.fill({mended: translated}, scene.author)
    correct(scene.release, scene.author, "correction", note_en="A figure was wrong.", note_zh_hans="数字有误。")
    made = approve_correction(scene.release, scene.reviewer)
    assert {approval.user for approval in made} == {scene.reviewer}
    release_both(scene.release, scene.publisher)
    assert set(scene.live_titles().values()) == {mended, translated}
    assert scene.release.corrections.get().released_at
