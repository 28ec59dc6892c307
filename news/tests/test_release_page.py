"""The release page says where things stand, and after each step whose turn it is."""

import json
import re
from html import unescape

import pytest
from django.urls import reverse
from lxml import html
from wagtail.users.models import UserProfile

from news.admin.steps import REGISTER
from news.pair.version import VersionState

from .libraries import Library
from .pairs import member_of
from .scene import CHINESE, SUMMARY, TITLE, Scene

pytestmark = pytest.mark.django_db


def words_of(passage):
    return "".join(words for words, _is_found in passage.pieces)


@pytest.fixture
def scene():
    return Scene()


def page(client, scene):
    return client.get(reverse("newsroom_releases:release", args=[scene.release.pk]))


def step(client, scene, name, **data):
    url = reverse("newsroom_releases:act", args=[scene.release.pk, name])
    response = client.post(url, scene.form(name, **data), follow=True)
    return [unescape(re.sub("<[^>]+>", "", str(message))).strip() for message in response.context["messages"]]


def test_every_step_has_its_words():
    assert all(step.label and (step.done or step.screen) for step in REGISTER.values())


def test_after_each_step_it_is_said_whose_turn_it_is(client, scene):
    assert scene.reviewer and scene.publisher, "somebody is left for each stage"
    client.force_login(scene.author)
    [said] = step(client, scene, "submit", language="en")
    assert said.startswith("Submitted for review. English is now at “First review")
    client.force_login(scene.reviewer)
    [said] = step(client, scene, "approve", language="en")
    assert said.startswith("Approved. English is now at “Final review")
    client.force_login(scene.publisher)
    [said] = step(client, scene, "approve", language="en")
    assert said == "Approved. Not ready: the Chinese version is not approved."
    scene.translate()
    [said] = step(client, scene, "release")
    assert said.startswith("Released.")
    assert re.findall("Read it in (?:English|Chinese)", said) == [
        "Read it in English",
        "Read it in Chinese",
    ]


def test_a_schedule_names_its_moment(client, scene):
    scene.both_approved()
    client.force_login(scene.publisher)
    [said] = step(client, scene, "schedule", at="2030-01-02T09:30")
    assert said == "Scheduled. It goes out on 2 January 2030, 09:30 Beijing time."


def test_what_nobody_has_translated_is_marked(client, scene):
    scene.submit()
    scene.fill({TITLE[0]: TITLE[1]})
    client.force_login(scene.reviewer)
    response = page(client, scene)
    rows = [row for row in response.context["rows"] if row[1]]
    assert [(words_of(chinese), chinese.is_open) for _english, chinese in rows][:2] == [
        (TITLE[1], False),
        (SUMMARY[0], True),
    ]
    assert response.content.decode().count("Not translated yet") == len(rows) - 1
    assert not any(english.is_open for english, _chinese in rows)


def test_marks_are_announced_only_where_there_are_some(client, scene):
    scene.submit()
    client.force_login(scene.reviewer)
    page(client, scene)
    assert "Marked: what has changed" not in page(client, scene).content.decode()
    scene.fill()
    assert "Marked: what has changed" in page(client, scene).content.decode()


def test_the_editor_is_offered_to_those_who_may_write(client, scene):
    scene.submit()
    client.force_login(member_of("Chinese translators", username="lin"))
    html = page(client, scene).content.decode()
    edit = {
        version.language: reverse("wagtailadmin_pages:edit", args=[version.page.pk])
        for version in scene.pair.versions.values()
    }
    assert f'href="{edit.pop(CHINESE)}"' in html
    assert f'href="{edit.popitem()[1]}"' not in html


def test_a_review_locks_the_translation_editor(client, scene):
    scene.submit()
    scene.fill()
    url = reverse("wagtailadmin_pages:edit", args=[scene.translation.page.pk])
    client.force_login(scene.translator)
    assert json.loads(client.get(url).context["props"])["object"]["isLocked"] is False
    scene.submit(scene.translation)
    html = unescape(client.get(url).content.decode())
    assert json.loads(re.search('data-props="({.*})"', html)[1])["object"]["isLocked"] is True


def test_an_approved_translation_whose_draft_is_deleted_is_missing_again(client, scene):
    scene.both_approved().translation.page.delete()
    assert not scene.translation.standing and scene.release.approvals.filter(language="zh-hans").exists()
    assert scene.translation.state == VersionState.MISSING
    assert not scene.translation.is_pending
    client.force_login(scene.publisher)
    response = page(client, scene)
    assert response.status_code == 200


def test_paragraphs_of_one_block_are_told_apart(client, scene):
    several = "<p>The forum opened.</p><p>It ends on Friday.</p>"
    scene.edit(body=[("paragraph", several)])
    scene.submit()
    scene.fill({**{TITLE[0]: TITLE[1], SUMMARY[0]: SUMMARY[1]}, "It ends on Friday.": "论坛周五闭幕。"})
    client.force_login(scene.reviewer)
    shown = [chinese for _english, chinese in page(client, scene).context["rows"]]
    assert [words_of(passage) for passage in shown if passage.is_open] == ["The forum opened."]
    assert not any(passage.is_changed for row in page(client, scene).context["rows"] for passage in row)


def said_in(element):
    return " ".join(element.text_content().split())


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_what_opens_a_form_bears_another_name_than_its_button_once_it_is_open(client, scene, language):
    scene.both_live().edit(title="Two days of clean air 5")
    client.force_login(scene.publisher)
    UserProfile.objects.update_or_create(user=scene.publisher, defaults={"preferred_language": language})
    opened = html.fromstring(page(client, scene).content.decode()).xpath("//details[.//form]")
    assert len(opened) > 3
    for form in opened:
        [closed] = form.xpath("./summary/*[@data-while='closed']")
        [close] = form.xpath("./summary/*[@data-while='open']")
        buttons = [said_in(button) for button in form.xpath(".//form//button")]
        assert said_in(closed).rstrip("…") in buttons
        assert said_in(close).endswith(said_in(closed))
        assert said_in(close) not in [*buttons, said_in(closed)]


def test_it_shows_what_is_signed_beside_the_texts_and_who_has_read_it(client):
    scene = Library().draft().both_approved()
    client.force_login(scene.publisher)
    answer = client.get(reverse("newsroom_releases:release", args=[scene.release.pk]))
    files = {(shown.is_picture, shown.file) for shown in answer.context["files"]}
    assert {(True, scene.waves), (False, scene.plan)} <= files
    assert ("Date", ["the moment of release"]) in answer.context["facts"]
    page = " ".join(answer.content.decode().split())
    for shown in answer.context["files"]:
        assert shown.url in page
    for shown in answer.context["versions"]:
        assert [review.finished_by_name for review in shown["reviews"]] == ["reviewer", "publisher"]
    assert page.count("First review · reviewer · ") == 2


def test_what_takes_something_from_readers_stands_last_and_looks_so(client):
    scene = Scene().both_live()
    client.force_login(scene.publisher)
    steps = client.get(reverse("newsroom_releases:release", args=[scene.release.pk])).context["steps"]
    assert [offer.name for offer, _form, _is_open in steps][-1] == "withdraw"
    assert steps[-1][0].looks == "no"
