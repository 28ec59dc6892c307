"""Search, over real pages. It runs on SQLite and on PostgreSQL, and finds the same on both."""

import json
import re
import sys
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import Page

from home.languages import CHINESE, ENGLISH, LANGUAGES
from home.search import base, build, find, log
from home.search.models import IndexState, Search
from home.search.views import number
from home.visibility import private
from news.models import ArticlePage, ArticleTopic, PartnerPage, Topic
from news.release.publishing import release_both
from news.release.withdrawal import withdraw

from .pairs import article_pair, hide, locale, member_of, partner_pair
from .scene import WORDS, Scene, moment
from .search_set import QUERIES, TEXTS

pytestmark = pytest.mark.django_db
WORDS_BOTH = dict(WORDS)


def read(client, language, query, **parameters):
    response = client.get(f"/{language}/search/", {"q": query, **parameters})
    assert response.status_code == 200
    return response.content.decode()


def titles(html):
    found = re.findall(r"<h3><a [^>]*>(.*?)</a></h3>", html)
    return [re.sub("</?mark>", "", title) for title in found]


@pytest.mark.full
def test_the_labelled_set(client):
    made = {key: article_pair(title, summary, text) for key, (title, summary, text) in TEXTS.items()}
    keys = {page.title: key for key, pair in made.items() for page in pair}
    wrong = []
    for language, query, expected, what in QUERIES:
        found = sorted(keys[title] for title in titles(read(client, language, query)))
        if found != sorted(expected):
            wrong.append((what, query[:40], found, expected))
    assert wrong == []


def test_marks_stand_in_title_and_snippet_and_markup_is_escaped(client):
    article_pair(("Ports & <harbours>", "港口"), ("One.", "一。"), ("The low-carbon ports.", "低碳港口。"))
    html = read(client, "en", "harbour low")
    assert "Ports &amp; &lt;<mark>harbours</mark>&gt;" in html
    assert "The <mark>low</mark>-carbon ports." in html
    assert "&lt;script&gt;" in read(client, "en", "<script>")
    assert "<script>alert" not in read(client, "en", "<script>alert(1)</script>")


def test_partners_stand_apart_and_are_found_by_a_former_name(client):
    partner_pair(("Example Institute", "示例研究院"))
    article_pair(("The institute measures", "研究院开展测算"))
    html = read(client, "en", "institute")
    assert html.index("Example <mark>Institute</mark>") < html.index("The <mark>institute</mark> measures")
    assert titles(read(client, "en", "institute", **{"in": "partners"})) == ["Example Institute"]


def test_the_title_counts_most_then_the_date(client):
    zone = ZoneInfo("Asia/Shanghai")
    for year, title, text in ((2015, "Old trams", "x"), (2017, "Else", "Trams."), (2016, "Other", "Trams.")):
        article_pair((title, title + "。"), text=(text, "文"), date=datetime(year, 1, 1, tzinfo=zone))
    assert titles(read(client, "en", "trams")) == ["Old trams", "Else", "Other"]
    html = read(client, "en", "trams", year=2016)
    assert titles(html) == ["Other"]
    assert 'aria-current="true">2016' in html


@pytest.mark.full
def test_paging_goes_on_after_the_last(client, monkeypatch):
    monkeypatch.setattr("home.search.views.PAGE_SIZE", 2)
    for number_ in range(5):
        article_pair((f"Tram {number_}", f"电车{number_}"), date=moment(days=-number_))
    seen, query = [], {}
    for _page in range(3):
        html = read(client, "en", "tram", **query)
        seen += titles(html)
        follows = re.search(r"after=(\d+)", html)
        query = {"after": follows[1]} if follows else None
    assert seen == [f"Tram {number_}" for number_ in range(5)]
    assert query is None
    assert titles(read(client, "en", "tram", after="999999"))[0] == "Tram 0"


@pytest.mark.full
def test_more_matches_than_are_ranked(client, monkeypatch):
    monkeypatch.setattr("home.search.find.WINDOW", 2)
    for number_ in range(3):
        article_pair((f"Tram {number_}", f"电车{number_}"), date=moment(days=-number_))
    html = read(client, "en", "tram")
    assert "More than 1,000 results" in html
    assert "Only the newest 1,000 are listed." in html
    assert titles(html) == ["Tram 0", "Tram 1"]


def test_the_other_language_is_offered(client):
    article_pair(("Trams", "电车"))
    article_pair(("Buses", "公交"), text=("Trams, too.", "文"))
    html = read(client, "zh-hans", "trams")
    assert "没有找到相关内容" in html
    assert '<a href="/en/search/?q=trams" hreflang="en">英文结果2条</a>' in html
    # and the switcher keeps the question
    assert 'href="/en/search/?q=trams"' in html.split("<main")[0]


def test_nothing_found_says_what_else(client):
    article_pair(("Trams return", "电车回归"))
    html = read(client, "en", "trams submarines")
    assert "Nothing was found." in html
    assert '<a href="?q=trams">trams</a>' in html


