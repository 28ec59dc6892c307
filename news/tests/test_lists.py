"""Lists of articles: pure, newest first, going on, narrowed, without private pages, at a fixed price."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db.models import QuerySet
from wagtail.models import PageViewRestriction

from home.languages import CHINESE, ENGLISH
from news.models import ArticlePage, ArticlePartner, ArticleTopic, NewsIndexPage, Topic

from .pairs import DATE, add_live, article_pair, hide, locale, partner_pair

pytestmark = pytest.mark.django_db


def get(client, path, **query):
    response = client.get(path, query)
    assert response.status_code == 200, path
    return response.content.decode()


def many_articles(number):
    """English articles made in bulk, a day apart, the last the newest."""
    index = NewsIndexPage.objects.get(locale=locale(ENGLISH))
    for count in range(number):
        page = ArticlePage(
            title=f"News no. {count:03}", summary="Text.", date=DATE + timedelta(days=count), slug=f"news-{count}"
        )
        add_live(index, page)


def test_a_list_runs_newest_first_and_goes_on_to_the_end(client):
    many_articles(45)
    seen, path = [], "/en/news/"
    while path:
        html = get(client, path)
        seen += re.findall(r"News no. (\d+)", html)
        following = re.search(r'href="(\?page=[^"]+)" rel="next"', html)
        path = following and f"/en/news/{following[1]}"
    assert seen == [f"{count:03}" for count in reversed(range(45))]


def test_articles_of_the_same_moment_are_neither_lost_nor_repeated(client):
    index = NewsIndexPage.objects.get(locale=locale(ENGLISH))
    for count in range(25):
        add_live(index, ArticlePage(title=f"News no. {count:03}", summary="x", date=DATE, slug=f"n-{count}"))
    first = get(client, "/en/news/")
    second = get(client, "/en/news/" + re.search(r'href="(\?page=[^"]+)" rel="next"', first)[1])
    seen = re.findall(r"News no. (\d+)", first + second)
    assert sorted(seen) == [f"{count:03}" for count in range(25)]


@pytest.mark.parametrize("cursor", ["0", "-1", "999", "x", "1' OR 1=1", "9" * 400, "20171107T000000000000-", "１-１"])
def test_a_place_that_no_list_wrote_is_a_404(client, cursor):
    article_pair()
    response = client.get("/en/news/", {"page": cursor})
    assert response.status_code == 404
    assert "Not yet available" not in response.content.decode()


def test_narrowing_by_topic_and_year(client):
    topic = Topic.objects.create(slug="air", name_en="Clean air", name_zh_hans="洁净空气")
    Topic.objects.create(slug="unused", name_en="Unused", name_zh_hans="未用")
    article_pair(article_topics=[ArticleTopic(topic=topic)])
    newer = datetime(2020, 1, 1, 3, tzinfo=ZoneInfo("Asia/Shanghai"))  # still 2019 in London
    article_pair(title=("Only English", "仅英文"), live=[ENGLISH], date=newer)
    html = get(client, "/en/news/")
    assert "?topic=air" in html
    assert "?year=2020" in html
    assert "?year=2019" not in html
    assert "Unused" not in html
    html = get(client, "/en/news/", topic="air")
    assert "A week of clean air" in html
    assert "Only English" not in html
    assert '<a href="/zh-hans/news/?topic=air" lang="zh-Hans" hreflang="zh-Hans">中文</a>' in html
    html = get(client, "/en/news/", year="2020")
    assert "Only English" in html
    assert "A week of clean air" not in html
    assert '<a href="/zh-hans/news/" lang="zh-Hans"' in html  # nothing of 2020 there


@pytest.mark.parametrize("query", [{"topic": "none"}, {"year": "1066"}, {"year": "x"}, {"year": "²"}])
def test_narrowing_by_what_is_not_there_is_a_404(client, query):
    article_pair()
    response = client.get("/en/news/", query)
    assert response.status_code == 404
    assert "Page not found" in response.content.decode()


class TestCanary:
    """A private page and a draft stand in no list, head or profile."""

    def texts(self, client):
        paths = ["/en/", "/en/news/", "/en/partners/", "/zh-hans/news/", "/en/news/feed/", "/zh-hans/news/feed/"]
        paths += ["/sitemap.xml", "/news-sitemap.xml"]
        return "".join(get(client, path) for path in paths)

    def restrict(self, page):
        hide(page)

    def test_a_private_article(self, client):
        partner, _ = partner_pair()
        english, chinese = article_pair(
            title=("Canary", "金丝雀"),
            article_partners=[ArticlePartner(partner=partner)],
            date=datetime.now(DATE.tzinfo),
        )
        topic = Topic.objects.create(slug="t", name_en="T", name_zh_hans="T")
        beside, _ = article_pair(title=("Beside", "旁边"), article_topics=[ArticleTopic(topic=topic)])
        assert "Canary" in self.texts(client)
        self.restrict(english)
        texts = self.texts(client) + get(client, partner.url) + get(client, beside.url) + get(client, chinese.url)
        assert "Canary" not in texts
        assert client.get(english.url).status_code == 302  # to the sign-in
        assert client.get(f"{chinese.url}bilingual/").status_code == 404

    def test_a_private_partner(self, client):
        partner, translated = partner_pair(title=("Canary", "金丝雀"))
        english, chinese = article_pair(article_partners=[ArticlePartner(partner=partner)])
        assert "Canary" in get(client, english.url)
        self.restrict(partner)
        assert "Canary" not in self.texts(client) + get(client, chinese.url)
        assert "金丝雀" in get(client, ArticlePage.objects.get(pk=english.pk).url)  # the other language stands in
        self.restrict(translated)
        assert "金丝雀" not in get(client, english.url)

    def test_a_private_section_with_all_below_it(self, client):
        english, _chinese = article_pair(title=("Canary", "金丝雀"))
        row = PageViewRestriction(page=english.get_parent(), restriction_type=PageViewRestriction.LOGIN)
        QuerySet(PageViewRestriction).bulk_create([row])  # as an earlier version let it happen
        for path in ("/en/", "/en/news/feed/", "/sitemap.xml"):
            assert "Canary" not in get(client, path)
        assert "/en/news/" not in re.search(r"<nav class=\"menu.*?</nav>", get(client, "/en/"), re.S)[0]

    def test_a_draft(self, client):
        article_pair(title=("Canary", "金丝雀"), live=[], date=datetime.now(DATE.tzinfo))
        texts = self.texts(client)
        assert "Canary" not in texts
        assert "金丝雀" not in texts


class TestPrice:
    """At most 8 queries, and not one more for many articles than for a few."""

    def test_article(self, client, django_assert_max_num_queries, django_assert_num_queries):
        topic = Topic.objects.create(slug="air", name_en="Air", name_zh_hans="空气")
        partner, _ = partner_pair()
        english, _chinese = article_pair(
            article_topics=[ArticleTopic(topic=topic)], article_partners=[ArticlePartner(partner=partner)]
        )
        article_pair(title=("Related", "相关"), article_topics=[ArticleTopic(topic=topic)])
        client.get(english.url)
        with django_assert_max_num_queries(8) as few:
            client.get(english.url)
            price = len(few)
        many_articles(60)
        client.get(english.url)
        with django_assert_num_queries(price):
            client.get(english.url)

    def test_partners_are_asked_for_where_some_are_named(self, client, django_assert_max_num_queries):
        partner, _ = partner_pair()
        english, _chinese = article_pair()
        naming, _chinese = article_pair(title=("Naming", "提及"), article_partners=[ArticlePartner(partner=partner)])
        asked = []
        for page in (english, naming):
            client.get(page.url)
            with django_assert_max_num_queries(8) as queries:
                html = client.get(page.url).content.decode()
                asked.append(sum('FROM "news_partnerpage"' in query["sql"] for query in queries.captured_queries))
            assert ("Partners in this release" in html) == (page == naming)
        assert asked == [0, 1]

    @pytest.mark.parametrize("path", ["/en/", "/en/news/", "/en/partners/", "/en/news/feed/", "/sitemap.xml"])
    def test_lists(self, client, path, django_assert_max_num_queries, django_assert_num_queries):
        article_pair()
        partner_pair()
        client.get(path)
        with django_assert_max_num_queries(8) as few:
            client.get(path)
            price = len(few)
        many_articles(60)
        for count in range(5):
            partner_pair(title=(f"Institute {count}", f"研究院{count}"))
        client.get(path)
        with django_assert_num_queries(price):
            client.get(path)


def test_the_list_of_the_other_language_is_its_own(client):
    article_pair(title=("Only Chinese", "仅中文"), original=CHINESE, live=[CHINESE])
    assert "Nothing has been published" in get(client, "/en/news/")


def test_a_narrowing_that_finds_nothing_says_so_and_shows_all(client):
    topic = Topic.objects.create(slug="air", name_en="Air", name_zh_hans="空气")
    article_pair(article_topics=[ArticleTopic(topic=topic)])
    later = datetime(2020, 1, 1, tzinfo=DATE.tzinfo)
    article_pair(title=("Another year", "另一年"), date=later)
    html = get(client, "/zh-hans/news/", topic="air", year="2020")
    assert "没有符合条件的稿件。" in html
    assert "清新空气周" in html
    assert "另一年" in html


def test_partners_stand_in_the_order_of_their_sounds(client):
    for title in (("The Zebra Institute", "占位港"), ("Alpha Lab", "灯塔湾"), ("Beta Works", "示例港")):
        partner_pair(title=title)
    english, chinese = get(client, "/en/partners/"), get(client, "/zh-hans/partners/")
    order = [english.index(name) for name in ("Alpha Lab", "Beta Works", "The Zebra Institute")]
    assert order == sorted(order)
    order = [chinese.index(name) for name in ("灯塔湾", "示例港", "占位港")]
    assert order == sorted(order)
