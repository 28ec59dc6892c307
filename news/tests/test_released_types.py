"""A released page type of another app appears wherever released pages do, without a change elsewhere."""

import pytest
from django.urls import reverse

from home.languages import ENGLISH
from news.findings.elsewhere import holders
from news.findings.link_check import addresses
from news.models import NewsIndexPage
from news.models.released import REGISTER, models_with
from news.release.publishing import release_both

from .briefings.models import BriefingPage
from .pairs import BOTH, article_pair, locale, make_pair
from .scene import KINDS, Scene

pytestmark = pytest.mark.django_db
LINK = "https://example.org/minutes"


@pytest.fixture
def briefing():
    """(English, Chinese), public."""
    words = {"title": ("A briefing on ports", "港口通报"), "summary": ("Ports.", "港口。")}
    body = [("paragraph", f'<p>Read <a href="{LINK}">the minutes</a> of 417 ports.</p>')]
    english, _chinese = pair = make_pair(BriefingPage, NewsIndexPage, ENGLISH, BOTH, True, words, [], body=body)
    assert english.date is not None
    return pair


def test_it_is_registered_with_those_of_the_house():
    ours = [label for label in REGISTER if not label.startswith("briefings.")]
    assert ours == ["news.PartnerPage", "news.ArticlePage"]
    assert models_with("lists") == [REGISTER["news.ArticlePage"].model, BriefingPage]


@pytest.mark.parametrize(("prefix", "title"), [("en", "A briefing on ports"), ("zh-hans", "港口通报")])
def test_it_appears_in_feed_lists_sitemap_and_parallel_reading(client, briefing, prefix, title):
    older, _chinese = article_pair()
    for path in (f"/{prefix}/", f"/{prefix}/news/", f"/{prefix}/news/feed/"):
        assert title in client.get(path).content.decode(), path
    for path in ("/news-sitemap.xml", "/sitemap.xml"):
        assert f"/{prefix}/news/{briefing[0].slug}/" in client.get(path).content.decode(), path
    listed = client.get(f"/{prefix}/news/").content.decode()
    assert listed.index(briefing[0].slug) < listed.index(older.slug)  # newest first, whatever the type
    parallel = client.get(f"/{prefix}/news/{briefing[0].slug}/bilingual/")
    assert parallel.status_code == 200
    assert "A briefing on ports" in parallel.content.decode()
    assert "港口通报" in parallel.content.decode()


def test_a_list_of_two_types_goes_on_without_a_gap(client, monkeypatch, briefing):
    monkeypatch.setattr("news.models.sections.PAGE_SIZE", 1)
    article_pair()
    first = client.get("/en/news/")
    assert "A briefing on ports" in first.content.decode()
    following = client.get(f"/en/news/?page={first.context['part'].next}").content.decode()
    assert "A week of clean air" in following
    assert "A briefing on ports" not in following


def test_its_years_narrow_the_list(client, briefing):
    year = briefing[0].date.year
    assert str(year) in client.get("/en/news/").context["facets"].years
    assert "A briefing on ports" in client.get(f"/en/news/?year={year}").content.decode()


def test_its_links_are_asked_and_its_figures_found(briefing):
    assert LINK in addresses()
    assert {holder.page.pk for holder in holders("417 ports")} == {page.pk for page in briefing}


def test_it_goes_through_review_and_release(client, monkeypatch):
    monkeypatch.setitem(KINDS, "briefing", (BriefingPage, NewsIndexPage, {"body": [("paragraph", "<p>{}</p>")]}))
    scene = Scene("briefing").both_approved()
    client.force_login(scene.publisher)
    page = client.get(reverse("newsroom_releases:release", args=[scene.release.pk]))
    assert page.status_code == 200
    assert "Release both now" in page.content.decode()
    assert scene.page.draft_title in client.get(reverse("newsroom_releases:releases")).content.decode()
    release_both(scene.release, scene.publisher)
    assert len(scene.live_titles()) == 2


def test_its_section_offers_it(client):
    scene = Scene()
    section = NewsIndexPage.objects.get(locale=locale(ENGLISH))
    client.force_login(scene.author)
    offered = client.get(reverse("wagtailadmin_pages:add_subpage", args=[section.pk])).content.decode()
    assert "briefing page" in offered.lower()
