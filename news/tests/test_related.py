"""Under an article: the nearest before it on its topics, so that what is released later leaves it as it is."""

from datetime import timedelta

import pytest

from home.languages import CHINESE, ENGLISH
from news.models import ArticlePage, ArticleTopic, Topic

from .pairs import DATE, article_pair, hide

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic():
    return Topic.objects.create(slug="air", name_en="Air", name_zh_hans="空气")


def article(day, topic, **fields):
    fields.setdefault("title", (f"Day {day}", f"第{day}天"))
    topics = [ArticleTopic(topic=topic)] if topic else []
    return article_pair(date=DATE + timedelta(days=day), article_topics=topics, **fields)[0]


def related(page):
    return [other.title for other in ArticlePage.objects.get(pk=page.pk).related]


def test_the_nearest_before_it_come_first_the_newest(topic):
    pages = [article(day, topic) for day in range(8)]
    assert related(pages[6]) == ["Day 5", "Day 4", "Day 3", "Day 2"]


def test_where_too_few_are_older_the_nearest_after_it_follow(topic):
    pages = [article(day, topic) for day in range(7)]
    assert related(pages[1]) == ["Day 0", "Day 2", "Day 3", "Day 4"]
    assert related(pages[0]) == ["Day 1", "Day 2", "Day 3", "Day 4"]


def test_a_release_leaves_the_pages_of_older_news_as_they_are(client, topic):
    pages = [article(day, topic) for day in range(6)]
    before = [client.get(page.url).content for page in pages]
    article(9, topic)
    assert [client.get(page.url).content for page in pages] == before


def test_of_one_moment_each_stands_on_one_side(topic):
    pages = [article(0, topic, title=(f"No. {number}", f"{number}号")) for number in range(3)]
    assert related(pages[1]) == ["No. 0", "No. 2"]


def test_only_what_readers_of_the_language_may_see_and_each_once(topic):
    other = Topic.objects.create(slug="water", name_en="Water", name_zh_hans="水")
    page = article(5, topic)
    ArticleTopic.objects.create(page=page, topic=other, locale=page.locale)
    twice = article(4, topic)
    ArticleTopic.objects.create(page=twice, topic=other, locale=twice.locale)
    hide(article(3, topic))
    article(2, topic, live=[])
    article(1, topic, live=[CHINESE], original=CHINESE)
    article(1, None, title=("Of nothing", "无题"), live=[ENGLISH])
    assert related(page) == ["Day 4"]


def test_without_topics_there_are_none(topic):
    article(0, topic)
    assert related(article(1, None)) == []
