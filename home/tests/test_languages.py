import pytest
from django.urls import reverse
from wagtail.users.models import UserProfile

from home.languages import CHINESE, ENGLISH
from news.tests.pairs import article_pair, hide, member_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("accepted", "home"),
    [
        ("", "/en/"),
        ("en-GB,en;q=0.9", "/en/"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "/zh-hans/"),
        ("zh-TW", "/zh-hans/"),
        ("zh-Hant-HK", "/zh-hans/"),
        ("zh-SG", "/zh-hans/"),
        ("de-DE,zh;q=0.7,en;q=0.3", "/zh-hans/"),
        ("de-DE,en;q=0.7,zh;q=0.3", "/en/"),
        ("fr", "/en/"),
        ("*", "/en/"),
        ("zh;q=0,en", "/en/"),
        ("\x00,;q=x", "/en/"),
    ],
)
def test_the_front_door_follows_accept_language(client, accepted, home):
    response = client.get("/", headers={"accept-language": accepted})
    assert (response.status_code, response["Location"]) == (302, home)
    assert {"Accept-Language", "Cookie"} <= {name.strip() for name in response["Vary"].split(",")}
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]


@pytest.mark.parametrize(("cookie", "home"), [("zh-hans", "/zh-hans/"), ("zh-Hans", "/zh-hans/"), ("en", "/en/")])
def test_the_readers_choice_comes_before_accept_language(client, cookie, home):
    client.cookies["django_language"] = cookie
    other = "zh-CN" if home == "/en/" else "en"
    assert client.get("/", headers={"accept-language": other})["Location"] == home


def test_an_invented_cookie_is_ignored(client):
    client.cookies["django_language"] = "../../evil"
    assert client.get("/")["Location"] == "/en/"


@pytest.mark.parametrize("path", ["/news/", "/anything/"])
def test_an_address_without_language_is_not_redirected_by_language(client, path):
    response = client.get(path, headers={"accept-language": "zh-CN"})
    assert response.status_code == 404
    assert "页面不存在" in response.content.decode()


@pytest.mark.parametrize("accepted", ["en", "zh-CN"])
def test_inner_pages_never_depend_on_the_readers_language(client, accepted):
    response = client.get("/zh-hans/news/", headers={"accept-language": accepted})
    assert response.status_code == 200
    assert response["Content-Language"] == "zh-Hans"
    assert '<html lang="zh-Hans">' in response.content.decode()
    assert "Accept-Language" not in response.get("Vary", "")
    assert not response.cookies


@pytest.mark.parametrize("debug", [True, False])
def test_a_missing_translation_is_answered_honestly(client, settings, debug):
    settings.DEBUG = debug
    english, _chinese = article_pair(live=[ENGLISH], translated=False)
    response = client.get(f"/zh-hans/news/{english.slug}/")
    html = response.content.decode()
    assert response.status_code == 404
    assert response["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in html
    assert "本文暂无中文版" in html
    assert f'<a href="/en/news/{english.slug}/" lang="en" hreflang="en">A week of clean air</a>' in html
    assert '<time datetime="2017-11-07T00:00:00+08:00">2017年11月7日</time>' in html
    assert 'href="/zh-hans/news/"' in html
    assert "The forum opened." not in html
    assert "Not yet available" not in html


def test_a_chinese_only_article_says_so_in_english(client):
    _english, chinese = article_pair(original=CHINESE, live=[CHINESE], translated=False)
    html = client.get(f"/en/news/{chinese.slug}/").content.decode()
    assert "Not yet available in English" in html
    assert f'<a href="/zh-hans/news/{chinese.slug}/" lang="zh-Hans" hreflang="zh-Hans">清新空气周</a>' in html
    assert "本文暂无" not in html


def test_a_draft_in_the_other_language_is_not_spoken_of(client):
    english, _chinese = article_pair(live=[])
    for language in ("en", "zh-hans"):
        html = client.get(f"/{language}/news/{english.slug}/").content.decode()
        assert "A week of clean air" not in html
        assert "清新空气周" not in html


def test_a_private_page_in_the_other_language_is_not_spoken_of(client):
    english, _chinese = article_pair(live=[ENGLISH])
    hide(english)
    response = client.get(f"/zh-hans/news/{english.slug}/")
    assert response.status_code == 404
    assert "A week of clean air" not in response.content.decode()


def test_redirects_come_before_the_missing_translation(client):
    from wagtail.contrib.redirects.models import Redirect

    english, _chinese = article_pair(live=[ENGLISH], translated=False)
    Redirect.add_redirect(f"/zh-hans/news/{english.slug}", "/zh-hans/news/", is_permanent=True)
    assert client.get(f"/zh-hans/news/{english.slug}/")["Location"] == "/zh-hans/news/"


class TestSwitcher:
    def test_it_leads_to_the_same_article(self, client):
        english, chinese = article_pair()
        html = client.get(english.url).content.decode()
        assert f'<a href="{chinese.url}" lang="zh-Hans" hreflang="zh-Hans">中文</a>' in html
        html = client.get(chinese.url).content.decode()
        assert f'<a href="{english.url}" lang="en" hreflang="en">English</a>' in html

    def test_it_says_before_the_click_that_there_is_no_translation(self, client):
        english, _chinese = article_pair(live=[ENGLISH], translated=False)
        html = client.get(english.url).content.decode()
        assert f'<a href="/zh-hans/news/{english.slug}/" rel="nofollow">' in html
        assert '<span lang="zh-Hans">中文</span> · not available</a>' in html

    def test_a_missing_translation_leads_back_to_the_version_that_exists(self, client):
        english, _chinese = article_pair(live=[ENGLISH], translated=False)
        html = client.get(f"/zh-hans/news/{english.slug}/").content.decode()
        assert f'<a href="{english.url}" lang="en" hreflang="en">English</a>' in html

    def test_a_404_leads_to_the_other_home(self, client):
        assert '<a href="/zh-hans/" lang="zh-Hans"' in client.get("/en/nowhere/").content.decode()


@pytest.mark.parametrize("debug", [True, False])
def test_an_unknown_address_is_answered_in_the_readers_language(client, settings, debug):
    settings.DEBUG = debug
    response = client.get("/zh-hans/nowhere/")
    assert response.status_code == 404
    assert "该网址下没有内容" in response.content.decode()


def test_a_refusal_in_the_admin_comes_in_the_language_chosen_there(client):
    """Whatever the browser prefers."""
    lin = member_of("Chinese translators", username="lin")
    profile = UserProfile.get_for_user(lin)
    profile.preferred_language = "zh-hans"
    profile.save()
    client.force_login(lin)
    english, _chinese = article_pair()
    url = reverse("wagtailadmin_pages:edit", args=[english.pk])
    response = client.get(url, headers={"accept-language": "en"}, follow=True)
    assert "您没有权限" in response.content.decode()
