"""However many releases there are, a page reads those that it shows: SQLite walks along the dates and sorts nothing.

PostgreSQL counts what it has by itself, and says its plans otherwise.
"""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from home.languages import ENGLISH
from news.models import ArticlePage, ArticlePartner, ArticleTopic, Topic, facets, querysets

from .pairs import DATE, article_pair, locale, partner_pair

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL says its plans otherwise"),
]
GROWING = ("wagtailcore_page", "news_articlepage", "news_articletopic", "news_articlepartner", "news_release")
BY_DATE = "INDEX news_newest_first"


@pytest.fixture(params=["without statistics", "told by ANALYZE"])
def told(request):
    """What is done once articles are there: nothing, or SQLite is told that there are 10,000 times as many."""

    def tell():
        if request.param == "without statistics":
            return
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
            marks = ", ".join(["%s"] * len(GROWING))
            cursor.execute(f"SELECT rowid, stat FROM sqlite_stat1 WHERE tbl IN ({marks})", GROWING)
            for row, stat in cursor.fetchall():
                grown = " ".join(str(int(n) * 10_000) if n.isdigit() and int(n) > 2 else n for n in stat.split())
                cursor.execute("UPDATE sqlite_stat1 SET stat = %s WHERE rowid = %s", [grown, row])
            cursor.execute("ANALYZE sqlite_master")  # reads them anew

    return tell


def plans(client, path):
    """Of each query that reads news by date: [what is done in it, subqueries aside]."""
    client.get(path)
    facets.forget()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    found = []
    with connection.cursor() as cursor:
        for query in captured.captured_queries:
            if 'ORDER BY "news_articlepage"."date"' in query["sql"]:
                cursor.execute("EXPLAIN QUERY PLAN " + query["sql"])
                found.append([step for _number, above, _unused, step in cursor.fetchall() if above == 0])
    return found


@pytest.fixture
def many(monkeypatch):
    """Every topic and partner stands in many articles."""
    monkeypatch.setattr(querysets, "FEW", 0)


@pytest.mark.parametrize(
    "path",
    [
        "/en/",
        "/en/news/",
        "/en/news/?topic=air",
        "/en/news/?year=2017",
        "/en/news/?topic=air&year=2017",
        "/zh-hans/news/?page=20171109T000000000000-9",
        "/en/news/feed/",
        "/zh-hans/news/feed/?topic=air",
        "/news-sitemap.xml",
        "/en/news/the-fourth/",
        "/zh-hans/partners/example-institute/",
    ],
)
def test_news_is_read_along_the_dates(client, told, many, path):
    topic = Topic.objects.create(slug="air", name_en="Air", name_zh_hans="空气")
    partner, _chinese = partner_pair()
    names = ("The first", "The second", "The third", "The fourth", "The fifth", "The sixth", "The seventh")
    for day, name in enumerate(names):
        article_pair(
            title=(name, name),
            date=DATE + timedelta(days=day),
            article_topics=[ArticleTopic(topic=topic)],
            article_partners=[ArticlePartner(partner=partner)],
        )
    told()
    found = plans(client, path)
    assert found
    for steps in found:
        assert BY_DATE in steps[0], steps
        assert not [step for step in steps if "TEMP B-TREE" in step], steps


def test_what_few_articles_are_about_is_found_by_itself(client, told):
    """A topic or a partner that few articles name is not looked for along the dates of all."""
    topic = Topic.objects.create(slug="air", name_en="Air", name_zh_hans="空气")
    article_pair(article_topics=[ArticleTopic(topic=topic)])
    article_pair(title=("Another", "另一"), date=DATE + timedelta(days=1))
    told()
    queryset = ArticlePage.objects.in_language(locale(ENGLISH)).released().on_topics(topic)
    assert [page.title for page in queryset] == ["A week of clean air"]
    first = queryset.newest_first().explain().splitlines()[0]
    assert BY_DATE not in first


@pytest.mark.parametrize("few", [0, 1000])
def test_both_ways_find_the_same(client, monkeypatch, few):
    monkeypatch.setattr(querysets, "FEW", few)
    topics = [Topic.objects.create(slug=slug, name_en=slug, name_zh_hans=slug) for slug in ("air", "water", "none")]
    partner, _chinese = partner_pair()
    both = [ArticleTopic(topic=topic) for topic in topics[:2]]
    article_pair(article_topics=both, article_partners=[ArticlePartner(partner=partner)])
    article_pair(title=("Water", "水"), article_topics=[ArticleTopic(topic=topics[1])])
    english = ArticlePage.objects.in_language(locale(ENGLISH)).released().newest_first()
    titles = [[page.title for page in english.on_topics(topic)] for topic in topics]
    assert titles == [["A week of clean air"], ["Water", "A week of clean air"], []]
    assert english.on_topics(*topics).count() == 2  # each once
    assert [page.title for page in english.naming(partner)] == ["A week of clean air"]
