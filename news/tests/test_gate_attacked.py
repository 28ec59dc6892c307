"""Ways past rules 15 to 18 that somebody found who knew the code, and ways into which they shut honest people."""

import pytest
from django.urls import reverse

from home.gate import Refused
from home.languages import CHINESE, ENGLISH
from news.admin import queues
from news.demo.build import make_image
from news.pair.refusals import SharedPartWaits, WaitsForOriginal, WrittenByYou
from news.release.correction import approve_correction, correct
from news.release.publishing import release_both, review_afterwards, urgent
from news.release.review import no_update_needed, take_back
from news.translation.sync import fill_numbered

from .drawn import mark
from .pairs import member_of
from .scene import BOTH, PASSWORD, Scene

pytestmark = pytest.mark.django_db
LONG = "A sentence of some length that nobody else has read so far."
NOTES = {"note_en": "The week was another.", "note_zh_hans": "日期有误。"}
SLIP = {ENGLISH: {1: "Clean air at last."}, CHINESE: {1: "空气终于清新。"}}


def image(name):
    return make_image(name, mark("waves"), (("Waves at the shore", "岸边的波浪"), ("", "")))


def translate(scene, texts, user=None):
    fill_numbered(scene.translation.localized, texts, user or scene.translator)


# Nobody approves alone what they wrote -------------------------------------------------------------------------------


def test_a_correction_is_approved_as_if_no_review_were_under_way():
    """Its approval ends the review: no later stage is the second look."""
    scene = Scene().both_live()
    scene.edit(user=scene.reviewer, date="2026-01-01T00:00:00Z")
    scene.submit()
    correct(scene.release, scene.author, "minor")
    with pytest.raises(Refused):
        approve_correction(scene.release, scene.reviewer)
    assert not scene.original.is_pending


def test_a_letter_changed_at_the_last_stage_does_not_make_ones_own_text_a_slip():
    scene = Scene()
    scene.edit(user=scene.publisher, summary=LONG)
    scene.submit()
    scene.act(scene.original, scene.reviewer, "approve")
    scene.edit(user=scene.publisher, summary=LONG.replace("sentence", "sentences"))
    with pytest.raises(WrittenByYou):
        scene.act(scene.original, scene.publisher, "approve")


def test_an_approval_of_what_is_public_does_not_cover_a_draft_written_before_it():
    scene = Scene().both_live()
    scene.edit(date="2026-01-01T00:00:00Z")
    urgent(scene.release, BOTH, scene.publisher, "Hurry", PASSWORD)
    scene.edit(user=scene.publisher, summary=LONG)
    scene.edit(user=scene.author, summary=f"{LONG} Indeed.")
    review_afterwards(scene.release, scene.second)
    scene.submit()
    scene.act(scene.original, scene.reviewer, "approve")
    with pytest.raises(WrittenByYou):
        scene.act(scene.original, scene.publisher, "approve")


def test_words_that_were_never_approved_keep_their_author_when_they_come_back():
    scene = Scene().both_live()
    another = member_of("Publishers", username="another")
    translate(scene, {0: "出版人自己写的题目"}, scene.publisher)
    scene.update("Another title")
    scene.fill({"Another title": "另一题目"})
    scene.submit(scene.translation)
    for user in (scene.reviewer, another):
        scene.act(scene.translation, user, "approve")
    release_both(scene.release, scene.publisher)
    scene.update("A week of clean air")
    scene.submit(scene.translation)
    scene.act(scene.translation, scene.reviewer, "approve")
    with pytest.raises(Refused):
        scene.act(scene.translation, scene.publisher, "approve")


def test_a_picture_that_was_only_submitted_does_not_go_out_with_a_fix_of_the_translation():
    scene = Scene()
    scene.edit(lead_image=image("a"))
    scene.both_approved()
    release_both(scene.release, scene.publisher)
    scene.edit(lead_image=image("b"))
    scene.submit()
    translate(scene, {1: "空气十分清新。"})
    scene.submit(scene.translation)
    scene.act(scene.translation, scene.reviewer, "approve")
    with pytest.raises(WaitsForOriginal):
        scene.act(scene.translation, scene.publisher, "approve")


def test_the_same_words_said_of_another_correction_are_another_note():
    scene = Scene().both_live()
    correct(scene.release, scene.author, "correction", texts=SLIP, **NOTES)
    approve_correction(scene.release, scene.reviewer)
    release_both(scene.release, scene.publisher)
    scene.edit(date="2026-01-01T00:00:00Z")
    scene.submit()
    correct(scene.release, scene.author, "correction", **NOTES)
    scene.approve_as_shown(scene.original)
    with pytest.raises(Refused):
        release_both(scene.release, scene.publisher)


