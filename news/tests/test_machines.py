"""Feeds, sitemaps, robots.txt."""

from datetime import timedelta
from xml.etree import ElementTree

import feedparser
import pytest
from django.utils import timezone

from home import sitemaps
from home.languages import CHINESE, ENGLISH
from news.pair.pair import release_of

from .pairs import article_pair, change_live, partner_pair

pytestmark = pytest.mark.django_db
SITE = "http://testserver"
NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
}


def xml(client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/xml")
    return ElementTree.fromstring(response.content)


class TestFeed:
    def test_it_is_full_text_in_one_language(self, client):
        english, chinese = article_pair()
        article_pair(title=("Only English", "仅英文"), live=[ENGLISH])
        feed = feedparser.parse(client.get("/zh-hans/news/feed/").content)
        assert not feed.bozo
        assert feed.feed.language == "zh-Hans"
        assert [entry.title for entry in feed.entries] == ["清新空气周"]
        (entry,) = feed.entries
        assert entry.link == SITE + chinese.url
        assert entry.summary == "清新空气持续一周。"
        assert "论坛开幕。" in entry.content[0].value
        assert entry.published == "2017-11-07T00:00:00+08:00"
        assert english.title not in str(feed)

    def test_ids_are_stable_and_differ_between_the_languages(self, client):
        english, _chinese = article_pair()
        ids = {
            language.code: feedparser.parse(client.get(f"/{language.code}/news/feed/").content).entries[0].id
            for language in (ENGLISH, CHINESE)
        }
        assert len(set(ids.values())) == 2
        english.slug = "elsewhere"
        change_live(english)
        assert feedparser.parse(client.get("/en/news/feed/").content).entries[0].id == ids["en"]

    def test_publishing_again_moves_updated(self, client):
        english, _chinese = article_pair()
        before = feedparser.parse(client.get("/en/news/feed/").content).entries[0]
        release = release_of(english)
        release.changed_at = timezone.now()
        release.save()
        after = feedparser.parse(client.get("/en/news/feed/").content).entries[0]
        assert after.updated_parsed > before.updated_parsed == after.published_parsed
        assert after.published == before.published

    def test_an_empty_feed_is_a_feed(self, client):
        assert not feedparser.parse(client.get("/en/news/feed/").content).bozo


class TestSitemap:
    def test_both_trees_with_reciprocal_alternates(self, client):
        english, chinese = article_pair()
        partner_pair(live=[ENGLISH])
        found = {}
        for url in xml(client, "/sitemap.xml").findall("s:url", NAMES):
            links = url.findall("x:link", NAMES)
            found[url.find("s:loc", NAMES).text] = {link.get("hreflang"): link.get("href") for link in links}
        pair = {"en": SITE + english.url, "zh-Hans": SITE + chinese.url, "x-default": SITE + english.url}
        assert found[SITE + english.url] == found[SITE + chinese.url] == pair
        assert found[f"{SITE}/zh-hans/"]["x-default"] == f"{SITE}/"
        partner = f"{SITE}/en/partners/example-institute/"
        assert found[partner] == {"en": partner, "x-default": partner}
        assert partner.replace("/en/", "/zh-hans/") not in found

    def test_past_the_limit_it_is_an_index_of_parts(self, client, monkeypatch):
        monkeypatch.setattr(sitemaps.PageSitemap, "limit", 3)
        article_pair()
        parts = [part.text for part in xml(client, "/sitemap.xml").findall("s:sitemap/s:loc", NAMES)]
        assert len(parts) == 3
        addresses = [
            url.text for part in parts for url in xml(client, part.removeprefix(SITE)).findall("s:url/s:loc", NAMES)
        ]
        assert len(addresses) == len(set(addresses)) == 8

    @pytest.mark.parametrize("path", ["/sitemap-pages.xml?p=99", "/sitemap-pages.xml?p=x", "/sitemap-other.xml"])
    def test_parts_that_are_not_there(self, client, path):
        assert client.get(path).status_code == 404


class TestNewsSitemap:
    def test_it_holds_the_last_two_days(self, client):
        recent = timezone.now() - timedelta(hours=47)
        _english, chinese = article_pair(title=("Fresh & new", "新鲜"), date=recent)
        article_pair(title=("Stale", "旧闻"), date=timezone.now() - timedelta(hours=49))
        found = xml(client, "/news-sitemap.xml").findall("s:url", NAMES)
        titles = {url.find("n:news/n:title", NAMES).text for url in found}
        assert titles == {"Fresh & new", "新鲜"}
        (url,) = [url for url in found if url.find("s:loc", NAMES).text == SITE + chinese.url]
        assert url.find("n:news/n:publication/n:language", NAMES).text == "zh-cn"
        assert url.find("n:news/n:publication/n:name", NAMES).text == "新闻中心"


def test_robots(client):
    text = client.get("/robots.txt").content.decode()
    assert f"Sitemap: {SITE}/sitemap.xml" in text
    assert "Disallow: /cms/" in text
