"""What an address asks of a list: what names nothing is a plain 404, what is known and empty says so and shows all."""

import re
from datetime import datetime

import feedparser
import pytest

from home.languages import CHINESE, ENGLISH
from news.models import ArticleTopic, Topic

from .pairs import DATE, article_pair, partner_pair

pytestmark = pytest.mark.django_db

MISSING = ("Not yet available", "published in Chinese only", "本文暂无", "本文仅提供")
PLAIN = {"en": "Page not found", "zh-hans": "页面不存在"}


def on(year, month=3):
    return datetime(year, month, 7, tzinfo=DATE.tzinfo)


def topic(slug, name=("Rivers", "河流")):
    return Topic.objects.create(slug=slug, name_en=name[0], name_zh_hans=name[1])


def read(client, path, **query):
    response = client.get(path, query)
    assert response.status_code == 200, (path, query)
    return response.content.decode()


def heading(html):
    return re.sub(r"\s+", " ", re.search(r"<h1[^>]*>(.*?)</h1>", html, re.S)[1]).strip()


def title(html):
    return re.sub(r"\s+", " ", re.search(r"<title>(.*?)</title>", html, re.S)[1]).strip()


@pytest.fixture
def news():
    """2018 in both languages, 2020 in English, 2021 in Chinese."""
    article_pair(("River watch", "河流观测"), date=on(2018), article_topics=[ArticleTopic(topic=topic("rivers"))])
    english = article_pair(("Rain", "降雨"), live=[ENGLISH], date=on(2020))
    chinese = article_pair(("Snow", "降雪"), live=[CHINESE], original=CHINESE, date=on(2021))
    return english, chinese


NAMES_NOTHING = [
    "year=2009",  # before there was any news
    "year=2999",
    "year=-2018",
    "year=02018",
    "year=+2018",
    "year=２０１８",
    "year=二〇一八",
    "year=2018年",
    "year=20180000000000000000",
    "year=2018&year=2020",
    "topic=river",
    "topic=Rivers",
    "topic=河流",
    "topic=rivers&topic=rain",
    "topic=rivers&year=1918",
    "page=2",
    "page=-1",
    "page=20180307T000000000000",
    "page=２０１８０３０７T000000000000-1",
    "page=99991231T235959999999-1",
    "page=20180307T000000000000--1",
]


@pytest.mark.parametrize(("code", "debug"), [("en", True), ("zh-hans", False)])
def test_what_names_nothing_is_a_plain_404(client, settings, news, code, debug):
    settings.DEBUG = debug
    for query in NAMES_NOTHING:
        response = client.get(f"/{code}/news/?{query}")
        html = response.content.decode()
        assert response.status_code == 404, query
        assert PLAIN[code] in html, query
        assert not [words for words in MISSING if words in html], query


def test_a_parameter_said_twice_or_without_a_value_is_no_other(client, news):
    for query in ("topic=rivers&topic=rivers", "topic=rivers&year=", "topic=rivers&utm_source=wechat&Year=1"):
        html = client.get(f"/en/news/?{query}").content.decode()
        assert "River watch" in html
        assert "Rain" not in html


def test_a_known_year_without_news_here_says_so_and_shows_all(client, news):
    for year in ("2019", "2021"):  # of neither language, of the other
        html = read(client, "/en/news/", year=year)
        assert "No releases match these filters. All releases are shown." in html
        assert "River watch" in html
        assert "Rain" in html
        assert heading(html) == f"News · {year}"
    html = read(client, "/zh-hans/news/", year="2020")
    assert "没有符合条件的稿件。 以下为全部稿件。" in html
    assert "河流观测" in html
    assert "降雪" in html


def test_a_known_topic_without_news_says_so_and_shows_all(client, news):
    topic("lakes", ("Lakes", "湖泊"))
    html = read(client, "/en/news/", topic="lakes")
    assert heading(html) == "News · Lakes"
    assert "No releases match these filters." in html
    assert "River watch" in html
    assert '<link rel="canonical" href="http://testserver/en/news/">' in html


def test_a_place_after_which_nothing_stands_shows_the_newest(client, news):
    html = read(client, "/en/news/", page="20100101T000000000000-1", year="2018")
    assert "There are no older releases: these are the newest." in html
    assert "River watch" in html
    assert "Rain" not in html
    assert "published here yet" not in html


def test_an_empty_list_is_empty_whatever_is_asked_of_it(client):
    topic("rivers")
    assert "Nothing has been published here yet." in read(client, "/en/news/", topic="rivers")
    assert client.get("/en/news/?year=2018").status_code == 404


def test_title_and_headline_say_how_the_list_is_narrowed(client, news):
    html = read(client, "/zh-hans/news/", topic="rivers", year="2018", page="20190101T000000000000-1")
    assert heading(html) == "新闻 · 河流 · 2018 · 2019年1月1日以前"
    assert title(html).startswith("新闻 · 河流 · 2018 · 2019年1月1日以前 · ")
    assert heading(read(client, "/en/news/")) == "News"