def out_urgently():
    """Both languages, the translation in words of whoever released it."""
    scene = Scene().both_live()
    translate(scene, {1: "出版人自己写的句子。"}, scene.publisher)
    scene.edit(summary="Clean air at last.")
    scene.submit()
    scene.fill({"Clean air at last.": "空气终于清新。"}, scene.publisher)
    urgent(scene.release, BOTH, scene.publisher, "A storm", PASSWORD)
    return scene


def is_due(scene):
    return [approval.language for approval in scene.pair.review_afterwards_due]


def test_saying_that_no_update_is_needed_is_no_second_look_at_ones_own_urgent_release():
    scene = out_urgently()
    scene.update("A week of cleaner air")
    with pytest.raises(Refused):
        no_update_needed(scene.page, scene.publisher)
    assert CHINESE.code in is_due(scene)


def test_approving_a_note_is_no_second_look_at_ones_own_urgent_release():
    scene = out_urgently()
    correct(scene.release, scene.author, "correction", **NOTES)
    with pytest.raises(Refused):
        approve_correction(scene.release, scene.publisher)
    assert is_due(scene) == [ENGLISH.code, CHINESE.code]
    approve_correction(scene.release, scene.second)


def test_what_went_out_urgently_is_not_carried_over_by_the_approval_of_the_original():
    scene = out_urgently()
    scene.edit(date="2026-01-01T00:00:00Z")
    scene.submit()
    for user in (scene.reviewer, member_of("Publishers", username="another")):
        scene.act(scene.original, user, "approve")
    with pytest.raises(SharedPartWaits):
        release_both(scene.release, scene.publisher)
    assert CHINESE.code in is_due(scene)


# Nobody is left without a way out ------------------------------------------------------------------------------------


@pytest.mark.full
@pytest.mark.parametrize("with_note", [False, True])
def test_what_both_share_is_carried_over_every_time(with_note):
    scene = Scene()
    scene.edit(lead_image=image("a"), date="2026-01-01T00:00:00Z")
    scene.both_approved()
    release_both(scene.release, scene.publisher)
    if with_note:
        correct(scene.release, scene.author, "correction", texts=SLIP, **NOTES)
        approve_correction(scene.release, scene.reviewer)
        release_both(scene.release, scene.publisher)
    for name in ("b", "c"):
        scene.edit(lead_image=image(name))
        scene.original_approved()
        release_both(scene.release, scene.publisher)
    chinese = scene.fresh(scene.translation)
    assert chinese.lead_image == scene.fresh(scene.original).lead_image


def test_the_release_page_opens_for_a_co_author_of_an_open_correction(client):
    scene = Scene().both_live()
    scene.edit(user=scene.reviewer, date="2026-01-01T00:00:00Z")
    correct(scene.release, scene.author, "correction", **NOTES)
    client.force_login(scene.reviewer)
    assert client.get(reverse("newsroom_releases:release", args=[scene.release.pk])).status_code == 200


def test_a_slip_mended_before_an_approval_that_was_taken_back_does_not_count_later():
    scene = Scene()
    scene.submit()
    scene.act(scene.original, scene.reviewer, "approve")
    scene.edit(user=scene.publisher, summary="Clean air!")
    scene.act(scene.original, scene.publisher, "approve")
    take_back(scene.page, scene.reviewer, "Another title")
    scene.edit(title="A week of cleaner air")
    scene.original_approved()
    assert scene.original.is_pending


def test_a_team_of_one_corrects_urgently_with_notes():
    scene = Scene().both_live()
    correct(scene.release, scene.publisher, "correction", texts={ENGLISH: {1: "Clean air at last."}}, **NOTES)
    translate(scene, {1: "空气终于清新。"}, scene.publisher)
    urgent(scene.release, BOTH, scene.publisher, "A storm", PASSWORD)
    assert scene.fresh(scene.original).summary == "Clean air at last."
    assert scene.pair.review_afterwards_due


def test_an_urgent_release_of_one_language_leaves_the_other_what_it_was_read_against():
    """Its note alone was approved, as if it had been read against nothing: the translation was out of date for good."""
    scene = Scene().both_live()
    correct(scene.release, scene.author, "correction", **NOTES)
    scene.edit(date="2026-01-01T00:00:00Z")
    urgent(scene.release, [ENGLISH], scene.publisher, "A storm", PASSWORD)
    assert not scene.translation.is_stale
    assert scene.translation.is_behind
    assert {approval.language for approval in scene.pair.review_afterwards_due} == {"en", "zh-hans"}
    assert set(queues.let_out_by(scene.publisher).values_list("language", flat=True)) == {"en", "zh-hans"}
    review_afterwards(scene.release, scene.second)
    assert not scene.pair.review_afterwards_due and not queues.let_out_by(scene.publisher)