def test_what_editors_recommend_stands_first(client):
    english, chinese = article_pair(("Trams", "电车"))
    draft, _ = article_pair(("Draft", "草稿"), live=[])
    query = Query.get("Rail")
    for page in (draft, english, chinese):
        SearchPromotion.objects.create(query=query, page=page)
    html = read(client, "en", "ＲＡＩＬ")
    assert re.findall(r'class="promoted".*?</section>', html, re.DOTALL)[0].count("<a ") == 1
    assert "Draft" not in html


class TestLeaks:
    def found(self, client, words="canary"):
        # Not in results, not in counts, not in the other language's count, not in suggestions.
        pages = [read(client, code, words) for code in LANGUAGES]
        suggested = [
            client.get(f"/{code}/search/suggestions/", {"q": words}).json()["suggestions"] for code in LANGUAGES
        ]
        counted = [re.findall(r"\d+ results?|结果\d+条|\d+条结果", html.split("<main")[1]) for html in pages]
        return [*map(titles, pages), *suggested, *counted]

    @pytest.mark.full
    def test_nothing_but_what_is_released(self, client):
        nothing = [[], [], [], [], [], []]
        article_pair(("Canary draft", "canary草稿"), live=[])
        embargoed = Scene()
        embargoed.edit(source="Canary embargoed")
        embargoed.original_approved()
        embargoed.translate({**WORDS_BOTH, "Canary embargoed": "canary禁发"})
        english, chinese = article_pair(("Canary private", "canary内部"))
        for page in (english, chinese):
            hide(page)
        assert self.found(client) == nothing
        release_both(embargoed.release, embargoed.publisher)
        assert self.found(client)[0] != []
        withdraw(embargoed.release, embargoed.publisher, "A mistake.")
        assert self.found(client) == nothing
        assert self.found(client, "can") == nothing
        article_pair(("Canary released", "canary发布"))
        assert self.found(client)[0] == ["Canary released"]
        assert self.found(client)[2:4] == [["Canary released"], ["canary发布"]]

    def test_words_of_a_live_articles_draft(self, client):
        scene = Scene()
        scene.both_live()
        scene.edit(title="Canary update")
        assert self.found(client) == [[], [], [], [], [], []]


def test_suggestions_are_titles_and_topics(client):
    topic = Topic.objects.create(slug="transport", name_en="Transport", name_zh_hans="交通")
    Topic.objects.create(slug="unused", name_en="Travel", name_zh_hans="旅行")
    article_pair(("Trams return", "电车回归"), article_topics=[ArticleTopic(topic=topic, locale=locale(ENGLISH))])
    ask = "/en/search/suggestions/"
    assert client.get(ask, {"q": "tra"}).json()["suggestions"] == ["Transport", "Trams return"]
    assert client.get("/zh-hans/search/suggestions/", {"q": "电"}).json()["suggestions"] == ["电车回归"]
    assert client.get(ask).json()["suggestions"] == []
    assert "Transport" in read(client, "en", "")  # without script: the page lists the topics


class TestLog:
    def test_it_counts_what_is_found_and_what_is_not(self, client):
        article_pair(("Trams", "电车"))
        for query in ("Trams", "TRAMS", "submarine"):
            read(client, "en", query)
        noted = set(Search.objects.values_list("words", "language", "times", "found"))
        assert noted == {("trams", "en", 2, 1), ("submarine", "en", 1, 0)}

    @pytest.mark.parametrize("query", ["ella@example.org", "+86 755 0000 0000", "440300190001010000", "  "])
    def test_nothing_personal(self, client, query):
        read(client, "zh-hans", query)
        assert not Search.objects.exists()

    def test_it_has_an_end(self, client, monkeypatch):
        monkeypatch.setattr(log, "A_DAY", 2)
        old = timezone.localdate() - log.KEPT - timedelta(days=1)
        Search.objects.create(words="old", language="en", day=old)
        for number_ in "abcd":
            read(client, "en", f"word{number_}")
        assert Search.objects.count() == 2

    def test_publishers_read_it_and_authors_do_not(self, client):
        Search.objects.create(words="submarine", language="en", day=timezone.localdate())
        client.force_login(member_of("Publishers", username="petra"))
        assert "submarine" in client.get("/cms/reports/searches/?found=nothing").content.decode()
        assert "submarine" not in client.get("/cms/reports/searches/?found=something").content.decode()
        Search.objects.create(words="=1+1", language="en", day=timezone.localdate())
        table = b"".join(client.get("/cms/reports/searches/?export=csv").streaming_content).decode()
        assert table.startswith("\ufeff")
        assert "\nsubmarine," in table
        assert "\n'=1+1," in table
        assert client.get("/cms/searchpicks/").status_code == 200
        client.force_login(member_of("English authors", username="ella"))
        assert client.get("/cms/reports/searches/").status_code == 302