def test_each_link_to_all_says_all_of_what(client, news):
    partner_pair(city="Lantern Bay", kind="media")
    texts = read(client, "/en/news/") + read(client, "/en/partners/")
    for words in ("All topics", "All years", "All types", "All cities"):
        assert texts.count(f">{words}</a>") == 1
    assert ">All</a>" not in texts


class TestRenamedTopic:
    def rename(self, slug):
        found = Topic.objects.get(name_en="Rivers")
        found.slug = slug
        found.save()

    def led(self, client, path):
        response = client.get(path, follow=True)
        return response.status_code, [url for url, _status in response.redirect_chain]

    def test_its_old_address_leads_on_in_both_languages(self, client, news):
        self.rename("waters")
        for code in ("en", "zh-hans"):
            assert self.led(client, f"/{code}/news/?topic=rivers") == (200, [f"/{code}/news/?topic=waters"])
        assert self.led(client, "/en/news/?year=2018&topic=rivers") == (200, ["/en/news/?topic=waters&year=2018"])
        assert client.get("/en/news/?topic=rivers").status_code == 302  # it may be called so again

    def test_never_in_a_circle(self, client, news):
        for slug in ("waters", "rivers", "waters", "streams", "rivers"):
            self.rename(slug)
        assert self.led(client, "/en/news/?topic=rivers") == (200, [])
        assert self.led(client, "/en/news/?topic=waters")[0] == 200
        assert self.led(client, "/en/news/?topic=streams") == (200, ["/en/news/?topic=rivers"])

    def test_another_topic_takes_the_old_name(self, client, news):
        self.rename("waters")
        topic("rivers", ("Rivers of Asia", "亚洲河流"))
        assert heading(read(client, "/en/news/", topic="rivers")) == "News · Rivers of Asia"


class TestPartners:
    @pytest.fixture(autouse=True)
    def partners(self):
        partner_pair(("Alpha Lab", "甲实验室"), kind="institute", city="Lantern Bay")
        partner_pair(("Beta Works", "乙公司"), kind="company", city="Sample Ridge")

    @pytest.mark.parametrize("query", ["kind=school", "kind=COMPANY", "city=Atlantis", "city=x&city=y", "kind=1"])
    def test_what_names_nothing_is_a_plain_404(self, client, query):
        response = client.get(f"/zh-hans/partners/?{query}")
        assert response.status_code == 404
        assert PLAIN["zh-hans"] in response.content.decode()

    def test_a_kind_that_nobody_is_says_so_and_shows_all(self, client):
        html = read(client, "/en/partners/", kind="media")
        assert heading(html) == "Partners · Media"
        assert "No partners match these filters. All partners are shown." in html
        assert "Alpha Lab" in html
        html = read(client, "/en/partners/", kind="company", city="Lantern Bay")
        assert "No partners match" in html
        assert "Beta Works" in html

    def test_kind_and_city_narrow_together(self, client):
        html = read(client, "/en/partners/", kind="company", city="Sample Ridge")
        assert heading(html) == "Partners · Company · Sample Ridge"
        assert "Alpha Lab" not in html
        assert 'href="?kind=institute&amp;city=Sample%20Ridge"' in html


class TestSearch:
    @pytest.mark.parametrize("query", ["in=article", "year=18", "year=２０１８", "year=-1", "after=0", "after=-5"])
    def test_what_names_nothing_is_a_plain_404(self, client, news, query):
        response = client.get(f"/en/search/?q=rain&{query}")
        assert response.status_code == 404
        assert PLAIN["en"] in response.content.decode()

    @pytest.mark.parametrize("query", ["in=partners", "year=1999"])
    def test_what_finds_nothing_says_so_and_shows_all(self, client, news, query):
        html = client.get(f"/en/search/?q=rain&{query}").content.decode()
        assert "Nothing was found in this selection. All results are shown." in html
        assert "<mark>Rain</mark>" in html

    def test_title_and_headline_say_how_it_is_narrowed(self, client, news):
        html = read(client, "/en/search/", q="rain", year="2020", **{"in": "articles"})
        assert heading(html) == "Search: rain · News · 2020"
        assert title(html).startswith("Search: rain · News · 2020")
        assert "1 result" in html


class TestFeed:
    def test_a_topic_narrows_it(self, client, news):
        feed = feedparser.parse(client.get("/en/news/feed/?topic=rivers").content)
        assert not feed.bozo
        assert [entry.title for entry in feed.entries] == ["River watch"]
        assert feed.feed.title.endswith("· Rivers")
        whole = feedparser.parse(client.get("/en/news/feed/?utm_source=x").content)
        assert {entry.title for entry in whole.entries} == {"River watch", "Rain"}
        assert whole.feed.id != feed.feed.id

    @pytest.mark.parametrize("query", ["topic=none", "topic=rivers&topic=rain"])
    def test_what_names_nothing_is_a_404(self, client, news, query):
        assert client.get(f"/zh-hans/news/feed/?{query}").status_code == 404
