"""Other spellings of a language lead to its own address: for good where something stands there, never in a circle."""

import pytest
from wagtail.contrib.redirects.models import Redirect

from home.languages import CHINESE, ENGLISH
from news.release.withdrawal import withdraw
from news.tests.pairs import article_pair
from news.tests.scene import Scene

pytestmark = pytest.mark.django_db


def led(client, path, **headers):
    answer = client.get(path, headers=headers)
    return answer.status_code, answer.headers.get("Location")


@pytest.mark.parametrize("accepted", ["en", "zh-CN"])
@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/zh/", "/zh-hans/"),
        ("/zh", "/zh-hans/"),
        ("/ZH-CN/", "/zh-hans/"),
        ("/zh_Hans_CN/", "/zh-hans/"),
        ("/zh-Hans/", "/zh-hans/"),
        ("/ZH-HANS/news", "/zh-hans/news/"),
        ("/cn/partners/", "/zh-hans/partners/"),
        ("/Chinese/", "/zh-hans/"),
        ("/中文/news/", "/zh-hans/news/"),
        ("/En/", "/en/"),
        ("/en_US/news/", "/en/news/"),
        ("/eng", "/en/"),
        ("/ENGLISH/news/feed/", "/en/news/feed/"),
        ("/zh/search/?q=%E6%B8%AF%E5%8F%A3&in=partners", "/zh-hans/search/?q=%E6%B8%AF%E5%8F%A3&in=partners"),
    ],
)
def test_another_spelling_leads_on_for_good_whatever_the_reader_prefers(client, path, target, accepted):
    assert led(client, path, **{"accept-language": accepted}) == (301, target)
    assert client.get(target).status_code == 200
    assert not client.get(path).cookies


@pytest.mark.parametrize("path", ["/zh-TW/", "/zh_hant_hk/news/", "/cht/"])
def test_traditional_characters_are_led_on_but_not_for_good(client, path):
    assert led(client, path)[0] == 302
    assert client.get(path, follow=True).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/zh/nothing/",
        "/enx/",
        "/zhongguo/",
        "/en-news/",
        "/cn/cms/",
        "/zh/zh/",
        "/english/english/",
        "/zh//evil.example/",
        "/zh/news/bilingual/",
        "/zh/bilingual/",
    ],
)
def test_what_leads_nowhere_is_a_404_at_once(client, path):
    assert client.get(path).status_code == 404


def test_only_reading_is_led_on(client):
    assert client.post("/zh/").status_code == 404
    assert client.head("/zh/").status_code == 301


def test_a_page_that_may_come_or_was_taken_down_is_led_to_for_now(client):
    english, _chinese = article_pair(live=[ENGLISH], translated=False)
    assert led(client, f"/zh-cn{english.url.removeprefix('/en')}") == (302, f"/zh-hans/news/{english.slug}/")
    assert led(client, f"/zh/news/{english.slug}/bilingual/") == (302, f"/zh-hans/news/{english.slug}/bilingual/")
    assert led(client, f"/EN/news/{english.slug}") == (301, english.url)
    scene = Scene().both_live()
    slug = scene.page.slug
    withdraw(scene.release, scene.publisher, "Wrong.", [CHINESE])
    assert led(client, f"/zh/news/{slug}/") == (302, f"/zh-hans/news/{slug}/")


def test_what_editors_say_comes_first(client):
    Redirect.add_redirect("/zh/alt", "/zh-hans/partners/")
    Redirect.add_redirect("/zh-hans/alt", "/zh-hans/news/")
    assert led(client, "/zh/alt/") == (301, "/zh-hans/partners/")
    assert client.get("/cn/alt/", follow=True).redirect_chain == [("/zh-hans/alt/", 302), ("/zh-hans/news/", 301)]


def test_never_in_a_circle(client):
    Redirect.add_redirect("/zh-hans/a", "/zh/a/")
    Redirect.add_redirect("/zh-hans/b", "/cn/c/")
    Redirect.add_redirect("/zh-hans/c", "/zh/b/")
    for path in ("/zh/a/", "/cn/b/", "/zh/c/", "/zh-hans/a/", "/zh-hans/b/"):
        assert client.get(path, follow=True).status_code == 404


def test_a_404_below_another_spelling_is_whole_in_its_language(client):
    html = client.get("/Zh-Hans/nothing/").content.decode()
    assert '<html lang="zh-Hans">' in html
    assert "页面不存在" in html
