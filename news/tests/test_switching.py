"""Switching the language keeps what readers have chosen: filters, their place in a list, a search."""

import re
from datetime import timedelta
from html import unescape

import pytest

from home.languages import CHINESE, ENGLISH
from news.models import ArticleTopic, Topic

from .pairs import DATE, article_pair, change_live, partner_pair

pytestmark = pytest.mark.django_db


def switched(client, path):
    """Where the switcher of a page leads, and what is there."""
    response = client.get(path)
    assert response.status_code == 200, path
    found = re.search(r'<nav class="switcher".*?</nav>', response.content.decode(), re.S)[0]
    url = unescape(re.search(r'<a href="([^"]*)"', found)[1])
    return url, client.get(url).content.decode()


def titles(html, of):
    return re.findall(rf"{of} (\d+)", re.search(r"<main.*</main>", html, re.S)[0])


def older(client, path):
    html = client.get(path).content.decode()
    return unescape(re.search(r'href="(\?[^"]*page=[^"]*)" rel="next"', html)[1])


class TestPlace:
    @pytest.fixture(autouse=True)
    def five(self, monkeypatch):
        monkeypatch.setattr("news.models.sections.PAGE_SIZE", 2)
        topic = Topic.objects.create(slug="tides", name_en="Tides", name_zh_hans="潮汐")
        for number in range(5):
            # The original, made first, is in turn of either language: its key is the smaller of the two.
            original = (ENGLISH, CHINESE)[number % 2]
            moment = DATE + timedelta(days=number)
            topics = [ArticleTopic(topic=topic)] if number < 4 else []
            article_pair((f"Tide {number}", f"潮 {number}"), original=original, date=moment, article_topics=topics)

    def test_the_same_part_of_the_list_from_either_side(self, client):
        for code, ours, theirs in (("en", "Tide", "潮"), ("zh-hans", "潮", "Tide")):
            path = f"/{code}/news/" + older(client, f"/{code}/news/")
            assert titles(client.get(path).content.decode(), ours) == ["2", "1"]
            url, html = switched(client, path)
            assert titles(html, theirs) == ["2", "1"]
            assert switched(client, url)[0] == path

    def test_the_same_part_of_a_narrowed_list(self, client):
        path = "/zh-hans/news/" + older(client, "/zh-hans/news/?topic=tides&year=2017")
        url, html = switched(client, path)
        assert url.startswith("/en/news/?topic=tides&year=2017&page=")
        assert titles(html, "Tide") == ["1", "0"]

    def test_where_the_other_list_has_nothing_older_it_begins(self, client):
        article_pair(("Tide 9", "潮 9"), live=[ENGLISH], date=DATE - timedelta(days=9))
        path = "/en/news/" + older(client, "/en/news/" + older(client, "/en/news/"))
        assert titles(client.get(path).content.decode(), "Tide") == ["0", "9"]
        last = "/en/news/?page=20171101T000000000000-1"
        assert titles(client.get(last).content.decode(), "Tide") == ["9"]
        assert switched(client, last)[0] == "/zh-hans/news/"


class TestPartners:
    @pytest.fixture(autouse=True)
    def partners(self):
        _english, chinese = partner_pair(("Alpha Lab", "甲实验室"), city="Lantern Bay")
        chinese.city = "灯塔湾"
        change_live(chinese)
        partner_pair(("Beta Works", "乙公司"), kind="company", city="Port", live=[ENGLISH], translated=False)

    @pytest.mark.parametrize(
        ("path", "target"),
        [
            (
                "/en/partners/?kind=institute&city=Lantern+Bay",
                "/zh-hans/partners/?kind=institute&city=%E7%81%AF%E5%A1%94%E6%B9%BE",
            ),
            ("/zh-hans/partners/?city=灯塔湾", "/en/partners/?city=Lantern+Bay"),
            ("/en/partners/?city=Port", "/zh-hans/partners/"),
            ("/en/partners/?kind=media", "/zh-hans/partners/?kind=media"),
            ("/zh-hans/partners/?city=Lantern+Bay", "/en/partners/?city=Lantern+Bay"),
        ],
    )
    def test_kind_and_city_as_the_other_language_calls_it(self, client, path, target):
        assert switched(client, path)[0] == target


def test_a_search_keeps_its_group_and_year(client):
    article_pair(("Tide", "潮"))
    url, _html = switched(client, "/zh-hans/search/?q=%E6%BD%AE&in=articles&year=2017&after=1")
    assert url == "/en/search/?q=%E6%BD%AE&in=articles&year=2017"
    assert switched(client, "/en/search/")[0] == "/zh-hans/search/?q="


def test_between_one_language_and_both(client):
    english, chinese = article_pair()
    html = client.get(english.url).content.decode()
    assert f'<a href="{english.url}bilingual/" data-keeps-block>Side by side</a>' in html
    html = client.get(f"{chinese.url}bilingual/").content.decode()
    assert f'<a href="{chinese.url}" data-keeps-block>单语</a>' in html
    assert 'aria-current="true">新闻</a>' in html
    partner, _ = partner_pair()
    assert "Side by side" not in client.get(partner.url).content.decode()
