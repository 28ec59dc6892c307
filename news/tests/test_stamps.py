"""Rule 17: what somebody was shown is what they approve, release, schedule or correct."""

import pytest
from django.urls import reverse

from home.languages import CHINESE
from news.admin.steps import REGISTER
from news.pair.stamps import approvals
from news.release.amending import amend, drop_amendment
from news.release.bringing_back import propose_return
from news.release.correction import correct
from news.release.publishing import urgent
from news.release.review import take_back
from news.release.withdrawal import withdraw
from news.translation.sync import fill_numbered

from .moments import CHANGE, scheduled
from .scene import BOTH, ENGLISH, PASSWORD, Scene

pytestmark = pytest.mark.django_db
LATER = "Clean air, until the end of the month."
NOTES = {"note_en": "The week was another.", "note_zh_hans": "日期有误。"}


def in_review():
    scene = Scene()
    scene.submit()
    return scene


def approved():
    return Scene().both_approved()


def corrected():
    scene = Scene().both_live()
    scene.edit(summary="Clean air at last.")
    return scene


def correction_open():
    scene = Scene().both_live()
    correct(scene.release, scene.author, "minor", texts={ENGLISH: {1: "Clean air at last."}})
    return scene


def signed_off():
    scene = in_review()
    scene.act(scene.original, scene.reviewer, "approve")
    scene.edit(user=scene.publisher, summary="Clean air for a whole week in the city.")
    scene.act(scene.original, scene.publisher, "approve")
    return scene


def updated():
    return Scene().both_live().update("A week of clean air and wind")


def urgently_released():
    scene = corrected()
    urgent(scene.release, [scene.language], scene.publisher, "A storm", PASSWORD)
    return scene


def urgently_released_again(scene):
    scene.edit(summary=LATER)
    urgent(scene.release, [scene.language], scene.publisher, "A storm", PASSWORD)


def written_on(scene):
    scene.edit(user=scene.second, summary=LATER)


def amended():
    scene = approved()
    amend(scene.release, scene.second, CHANGE, "Wang", "telephone")
    return scene


def amended_anew(scene):
    drop_amendment(scene.release, scene.second)
    amend(scene.release, scene.second, {**CHANGE, ENGLISH: {2: "The forum opens on 5 June, at last."}}, "Wang", "paper")


def withdrawn():
    scene = Scene().both_live()
    withdraw(scene.release, scene.publisher, "By mistake.")
    return scene


def return_proposed():
    scene = withdrawn()
    propose_return(scene.release, scene.publisher, "It was right.", BOTH)
    return scene


def approved_anew(scene):
    take_back(scene.page, scene.publisher, "A slip.")
    scene.edit(summary=LATER)
    scene.original_approved()


HERE = {"language": "en"}
CASES = {
    # step: (the release before, who, what they type, what happens meanwhile)
    "approve": (in_review, "reviewer", HERE, written_on),
    "approve_with_remark": (in_review, "reviewer", {**HERE, "comment": "Well done"}, written_on),
    "agree": (signed_off, "author", HERE, written_on),
    "release": (approved, "publisher", {}, approved_anew),
    "schedule": (approved, "publisher", {"at": "2099-01-01T09:00"}, approved_anew),
    "release_single": (approved, "publisher", {**HERE, "reason": "Hurry", "confirmed": "on"}, approved_anew),
    "urgent": (
        in_review,
        "publisher",
        {"languages": ["en"], "reason": "A storm", "password": PASSWORD},
        written_on,
    ),
    "correct": (corrected, "author", {"kind": "correction", **NOTES}, written_on),
    "approve_correction": (correction_open, "reviewer", {}, written_on),
    "review_afterwards": (urgently_released, "reviewer", {}, urgently_released_again),
    "no_update_needed": (updated, "publisher", {}, approved_anew),
    "break_embargo": (scheduled, "publisher", {"reason": "A leak", "password": PASSWORD}, approved_anew),
    "agree_to_amendment": (amended, "reviewer", {}, amended_anew),
    "propose_return": (withdrawn, "publisher", {"languages": ["en"], "reason": "It was right."}, written_on),
    "agree_to_return": (return_proposed, "reviewer", {}, written_on),
}


