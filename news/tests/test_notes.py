"""Rule 18: what readers are told of a correction is text of its language, and approved like one."""

import pytest

from home.gate import Refused
from home.languages import CHINESE, ENGLISH
from news.models import Correction
from news.pair.refusals import NoteAfterApproval, NotWhatWasApproved, SecondPersonNeeded, WrittenByYou
from news.release.correction import approve_correction, correct, drop_correction
from news.release.publishing import release_both, review_afterwards, urgent
from news.release.review import no_update_needed
from news.release.submission import start_translating
from news.release.withdrawal import withdraw

from .pairs import DATE, member_of
from .scene import PASSWORD, Scene

pytestmark = pytest.mark.django_db
NOTES = {"note_en": "The week was another.", "note_zh_hans": "日期有误。"}
SLIP = {ENGLISH: {1: "Clean air at last."}, CHINESE: {1: "空气终于清新。"}}


def corrected(texts=SLIP, **notes):
    scene = Scene().both_live()
    correct(scene.release, scene.author, "correction", texts=texts, **{**NOTES, **notes})
    return scene


def told(scene, language):
    page = scene.fresh(scene.pair.versions[language])
    return [found.note_in(language) for found in page.corrections]


def test_it_is_approved_with_the_texts_and_public_with_them():
    scene = corrected()
    approve_correction(scene.release, scene.reviewer)
    for approval in scene.release.approvals.standing().order_by("-pk")[:2]:
        note = NOTES["note_en" if approval.language == "en" else "note_zh_hans"]
        assert note in [value for _path, _kind, value in approval.face["texts"]]
    assert told(scene, ENGLISH) == []
    release_both(scene.release, scene.publisher)
    assert (told(scene, ENGLISH), told(scene, CHINESE)) == ([NOTES["note_en"]], [NOTES["note_zh_hans"]])


def test_where_one_language_alone_was_wrong_the_other_ones_note_is_approved_too():
    scene = corrected({CHINESE: {1: "空气终于清新。"}})
    approve_correction(scene.release, scene.reviewer)
    release_both(scene.release, scene.publisher)
    assert told(scene, ENGLISH) == [NOTES["note_en"]]


def test_a_note_written_after_the_approval_goes_nowhere():
    """An author put any text on both pages as a correction that nobody had approved."""
    scene = Scene().both_live().update("A week of cleaner air")
    scene.translate({"A week of cleaner air": "空气更清新的一周"})
    with pytest.raises(NoteAfterApproval):
        correct(scene.release, scene.author, "correction", **NOTES)
    release_both(scene.release, scene.publisher)
    assert told(scene, ENGLISH) == told(scene, CHINESE) == []


def test_a_note_changed_after_the_approval_is_not_released():
    scene = corrected()
    approve_correction(scene.release, scene.reviewer)
    Correction.objects.update(note_en="Buy our shares.")
    with pytest.raises(NotWhatWasApproved, match="Note to readers: text changed"):
        release_both(scene.release, scene.publisher)


def test_reviews_of_one_language_do_not_carry_the_note_of_the_other():
    scene = Scene().both_live()
    scene.edit(date="2026-01-01T00:00:00Z")
    scene.submit()
    correct(scene.release, scene.author, "correction", **NOTES)
    scene.approve_as_shown(scene.original)
    with pytest.raises(Refused):
        release_both(scene.release, scene.publisher)
    assert told(scene, CHINESE) == []
    approve_correction(scene.release, scene.second)
    release_both(scene.release, scene.publisher)
    assert told(scene, CHINESE) == [NOTES["note_zh_hans"]]


def test_whoever_wrote_the_note_does_not_approve_it():
    scene = Scene().both_live()
    correct(scene.release, scene.reviewer, "correction", texts=SLIP, **NOTES)
    with pytest.raises((SecondPersonNeeded, WrittenByYou)):
        approve_correction(scene.release, scene.reviewer)
    approve_correction(scene.release, scene.second)


def test_whoever_wrote_the_note_does_not_approve_it_by_saying_that_no_update_is_needed():
    scene = Scene().both_live()
    another = member_of("Publishers", username="another")
    scene.edit(title="A week of cleaner air")
    scene.submit()
    scene.fill({"A week of cleaner air": "空气更清新的一周"})
    correct(scene.release, scene.publisher, "correction", **NOTES)
    scene.approve_as_shown(scene.original, scene.reviewer, another)
    with pytest.raises(SecondPersonNeeded):
        no_update_needed(scene.page, scene.publisher)
    no_update_needed(scene.page, another)
    release_both(scene.release, scene.publisher)
    assert told(scene, CHINESE) == [NOTES["note_zh_hans"]]


def test_reading_afterwards_what_went_out_urgently_approves_no_note():
    scene = Scene().both_live()
    scene.edit(title="A week of cleaner air")
    urgent(scene.release, [ENGLISH], scene.publisher, "A storm", PASSWORD)
    scene.fill({"A week of cleaner air": "空气更清新的一周"})
    correct(scene.release, scene.second, "correction", **NOTES)
    review_afterwards(scene.release, scene.second)
    assert not scene.pair.review_afterwards_due
    assert not scene.original.is_note_approved


def test_it_is_dropped_with_what_was_approved_of_it_and_the_drafts_stay():
    scene = corrected()
    approve_correction(scene.release, scene.reviewer)
    drop_correction(scene.release, scene.second)
    assert not scene.original.is_pending
    assert scene.original.page.get_latest_revision_as_object().summary == "Clean air at last."
    scene.original_approved()
    assert scene.original.is_pending


def test_a_minor_edit_tells_readers_nothing_and_needs_no_note():
    scene = Scene().both_live()
    correct(scene.release, scene.author, "minor", texts=SLIP, note_en="For the trail.", note_zh_hans="留痕。")
    approve_correction(scene.release, scene.reviewer)
    assert all("note" not in str(approval.face) for approval in scene.release.approvals.all())
    release_both(scene.release, scene.publisher)
    assert told(scene, ENGLISH) == []


def test_withdrawal_closes_it():
    scene = corrected()
    withdraw(scene.release, scene.publisher, "Wrong.")
    assert scene.pair.correction is None


def test_who_wrote_a_former_note_may_approve_the_next_text():
    scene = corrected()
    approve_correction(scene.release, scene.second)
    release_both(scene.release, scene.publisher)
    scene.edit(summary="Clean air every day.")
    scene.submit()
    scene.approve()
    assert scene.original.is_pending


@pytest.mark.parametrize(("kind", "is_told"), [("correction", True), ("update", True), ("minor", False)])
def test_readers_are_told_of_all_changes_but_minor_edits(kind, is_told):
    scene = Scene()
    scene.edit(date=DATE)
    scene.both_live()
    scene.edit(title="Mended")
    start_translating(scene.original.page, scene.author)
    scene.fill({"Mended": "订正"})
    correct(scene.release, scene.author, kind, **(NOTES if is_told else {}))
    approve_correction(scene.release, scene.reviewer)
    release_both(scene.release, scene.publisher)
    article = scene.fresh(scene.original)
    assert article.title == "Mended"
    assert [correction.kind for correction in article.corrections] == [kind] * is_told
    assert (article.updated > article.date) is is_told
