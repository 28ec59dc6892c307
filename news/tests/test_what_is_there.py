"""What readers are told where a version is not there or was taken down: each answer names what there is instead."""

import re

import pytest

from home.languages import CHINESE, ENGLISH, language_of, other_language
from news.models import Mode, Release
from news.pair.pair import pair_of, release_of
from news.release.address import change_address
from news.release.privacy import restrict
from news.release.withdrawal import withdraw

from .pairs import BOTH, article_pair, hide, member_of, partner_pair, plain
from .scene import Scene

pytestmark = pytest.mark.django_db

WITHDRAWN = {ENGLISH: "The English version of this release has been withdrawn", CHINESE: "该稿件的中文版已撤下"}
OTHERS = {ENGLISH: "The Chinese version of this release has been withdrawn", CHINESE: "该稿件的英文版已撤下"}
WHOLE = {ENGLISH: "This release has been withdrawn", CHINESE: "该稿件已撤下"}
LABEL = {ENGLISH: "· withdrawn</a>", CHINESE: "· 已撤下</a>"}


@pytest.fixture
def scene():
    return Scene().both_live()


def take_down(scene, *languages):
    withdraw(scene.release, scene.publisher, "A figure was wrong.", languages or (ENGLISH, CHINESE))


def urls(scene):
    return {language: version.existing_page.url for language, version in scene.pair.versions.items()}


def answer(client, path, status):
    response = client.get(path)
    assert response.status_code == status, path
    if status != 200:
        assert response["X-Robots-Tag"] == "noindex"
    return response.content.decode()


def switch(html):
    """(address, whether it is there) of the switcher's link into the other language."""
    found = re.search(r'<nav class="switcher".*?</nav>', html, re.S)[0]
    link = re.search(r'<a href="([^"]*)"([^>]*)>(?:<span|English|中文)', found)
    return link[1], "hreflang" in link[2]


@pytest.mark.parametrize("language", [ENGLISH, CHINESE])
def test_of_one_language_taken_down_the_other_is_named_everywhere(client, scene, language):
    there, at = other_language(language), urls(scene)
    take_down(scene, language)
    html = answer(client, at[language], 410)
    assert WITHDRAWN[language] in html
    assert f'<a href="{at[there]}" lang="{there.tag}" hreflang="{there.tag}">' in html
    assert switch(html) == (at[there], True)
    html = answer(client, at[there], 200)
    assert LABEL[there] in html
    assert switch(html) == (at[language], False)
    html = answer(client, f"{at[language]}bilingual/", 410)
    assert WITHDRAWN[language] in html
    assert switch(html) == (at[there], True)
    html = answer(client, f"{at[there]}bilingual/", 410)
    assert OTHERS[there] in html
    assert f'<a href="{at[there]}" lang="{there.tag}" hreflang="{there.tag}">' in html
    assert switch(html) == (at[language], False)
    assert LABEL[there] in html


@pytest.mark.parametrize("is_deleted", [False, True])
def test_of_both_taken_down_the_switcher_leads_to_the_same_answer(client, scene, is_deleted):
    at = urls(scene)
    take_down(scene)
    if is_deleted:
        scene.page.delete()
    for language in (ENGLISH, CHINESE):
        for below in ("", "bilingual/"):
            html = answer(client, at[language] + below, 410)
            assert WHOLE[language] in html
            assert LABEL[language] in html
            assert switch(html) == (at[other_language(language)] + below, False)
            assert "missing-version" not in html


OTHER_PAGES = {
    "profile": (lambda: partner_pair()[0], "介绍"),
    "page": (lambda: plain("Privacy", live=True), "页面"),
}


@pytest.mark.parametrize("is_deleted", [False, True])
@pytest.mark.parametrize("kind", OTHER_PAGES)
def test_what_was_taken_down_is_called_what_it_was(client, kind, is_deleted):
    make, chinese = OTHER_PAGES[kind]
    page, publisher = make(), member_of("Publishers")
    at = {language_of(version): version.url for version in pair_of(page).pages}
    withdraw(release_of(page), publisher, "Out of date.", [CHINESE])
    assert f"该{chinese}的中文版已撤下" in answer(client, at[CHINESE], 410)
    withdraw(release_of(page), publisher, "Out of date.", [ENGLISH])
    if is_deleted:
        page.specific_class.objects.get(pk=page.pk).delete()
    assert f"<h1>This {kind} has been withdrawn</h1>" in answer(client, at[ENGLISH], 410)
    assert f"<h1>该{chinese}已撤下</h1>" in answer(client, at[CHINESE], 410)