def standing(scene):
    return scene.live_titles(), [approval.pk for approval in scene.release.approvals.standing()]


def test_every_step_that_covers_something_is_tried_here():
    assert CASES.keys() == {name for name, step in REGISTER.items() if step.covers}


@pytest.mark.parametrize("name", CASES)
def test_what_was_changed_since_it_was_shown_is_refused_and_nothing_typed_is_lost(client, name):
    given, who, typed, meanwhile = CASES[name]
    scene = given()
    form = scene.form(name, **typed)
    set_for = scene.release.release_at
    if set_for:
        form[f"{name}-until"] = set_for.isoformat()
    meanwhile(scene)
    stood = standing(scene)
    client.force_login(getattr(scene, who))
    url = reverse("newsroom_releases:act", args=[scene.release.pk, name])
    answer = client.post(url, form)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Not what you were shown" in html
    assert standing(scene) == stood
    assert scene.release.release_at == set_for
    for field, value in typed.items():
        if field in ("reason", "comment", "note_en", "note_zh_hans") and f"step-{name}" in html:
            assert value in html, field


def test_a_form_that_was_shown_nothing_is_refused(client):
    scene = in_review()
    client.force_login(scene.reviewer)
    url = reverse("newsroom_releases:act", args=[scene.release.pk, "approve"])
    assert client.post(url, {"approve-language": "en"}).status_code == 422
    assert not scene.original.is_at_last_stage


def test_a_counterpart_that_is_being_written_stands_in_nobodys_way(client):
    """The reviewer of the original covers the original; that of a translation covers what is approved beside it."""
    scene = in_review()
    form = scene.form("approve", **HERE)
    scene.fill()
    client.force_login(scene.reviewer)
    url = reverse("newsroom_releases:act", args=[scene.release.pk, "approve"])
    assert client.post(url, form).status_code == 302
    scene.act(scene.original, scene.publisher, "approve")
    scene.submit(scene.translation)
    form = scene.form("approve", language="zh-hans")
    client.force_login(scene.second)
    assert client.post(url, form).status_code == 302
    assert scene.translation.is_at_last_stage


def test_a_paragraph_written_since_is_another_translation(client):
    scene = Scene().original_approved()
    scene.fill()
    scene.submit(scene.translation)
    form = scene.form("approve", language="zh-hans")
    fill_numbered(scene.translation.localized, {1: "空气十分清新。"}, scene.second)
    client.force_login(scene.reviewer)
    url = reverse("newsroom_releases:act", args=[scene.release.pk, "approve"])
    answer = client.post(url, form)
    assert answer.status_code == 422
    assert "the Chinese version" in answer.content.decode()
    assert scene.translation.approval is None


def test_confirmed_again_it_is_done(client):
    scene = in_review()
    form = scene.form("approve_with_remark", **HERE, comment="Well done")
    written_on(scene)
    client.force_login(scene.reviewer)
    url = reverse("newsroom_releases:act", args=[scene.release.pk, "approve_with_remark"])
    answer = client.post(url, form)
    fields = next(found for found in answer.context["versions"] if found["version"].language.code == "en")["steps"]
    shown = next(form for offer, form, is_open in fields if offer.name == "approve_with_remark" and is_open)
    sent = {shown.add_prefix(name): shown[name].value() for name in ("language", "stamp", "comment")}
    assert sent["approve_with_remark-comment"] == "Well done"
    assert client.post(url, sent).status_code == 302
    assert scene.original.is_at_last_stage


def test_the_screen_of_both_texts_as_well(client):
    scene = Scene().both_live()
    stamp = approvals(scene.pair)
    client.force_login(scene.translator)
    fields = {"kind": "correction", **NOTES, "zh-hans-2": "论坛于6月5日开幕。", "stamp": stamp}
    scene.release.approvals.filter(language=CHINESE.code).update(stamp="0" * 64)
    answer = client.post(reverse("newsroom_releases:correct", args=[scene.release.pk]), fields)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "Not what you were shown" in html
    assert "论坛于6月5日开幕。" in html
    assert scene.pair.correction is None
