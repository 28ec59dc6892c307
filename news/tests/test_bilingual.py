"""Both languages beside each other, and ways to pass an article on."""

import re
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import RequestFactory
from django.utils import timezone, translation

from home.elsewhere import Gone
from home.languages import ENGLISH
from home.models import Appearance, HomePage
from home.views import withdrawn
from news.bilingual import rows
from news.models import ArticlePage

from .pairs import article_pair

pytestmark = pytest.mark.django_db


class Block:
    def __init__(self, name):
        self.id = name

    def __repr__(self):
        return self.id


def paired(left, right):
    def names(text):
        return [Block(name) for name in text]

    return "".join(f"{a or '-'}{b or '-'} " for a, b in rows(names(left), names(right))).strip()


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("abc", "abc", "aa bb cc"),
        ("abc", "ac", "aa b- cc"),
        ("ac", "abc", "aa -b cc"),
        ("a", "xay", "-x aa -y"),
        ("", "xy", "-x -y"),
        ("ab", "", "a- b-"),
        ("ab", "ba", "aa bb"),
    ],
)
def test_blocks_are_paired_by_their_id(left, right, expected):
    assert paired(left, right) == expected


class TestParallelReading:
    def test_block_by_block_each_in_its_language(self, client):
        english, chinese = article_pair()
        html = client.get(f"{english.url}bilingual/").content.decode()
        ours, theirs = html.index("The forum opened."), html.index("论坛开幕。")
        assert ours < theirs
        assert '<div class="block block-paragraph" lang="zh-Hans">' in html
        assert f'id="b-{english.body[0].id}"' in html
        html = client.get(f"{chinese.url}bilingual/").content.decode()
        assert html.index("论坛开幕。") < html.index("The forum opened.")
        assert '<div class="block block-paragraph" lang="en">' in html

    def test_labels_inside_a_block_are_in_its_language(self, client):
        english, _ = article_pair(body=[("embed", {"url": "https://vimeo.com/1", "title": "The forum opened."})])
        html = client.get(f"{english.url}bilingual/").content.decode()
        assert "Watch on Vimeo" in html
        assert "在Vimeo观看" in html

    def test_it_is_the_articles_shadow_for_crawlers(self, client):
        english, _ = article_pair()
        head = client.get(f"{english.url}bilingual/").content.decode().split("</head>")[0]
        assert f'<link rel="canonical" href="http://testserver{english.url}">' in head
        assert 'content="noindex"' in head

    def test_the_switcher_turns_it_round(self, client):
        english, chinese = article_pair()
        html = client.get(f"{english.url}bilingual/").content.decode()
        assert f'<a href="{chinese.url}bilingual/" lang="zh-Hans" hreflang="zh-Hans">中文</a>' in html

    def test_one_language_alone_cannot_be_read_so(self, client):
        english, _ = article_pair(live=[ENGLISH])
        assert client.get(f"{english.url}bilingual/").status_code == 404
        assert "bilingual" not in client.get(english.url).content.decode()

    @pytest.mark.parametrize("slug", ["nothing", "news", "feed"])
    def test_what_is_no_article_is_a_404(self, client, slug):
        assert client.get(f"/en/news/{slug}/bilingual/").status_code == 404


class TestShare:
    def test_plain_links_and_a_code(self, client):
        english, _ = article_pair(title=("A & B: “quoted” ?", "甲"))
        html = client.get(english.url).content.decode()
        weibo = re.search(r'href="(https://service.weibo.com[^"]*)"', html)[1].replace("&amp;", "&")
        query = parse_qs(urlsplit(weibo).query)
        assert query == {"url": [f"http://testserver{english.url}"], "title": [english.title]}
        assert re.search(r'href="mailto:\?subject=A%20%26%20B[^"]*http%3A//testserver', html)
        assert "<svg" in html
        assert "style=" not in html

    def test_the_code_is_drawn_here(self, client):
        english, _ = article_pair()
        svg = re.search(r"<svg.*?</svg>", client.get(english.url).content.decode(), re.S)[0]
        assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")


class TestGreyDays:
    @pytest.mark.parametrize(
        ("start", "end", "grey"), [(0, None, True), (-1, 1, True), (1, 2, False), (-2, -1, False), (-1, None, False)]
    )
    def test_the_whole_site_is_grey_from_day_to_day(self, client, start, end, grey):
        site = HomePage.objects.first().get_site()
        today = timezone.localdate()
        client.get("/en/")  # what was cached before is forgotten
        Appearance.objects.create(
            site=site,
            grey_from=today + timedelta(days=start),
            grey_until=None if end is None else today + timedelta(days=end),
        )
        assert ('class="grey"' in client.get("/zh-hans/").content.decode()) == grey

    def test_the_last_day_is_not_before_the_first(self):
        from django.core.exceptions import ValidationError

        today = timezone.localdate()
        with pytest.raises(ValidationError):
            Appearance(grey_from=today, grey_until=today - timedelta(days=1)).clean()


def test_withdrawn_is_said_with_its_date_in_the_readers_language():
    request = RequestFactory().get("/zh-hans/news/x/")
    moment = timezone.make_aware(datetime(2026, 11, 7))
    with translation.override("zh-hans"):
        response = withdrawn(request, Gone(moment, None, ArticlePage.said_as))
    html = response.content.decode()
    assert response.status_code == 410
    assert response["X-Robots-Tag"] == "noindex"
    assert "该稿件已撤下" in html
    assert "2026年11月7日" in html