@pytest.mark.parametrize("original", [ENGLISH, CHINESE])
def test_what_stays_in_one_language_is_called_what_it_is(client, original):
    there = other_language(original)
    article = article_pair(original=original, live=[original])
    partner = partner_pair(original=original, live=[original])
    Release.objects.update(mode=Mode.SINGLE)
    urls = [pair[BOTH.index(original)].url.replace(original.home_url, there.home_url) for pair in (article, partner)]
    found = [re.search("<h1>(.*?)</h1>", answer(client, url, 404))[1] for url in urls]
    assert (
        found
        == {
            ENGLISH: ["本文仅提供英文版", "该页面仅提供英文版"],
            CHINESE: ["This release is published in Chinese only", "This page is published in Chinese only"],
        }[original]
    )


def test_at_a_former_address_too_what_is_left_is_named(client, scene):
    old = urls(scene)
    change_address(scene.release, scene.publisher, "cleaner-air")
    now = urls(scene)
    take_down(scene, CHINESE)
    response = client.get(old[CHINESE], follow=True)
    assert response.status_code == 410
    assert f'href="{now[ENGLISH]}"' in response.content.decode()


def test_what_only_some_readers_may_see_is_not_named(client, scene):
    at = urls(scene)
    take_down(scene, CHINESE)
    hide(scene.fresh(scene.original))
    html = client.get(at[CHINESE]).content.decode()
    assert "A week of clean air" not in html
    assert at[ENGLISH] not in switch(html) or not switch(html)[1]


def test_a_private_release_says_nothing_of_its_withdrawal(client, scene):
    at = urls(scene)
    restrict(scene.release, scene.publisher, "password", "open")
    take_down(scene)
    assert {client.get(path).status_code for path in at.values()} == {404}


@pytest.mark.parametrize("debug", [True, False])
class TestNotInBothLanguages:
    def test_the_version_that_is_there_is_named(self, client, settings, debug):
        settings.DEBUG = debug
        english, _ = article_pair(live=[ENGLISH], translated=False)
        html = answer(client, f"/en/news/{english.slug}/bilingual/", 404)
        assert "Not yet available in both languages" in html
        assert "Read it in English:" in html
        assert f'<a href="{english.url}" lang="en" hreflang="en">' in html
        assert switch(html) == (f"/zh-hans/news/{english.slug}/", False)
        html = answer(client, f"/zh-hans/news/{english.slug}/bilingual/", 404)
        assert "本文暂无中英对照" in html
        assert "您可阅读英文版：" in html
        assert switch(html) == (english.url, True)

    def test_nothing_is_nothing(self, client, settings, debug):
        settings.DEBUG = debug
        for path in ("/en/news/nothing/bilingual/", "/zh-hans/news/feed/bilingual/", "/en/partners/x/bilingual/"):
            html = client.get(path).content.decode()
            assert ("Page not found" in html) or ("页面不存在" in html)

    def test_a_draft_is_not_spoken_of(self, client, settings, debug):
        settings.DEBUG = debug
        english, _ = article_pair(live=[])
        assert "A week of clean air" not in client.get(f"/en/news/{english.slug}/bilingual/").content.decode()


def test_one_language_for_good_is_not_called_not_yet(client):
    _english, chinese = article_pair(original=CHINESE, live=[CHINESE], translated=False)
    assert "· 暂无</a>" in client.get(chinese.url).content.decode()
    Release.objects.filter(translation_key=chinese.translation_key).update(
        mode="single", languages=["zh-hans"], due=None, reason="Of local interest."
    )
    assert Release.objects.get(translation_key=chinese.translation_key).stays_in_one_language
    assert "· 不提供</a>" in client.get(chinese.url).content.decode()
    html = answer(client, f"{chinese.url}bilingual/", 404)
    assert "本文仅以一种语言发布" in html
    assert "暂无" not in html
