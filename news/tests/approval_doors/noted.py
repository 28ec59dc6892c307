"""What readers are told of a correction: written after its approval, or approved by who wrote it."""

from django.urls import reverse

from home.languages import CHINESE, ENGLISH
from news.pair.stamps import approvals
from news.release.correction import approve_correction, correct
from news.release.publishing import release_both, urgent
from news.release.withdrawal import withdraw
from news.tests.scene import BOTH, PASSWORD

from .walk import MARK, attempt, door

NOTES = {"note_en": f"{MARK}: buy our shares.", "note_zh_hans": f"{MARK}：购买股票。"}
OTHERS = {"note_en": "The week was another.", "note_zh_hans": "日期有误。"}
SLIP = {ENGLISH: {1: "Clean air at last."}, CHINESE: {1: "空气终于清新。"}}


def open_one(walk, **fields):
    walk.step("correct", kind="correction", **{**NOTES, **fields})


def change_the_date(scene):
    """Somebody else's change of what is public, which concerns both languages."""
    scene.edit(date="2026-01-01T00:00:00Z")


@door("live", "original")
def a_note_after_the_approval(walk):
    change_the_date(walk.scene)
    walk.scene.original_approved()
    open_one(walk)


@door("live", "original")
def a_note_of_ones_own(walk):
    change_the_date(walk.scene)
    open_one(walk)
    walk.step("approve_correction")


@door("live", "original")
def a_note_of_ones_own_on_the_screen_of_both_texts(walk):
    fields = {"kind": "correction", **NOTES, "stamp": approvals(walk.scene.pair)}
    walk.post(reverse("newsroom_releases:correct", args=[walk.scene.release.pk]), {**fields, "en-1": f"{MARK} air."})
    walk.step("approve_correction")


@door("live", "original")
def a_note_approved_with_the_stages_of_one_language(walk):
    """The other language's note is in no text that anybody reads there."""
    change_the_date(walk.scene)
    open_one(walk)
    attempt(walk.scene.original_approved)
    walk.approve()
    walk.step("approve_correction")


@door("live", "original", quick=True)
def a_note_once_it_is_said_that_no_update_is_needed(walk):
    walk.scene.edit(summary="Clean air at last.")
    open_one(walk)
    attempt(walk.scene.original_approved)
    walk.step("no_update_needed")


@door("live", "original")
def a_note_beside_what_went_out_urgently(walk):
    scene = walk.scene
    scene.edit(date="2026-01-01T00:00:00Z")
    urgent(scene.release, BOTH, scene.publisher, "A storm", PASSWORD)
    open_one(walk)
    walk.step("review_afterwards")
    scene.edit(summary="Clean air at last.", user=scene.author)
    attempt(scene.original_approved)
    attempt(scene.fill)
    attempt(approve_correction, scene.release, scene.second)


@door("live", "original")
def another_note_in_place_of_the_approved_one(walk):
    scene = walk.scene
    correct(scene.release, scene.author, "correction", texts=SLIP, **OTHERS)
    approve_correction(scene.release, scene.second)
    walk.step("drop_correction")
    open_one(walk)
    walk.step("approve_correction")


@door("live", "original")
def the_note_of_the_last_correction_once_more(walk):
    scene = walk.scene
    correct(scene.release, scene.author, "correction", texts=SLIP, **OTHERS)
    approve_correction(scene.release, scene.second)
    release_both(scene.release, scene.publisher)
    change_the_date(scene)
    scene.submit()
    open_one(walk, **OTHERS)
    scene.approve_as_shown(scene.original)
    walk.step("approve_correction")


@door("original_drafted", "original")
def a_note_during_the_last_stage(walk):
    """By who then approves it."""
    walk.scene.both_live()
    walk.scene.edit(summary="Clean air at last.")
    walk.scene.submit()
    walk.scene.go_on(walk.language, walk.scene.reviewer)
    open_one(walk)
    walk.approve()
    walk.step("agree")


@door("live", "original")
def a_correction_instead_of_the_review_that_goes_on(walk):
    walk.write()
    walk.step("submit")
    walk.step("approve")
    walk.step("correct", kind="minor")
    walk.step("approve_correction")
    walk.approve()


@door("live", "translation")
def a_correction_of_a_translation_whose_original_is_withdrawn(walk):
    """Its paragraphs are those of a draft that nobody has approved."""
    scene = walk.scene
    withdraw(scene.release, scene.publisher, "A figure was wrong.", [scene.language])
    scene.edit(lead_image=None, date="2026-01-01T00:00:00Z")
    scene.submit()
    scene.original.review.cancel(user=scene.author)
    correct(scene.release, scene.translator, "minor")
    walk.step("approve_correction")


@door("live", "original")
def a_correction_of_what_is_withdrawn(walk):
    withdraw(walk.scene.release, walk.scene.publisher, "A figure was wrong.")
    open_one(walk)
    walk.step("correct", kind="minor")
    walk.step("approve_correction")
