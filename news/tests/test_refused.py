"""What a refusal leaves: words that say what to do next, and all that was typed."""

import pytest
from django.urls import reverse

from news.pair.refusals import Claimed
from news.release.claims import claim_for_writing
from news.release.publishing import release_both
from news.release.review import take_back
from news.release.submission import recall
from news.release.withdrawal import withdraw

from .pairs import article_form
from .scene import ENGLISH, PASSWORD, Scene

pytestmark = pytest.mark.django_db
REMARK = "Which harbour is it?"


@pytest.fixture
def scene():
    scene = Scene()
    scene.submit()
    return scene


def send(client, scene, user, name, form):
    client.force_login(user)
    return client.post(reverse("newsroom_releases:act", args=[scene.release.pk, name]), form)


def edit(client, scene, user, **headers):
    client.force_login(user)
    form = article_form(title="A week of clean air", summary="Mine.")
    return client.post(reverse("wagtailadmin_pages:edit", args=[scene.page.pk]), form, headers=headers)


@pytest.mark.parametrize("name", ["approve_with_remark", "return"])
def test_a_remark_on_what_was_recalled_is_not_lost(client, scene, name):
    form = scene.form(name, "en", comment=REMARK)
    recall(scene.page, scene.author)
    answer = send(client, scene, scene.reviewer, name, form)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "it was recalled. Nothing has been changed: see on the release&#x27;s page" in html
    assert REMARK in html


def test_nor_is_it_where_the_step_was_taken_in_an_editor(client, scene):
    form = {**scene.form("return", "en", comment=REMARK), "next": "/cms/"}
    recall(scene.page, scene.author)
    assert REMARK in send(client, scene, scene.reviewer, "return", form).content.decode()


def test_whoever_has_no_part_in_the_stage_any_more_hears_that_it_was_decided(client, scene):
    scene.edit(user=scene.second, summary="Clean air at last.")
    form = scene.form("approve", "en")
    scene.act(scene.original, scene.second, "approve")
    html = send(client, scene, scene.second, "approve", form).content.decode()
    assert "Somebody has decided about this review meanwhile" in html


def test_while_a_reviewer_corrects_nobody_else_returns_it(client, scene):
    form = scene.form("return", "en", comment=REMARK)
    claim_for_writing(scene.page, scene.reviewer)
    html = send(client, scene, scene.second, "return", form).content.decode()
    assert "Wait until they are done, or take it over." in html
    assert REMARK in html
    assert "Return for changes" not in html
    with pytest.raises(Claimed):
        scene.act(scene.original, scene.second, "reject")
    scene.act(scene.original, scene.reviewer, "reject")


def test_a_reason_stays_where_it_was_typed_but_no_password(client, scene):
    typed = {"languages": ["en", "zh-hans"], "reason": "A storm", "password": PASSWORD}
    send(client, scene, scene.publisher, "freeze", {})
    html = send(client, scene, scene.publisher, "urgent", scene.form("urgent", **typed)).content.decode()
    assert "3 paragraphs are not translated yet." in html
    assert "A storm</textarea>" in html
    assert PASSWORD not in html


def test_what_cannot_be_done_any_more_is_not_to_be_confirmed_again(client):
    scene = Scene().both_approved()
    form = scene.form("release")
    take_back(scene.page, scene.publisher, "A word is missing.")
    html = send(client, scene, scene.publisher, "release", form).content.decode()
    assert "as it stands now this cannot be done" in html
    assert "confirm again" not in html


def test_who_had_to_sign_in_again_is_led_to_the_form(client, scene):
    client.force_login(scene.reviewer)
    answer = client.get(reverse("newsroom_releases:act", args=[scene.release.pk, "approve"]), follow=True)
    assert "Nothing has been done yet." in answer.content.decode()
    assert not scene.original.is_at_last_stage
    assert client.get(reverse("newsroom_releases:act", args=[scene.release.pk, "nonsense"])).status_code == 404


def test_a_save_that_meets_a_lock_hears_whose_it_is(client, scene):
    assert "whoever submitted it can recall it" in edit(client, scene, scene.author).content.decode()
    claim_for_writing(scene.page, scene.reviewer)
    html = edit(client, scene, scene.second).content.decode()
    assert "reviewer is correcting this version." in html
    assert "What you typed still stands here." in html
    assert "Mine." in html
    told = edit(client, scene, scene.second, accept="application/json").json()
    assert told["error_code"] == "locked"
    assert "a reviewer can take it over" in told["error_message"]


def test_a_correction_written_while_it_was_withdrawn_is_not_lost(client):
    scene = Scene().both_approved()
    release_both(scene.release, scene.publisher)
    client.force_login(scene.second)
    url = reverse("newsroom_releases:correct", args=[scene.release.pk])
    shown = client.get(url).context["form"]["stamp"].value()
    withdraw(scene.release, scene.publisher, "The event was called off.", [ENGLISH, scene.translation.language])
    form = {
        "stamp": shown,
        "kind": "correction",
        "en-1": "Clean air.",
        "en-2": "The forum has opened.",
        "note_en": "Late.",
    }
    html = client.post(url, form, follow=True).content.decode()
    assert "nothing can be corrected or withdrawn" in html
    assert "“The forum has opened.”" in html
    assert "“Late.”" in html
    assert "“Clean air.”" not in html


def test_what_is_held_for_an_urgent_release_is_not_made_another_kind_of_translation(client, scene):
    send(client, scene, scene.publisher, "freeze", {})
    client.force_login(scene.reviewer)
    page = client.get(reverse("newsroom_releases:release", args=[scene.release.pk])).content.decode()
    assert "Adapt: edit the translation as a page" not in page
    html = send(client, scene, scene.reviewer, "adapt", scene.form("adapt")).content.decode()
    assert "wait until then, or ask them to let others write again" in html
    assert scene.translation.localized is not None


@pytest.mark.parametrize("more", [{}, {"next": "/cms/"}], ids=["on its page", "on the desk"])
def test_a_moment_that_is_refused_is_not_lost(client, scene, more):
    form = {**scene.form("schedule", at="2001-05-04T09:30"), **more}
    html = send(client, scene, scene.publisher, "schedule", form).content.decode()
    assert "2001-05-04T09:30" in html


def test_why_stands_beside_the_words(client, scene):
    typed = {"languages": ["en", "zh-hans"], "reason": "A storm", "password": PASSWORD}
    send(client, scene, scene.publisher, "freeze", {})
    html = send(client, scene, scene.publisher, "urgent", scene.form("urgent", **typed)).content.decode()
    opened = html.partition("<details open>")[2].partition("</details>")[0]
    assert "A storm</textarea>" in opened
    assert "data-refused" in opened


def test_what_nobody_wrote_is_not_said_to_be_lost(client, scene):
    form = {**scene.form("approve", "en"), "next": "/cms/"}
    recall(scene.page, scene.author)
    assert "You wrote" not in send(client, scene, scene.reviewer, "approve", form).content.decode()
