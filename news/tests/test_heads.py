"""What machines read in the head of articles and profiles: as original, as translation, in one language only."""

import json
import re

import pytest
from wagtail.models import Page

from home.languages import CHINESE, ENGLISH
from home.models import HomePage
from news.demo import pictures
from news.demo.build import make_image
from news.models import FormerName

from .pairs import article_pair, locale, partner_pair

pytestmark = pytest.mark.django_db
SITE = "http://testserver"


def head(client, page):
    return client.get(page.url).content.decode().split("</head>")[0]


def data_of(client, page):
    """{type: structured data}"""
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', head(client, page))
    return {data["@type"]: data for data in map(json.loads, found)}


def meta(client, page, attribute):
    return dict(re.findall(rf'<meta {attribute}="(.*?)" content="(.*?)">', head(client, page)))


class TestArticle:
    @pytest.mark.parametrize("original", [ENGLISH, CHINESE])
    def test_original_and_translation_name_each_other(self, client, original):
        english, chinese = article_pair(original=original)
        first, second = (english, chinese) if original == ENGLISH else (chinese, english)
        data = data_of(client, first)["NewsArticle"]
        assert data["workTranslation"]["@id"] == SITE + second.url
        assert data["workTranslation"]["headline"] == second.title
        assert "translationOfWork" not in data
        data = data_of(client, second)["NewsArticle"]
        assert data["translationOfWork"]["@id"] == SITE + first.url
        assert data["translationOfWork"]["inLanguage"] == original.tag
        assert "workTranslation" not in data

    def test_an_article_in_one_language_names_no_other(self, client):
        english, _chinese = article_pair(live=[ENGLISH])
        data = data_of(client, english)["NewsArticle"]
        assert not {"workTranslation", "translationOfWork"} & set(data)
        assert "og:locale:alternate" not in meta(client, english, "property")

    def test_what_it_says_of_itself(self, client):
        _english, chinese = article_pair(source="Example Daily")
        Page.objects.filter(pk=chinese.pk).update(last_published_at=chinese.date)
        data = data_of(client, chinese)["NewsArticle"]
        assert data["headline"] == "清新空气周"
        assert data["inLanguage"] == "zh-Hans"
        assert data["datePublished"] == data["dateModified"] == "2017-11-07T00:00:00+08:00"
        assert data["author"] == {"@type": "Organization", "name": "Example Daily"}
        assert data["publisher"]["name"] == "新闻中心"

    def test_open_graph(self, client):
        english, chinese = article_pair()
        tags = meta(client, english, "property")
        assert (tags["og:locale"], tags["og:locale:alternate"]) == ("en_GB", "zh_CN")
        assert (tags["og:type"], tags["og:title"], tags["og:url"]) == ("article", english.title, SITE + english.url)
        tags = meta(client, chinese, "property")
        assert (tags["og:locale"], tags["og:locale:alternate"]) == ("zh_CN", "en_GB")

    def test_the_shared_image_is_the_lead_or_else_the_first_of_the_text(self, client):
        image = make_image("harbour", pictures.draw_logo("waves"))
        picture = ("image", {"image": image, "alt": "", "caption": "", "decorative": False})
        for fields in ({"lead_image": image}, {"body": [picture]}):
            english, _ = article_pair(title=(f"With {next(iter(fields))}", "图片"), **fields)
            tags = meta(client, english, "property")
            assert tags["og:image"].startswith(SITE)
            assert int(tags["og:image:width"]) >= 300
            shared, whole = data_of(client, english)["NewsArticle"]["image"]
            assert shared == tags["og:image"]
            assert whole.endswith("original.format-jpeg.jpg")

    def test_page_tags(self, client):
        _english, chinese = article_pair()
        tags = meta(client, chinese, "name")
        assert tags["SiteName"] == "新闻中心"
        assert tags["SiteDomain"] == "testserver"
        assert tags["ColumnName"] == "新闻"
        assert tags["ArticleTitle"] == "清新空气周"
        assert tags["PubDate"] == "2017-11-07 00:00"
        assert tags["ContentSource"] == "新闻中心"
        assert tags["Url"] == SITE + chinese.url
        assert "SiteIDCode" not in tags

    def test_the_code_of_a_registered_site(self, client):
        HomePage.objects.update(site_id_code="0000000000")
        english, _chinese = article_pair()
        assert meta(client, english, "name")["SiteIDCode"] == "0000000000"

    def test_breadcrumbs(self, client):
        english, _chinese = article_pair()
        trail = data_of(client, english)["BreadcrumbList"]["itemListElement"]
        assert [step["name"] for step in trail] == ["Newsroom", "News", "A week of clean air"]
        assert [step["position"] for step in trail] == [1, 2, 3]

    def test_a_title_cannot_end_the_script(self, client):
        english, _chinese = article_pair(title=("</script><script>alert(1)</script>", "标题"))
        html = head(client, english)
        assert "<script>alert" not in html
        assert data_of(client, english)["NewsArticle"]["headline"] == english.title


class TestPartner:
    def test_what_it_says_of_itself(self, client):
        english, chinese = partner_pair(
            website="https://institute.example/", founded=2009, former_names=[FormerName(name="Example Laboratory")]
        )
        data = data_of(client, english)["Organization"]
        assert (data["name"], data["url"], data["foundingDate"]) == (
            "Example Institute",
            "https://institute.example/",
            "2009",
        )
        assert data["alternateName"] == ["Example Laboratory"]
        assert data_of(client, chinese)["Organization"]["name"] == "示例研究院"

    def test_a_bare_profile_leaves_out_what_it_does_not_know(self, client):
        english, _ = partner_pair()
        assert not {"url", "foundingDate", "logo", "address", "alternateName"} & set(
            data_of(client, english)["Organization"]
        )


def test_the_description_is_the_summary_unless_there_is_a_better_one(client):
    english, _chinese = article_pair()
    assert meta(client, english, "name")["description"] == "Clean air for a week."
    Page.objects.filter(pk=english.pk).update(search_description="For search.")
    assert meta(client, english, "name")["description"] == "For search."


def test_every_page_names_its_feed(client):
    home = HomePage.objects.get(locale=locale(CHINESE))
    assert '<link rel="alternate" type="application/atom+xml" href="/zh-hans/news/feed/"' in head(client, home)