def test_wagtails_own_ways_to_search():
    english, _ = article_pair(("Low carbon harbour", "低碳港口"), text=("Trams.", "电车。"))
    other, _ = article_pair(("Trams", "电车"), text=("A harbour.", "港口。"))
    pages = ArticlePage.objects.filter(locale=english.locale)
    assert list(pages.search("trams")) == [other, english]
    assert list(pages.search("trams", fields=["title"])) == [other]
    assert list(pages.search("trams", fields=["body"])) == [english]
    assert set(pages.search("low trams", operator="or")) == {english, other}
    assert list(pages.search("")) == list(pages.search("…")) == []
    assert list(pages.order_by("title").search("trams", order_by_relevance=False)) == [english, other]
    assert pages.search("trams").count() == 2
    assert [page.score > 0 for page in pages.search("trams").annotate_score("score")] == [True, True]
    assert list(Page.objects.autocomplete("harb")) == [english.page_ptr]


def test_more_matches_than_wagtails_search_ranks(monkeypatch):
    made = [article_pair((f"Tram{' tram' * number_}", "电车"))[0] for number_ in (3, 1, 0)]
    assert ArticlePage.objects.search("tram")[0] == made[0]  # the best, though it is the oldest
    monkeypatch.setattr(f"{type(base.backend()).__module__}.WINDOW", 2)
    assert list(ArticlePage.objects.search("tram")) == made[::-1]


class TestIndex:
    def test_it_is_built_anew_for_another_analyser(self, monkeypatch, capsys):
        english, _ = article_pair(("Trams", "电车"))
        call_command("build_search_index", "--if-needed")
        assert build.is_current()
        english.index_entries.all().delete()
        call_command("build_search_index", "--if-needed")
        assert not ArticlePage.objects.search("trams")
        IndexState.objects.update(analyser=0)
        call_command("build_search_index", "--if-needed")
        assert ArticlePage.objects.search("trams")
        assert "/s" in capsys.readouterr().err

    def test_a_very_long_text(self, client):
        english, _ = article_pair(("Trams", "电车"), text=("word " * 20_000 + "omega", "低碳" * 20_000))
        assert titles(read(client, "zh-hans", "低碳")) == ["电车"]
        assert english.index_entries.exists()


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=300), st.sampled_from(["en", "zh-hans"]), st.text(max_size=8), st.text(max_size=8))
def test_nothing_a_reader_can_type_is_an_error(query, language, after, year):
    client = Client()
    parameters = {"q": query, "after": after, "year": year, "in": year}
    assert client.get(f"/{language}/search/", {"q": query}).status_code == status(query)
    assert client.get(f"/{language}/search/", parameters).status_code in (200, 404)
    assert client.get(f"/{language}/search/suggestions/", parameters).status_code == status(query, after, year)


def status(*typed):
    return 404 if "\0" in "".join(typed) else 200  # home.middleware


def test_odd_addresses(client):
    article_pair(("Tram", "电车"))
    for query in ("q=%ff%fe", "q=" + "%E4" * 50, "q=a&q=b", "q=%F0%9F%98%80", "q=tram&year=0017"):
        assert client.get(f"/en/search/?{query}").status_code == 200
    for query in ("after=٣", "year=99999999999", "q=tram&year=1", "q=tram&year=9999", "q=tram&year=99999", "in=%00"):
        assert client.get(f"/en/search/?{query}").status_code == 404
    assert client.post("/en/search/").status_code == 405
    assert number("٣") is None


def test_the_page_is_not_for_crawlers(client):
    response = client.get("/en/search/?q=x")
    assert response["X-Robots-Tag"] == "noindex"
    assert json.loads(client.get("/en/search/suggestions/?q=x").content) == {"suggestions": []}


def test_the_page_takes_few_queries(client, django_assert_max_num_queries):
    for number_ in range(12):
        article_pair((f"Tram {number_}", f"电车{number_}"))
    partner_pair(("Tram Company", "电车公司"))
    read(client, "en", "tram")
    with django_assert_max_num_queries(24):
        read(client, "en", "tram")


@pytest.mark.full
@pytest.mark.parametrize("query", ["tram", "tram 1", "bus"])
def test_few_and_many_matches_come_in_the_same_order(monkeypatch, query):
    for number_ in range(6):
        article_pair((f"Tram {number_}", f"电车{number_}"))
    english = locale(ENGLISH)
    few = find.PageSearch(query, private()).find(ArticlePage, english).rows
    database = sys.modules[type(find.backend()).__module__]
    for module in (base, database):
        monkeypatch.setattr(module, "FEW", 0)
    monkeypatch.setattr(database, "PART", 2, raising=False)
    assert find.PageSearch(query, private()).find(ArticlePage, english).rows == few
    assert len(few) == {"tram": 6, "tram 1": 1, "bus": 0}[query]


def test_everything_of_a_group_is_said_in_the_template():
    assert set(find.groups()) == {"articles", "partners", "pages"}
    assert find.groups()["partners"] is PartnerPage
    assert CHINESE.code in LANGUAGES
