"""Half of a pair of code units, which no database can store and JSON alone can carry."""

import json

import pytest
from django.urls import reverse

from home.middleware import whole
from news.models import ArticlePage, NewsIndexPage
from news.tests.pairs import article_form, article_pair, member_of

pytestmark = pytest.mark.django_db
HALVES = ["\\ud800", "\\uDFFF", "\\ud83d\\ud83d\\ude00", "\\ude00\\ud83d"]


def contentstate(text):
    block = '{"key": "a", "text": "%s", "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": []}'
    return '{"blocks": [%s], "entityMap": {}}' % (block % text)


@pytest.mark.parametrize("half", HALVES)
@pytest.mark.parametrize("as_script", [False, True], ids=["button", "autosave"])
def test_a_text_with_one_is_saved_with_a_sign_in_its_place(client, half, as_script):
    client.force_login(member_of("Chinese authors", username="author"))
    section = NewsIndexPage.objects.get(locale__language_code="zh-hans")
    form = {**article_form(title="潮位计"), "body-0-value": contentstate(f"潮{half}汐")}
    url = reverse("wagtailadmin_pages:add", args=["news", "articlepage", section.pk])
    headers = {"Accept": "application/json"} if as_script else {}
    answer = client.post(url, form, headers=headers)
    assert answer.status_code == (200 if as_script else 302)
    text = ArticlePage.objects.get().body[0].value.source
    assert "\ufffd" in text
    assert text.encode()


def test_an_update_and_its_preview_take_one_as_well(client):
    english, _chinese = article_pair(live=())
    client.force_login(member_of("Publishers", username="publisher"))
    form = {**article_form(title="Tides"), "body-0-value": contentstate("High \\udbff water")}
    address = reverse("wagtailadmin_pages:edit", args=[english.pk])
    assert client.post(address, form).status_code == 302
    english.refresh_from_db()
    assert "High \ufffd water" in english.get_latest_revision_as_object().body[0].value.source
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[english.pk])
    assert client.post(preview, form).json()["is_valid"]


def test_an_api_that_takes_json_takes_one(client):
    client.force_login(member_of("Publishers", username="publisher"))
    body = '{"username": "a\\ud83db"}'
    assert client.post("/cms/login/", body, content_type="application/json").status_code < 500


@pytest.mark.parametrize(
    "words",
    [
        "",
        "Plain words of \\ud83d, as a manual prints them",
        '{"text": "\\ud83d\\ude00 a whole one"}',
        '{"text": "\\\\ud83d as somebody typed it"}',
        '{ "spaced" :  1 }',
    ],
)
def test_what_is_whole_stays_as_it_was(words):
    assert whole(words) == words


def test_half_of_one_is_replaced_wherever_it_stands():
    assert whole("a\udc00b") == "a\ufffdb"
    assert json.loads(whole('["\\ud83d", {"\\ude00": "\\ud83d\\ude00"}]')) == ["\ufffd", {"\ufffd": "😀"}]
