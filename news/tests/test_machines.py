"""Feeds, sitemaps, robots.txt."""

from datetime import timedelta
from xml.etree import ElementTree

import feedparser
import pytest
from django.utils import timezone
from wagtail.models import Page

from home import clock, sitemaps
from home.languages import CHINESE, ENGLISH
from news.pair.pair import release_of

from .pairs import article_pair, change_live, hide, partner_pair, plain

pytestmark = pytest.mark.django_db
SITE = "http://testserver"
NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
}


def said(url):
    """What a sitemap says of an address."""
    links = [(link.get("hreflang"), link.get("href")) for link in url.findall("x:link", NAMES)]
    return url.find("s:loc", NAMES).text, url.findtext("s:lastmod", namespaces=NAMES), tuple(links)


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
        monkeypatch.setattr(sitemaps, "LIMIT", 3)
        article_pair()
        parts = [part.text for part in xml(client, "/sitemap.xml").findall("s:sitemap/s:loc", NAMES)]
        files = [xml(client, part.removeprefix(SITE)).findall("s:url", NAMES) for part in parts]
        assert all(1 <= len(urls) <= 3 for urls in files)
        monkeypatch.undo()
        whole = xml(client, "/sitemap.xml").findall("s:url", NAMES)
        assert [said(url) for urls in files for url in urls] == [said(url) for url in whole]
        assert len(whole) == len({said(url) for url in whole}) == 8

    def test_a_part_says_when_the_newest_of_it_was_published(self, client, monkeypatch):
        monkeypatch.setattr(sitemaps, "LIMIT", 1)
        english, _chinese = article_pair()
        old, new = timezone.now() - timedelta(days=900), timezone.now()
        Page.objects.update(last_published_at=old)
        Page.objects.filter(pk=english.pk).update(last_published_at=new)
        parts = xml(client, "/sitemap.xml").findall("s:sitemap", NAMES)
        days = {
            part.find("s:loc", NAMES).text.partition("?")[2]: part.find("s:lastmod", NAMES).text[:10] for part in parts
        }
        assert days.pop(f"p={english.pk + 1}") == str(clock.day(new))
        assert set(days.values()) == {str(clock.day(old))}
        (url,) = xml(client, f"/sitemap-pages.xml?p={english.pk + 1}").findall("s:url", NAMES)
        assert url.find("s:loc", NAMES).text == SITE + english.url
        assert url.find("s:lastmod", NAMES).text == str(clock.day(new))

    def test_what_a_part_leaves_out(self, client, monkeypatch):
        monkeypatch.setattr(sitemaps, "LIMIT", 1)
        english, chinese = article_pair()
        hide(chinese)
        assert client.get(f"/sitemap-pages.xml?p={chinese.pk + 1}").status_code == 404
        (url,) = xml(client, f"/sitemap-pages.xml?p={english.pk + 1}").findall("s:url", NAMES)
        assert [link.get("hreflang") for link in url.findall("x:link", NAMES)] == ["en", "x-default"]

    def test_addresses_are_those_of_the_pages(self, client):
        article_pair()
        plain("Contact", live=True)
        found = [url.text for url in xml(client, "/sitemap.xml").findall("s:url/s:loc", NAMES)]
        public = Page.objects.live().filter(depth__gt=1).order_by("pk")
        assert found == [page.full_url for page in public]

    @pytest.mark.parametrize(
        "path", ["/sitemap-pages.xml?p=99", "/sitemap-pages.xml?p=x", "/sitemap-pages.xml?p=0", "/sitemap-other.xml"]
    )
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
