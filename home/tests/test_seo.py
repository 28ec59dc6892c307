"""Head tags from three viewpoints: original, translation, one language only."""

import re

import pytest

from home.languages import CHINESE, ENGLISH
from home.models import HomePage
from news.tests.pairs import article_pair, partner_pair

pytestmark = pytest.mark.django_db
SITE = "http://testserver"


def head_of(client, page):
    html = client.get(page.url).content.decode()
    canonical = re.findall(r'<link rel="canonical" href="(.*?)">', html)
    alternates = dict(re.findall(r'<link rel="alternate" hreflang="(.*?)" href="(.*?)">', html))
    return canonical, alternates


@pytest.mark.parametrize("make", [article_pair, partner_pair])
def test_both_versions_name_each_other_and_themselves(client, make):
    english, chinese = make()
    expected = {"en": SITE + english.url, "zh-Hans": SITE + chinese.url, "x-default": SITE + english.url}
    assert head_of(client, english) == ([SITE + english.url], expected)
    assert head_of(client, chinese) == ([SITE + chinese.url], expected)


@pytest.mark.parametrize("make", [article_pair, partner_pair])
def test_a_draft_is_no_alternate(client, make):
    english, _chinese = make(live=[ENGLISH])
    assert head_of(client, english)[1] == {"en": SITE + english.url, "x-default": SITE + english.url}


def test_a_chinese_only_page_is_its_own_default(client):
    _english, chinese = article_pair(original=CHINESE, live=[CHINESE])
    assert head_of(client, chinese)[1] == {"zh-Hans": SITE + chinese.url, "x-default": SITE + chinese.url}


def test_the_home_pages_default_to_the_front_door(client):
    expected = {"en": f"{SITE}/en/", "zh-Hans": f"{SITE}/zh-hans/", "x-default": f"{SITE}/"}
    for home in HomePage.objects.all():
        assert head_of(client, home) == ([SITE + home.url], expected)


def test_a_404_has_no_canonical_address(client):
    html = client.get("/en/nowhere/").content.decode()
    assert "canonical" not in html
    assert "hreflang" not in html.split("</head>")[0]
    assert 'content="noindex"' in html
