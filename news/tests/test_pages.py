"""What a reader gets of each page type, in both languages."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from wagtail.documents.models import Document

from home.languages import CHINESE, ENGLISH
from home.models import HomePage, StandardPage
from news.demo.build import make_image
from news.models import ArticlePartner, ArticleTopic, FormerName, LegacyRecord, Topic
from news.pair.file_refusals import FileNotDeleted
from news.release.submission import start_translating
from news.translation.drafts import save_draft
from news.translation.sync import fill

from .drawn import mark
from .pairs import article_pair, locale, partner_pair, publish
from .test_modelling import table_block

pytestmark = pytest.mark.django_db


def read(client, page):
    response = client.get(page.url)
    assert response.status_code == 200
    return response.content.decode()


def test_the_release_line(client):
    moment = datetime(2026, 9, 16, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
    english, chinese = article_pair(date=moment)
    LegacyRecord.objects.create(
        identity="x", translation_key=english.translation_key, language="en", views=1715, counted_on=moment.date()
    )
    html = read(client, english)
    assert '<time datetime="2026-09-16T09:30:00+08:00">16 September 2026, 09:30 Beijing time</time>' in html
    assert "Views: 1715" in html
    html = read(client, chinese)
    assert '<time datetime="2026-09-16T09:30:00+08:00">2026年9月16日 09:30（北京时间）</time>' in html
    assert "浏览次数：1715" in html
    assert "Views" not in html


def test_nobody_counted_nothing_is_said(client):
    english, _chinese = article_pair()
    assert "Views" not in read(client, english)


def test_an_article_without_a_date_is_dated_by_its_release_in_both_languages():
    english, chinese = article_pair(date=None)
    assert english.date == chinese.date
    assert english.first_published_at - english.date < timedelta(minutes=1)


def test_the_source(client):
    english, _chinese = article_pair(source="Example Daily")
    assert "Source: Example Daily" in read(client, english)


def test_every_block(client):
    image = make_image("harbour", mark("waves"), (("A harbour", "港口"), ("At dusk", "黄昏")))
    document = Document.objects.create(title="report", file=ContentFile(b"%PDF-1.4", name="report.pdf"))
    picture = {"image": image, "alt": "", "caption": "", "decorative": False}
    english, chinese = article_pair(
        lead_image=image,
        body=[
            ("heading", {"text": "A heading", "level": "h3"}),
            ("image", picture),
            ("image", {**picture, "alt": "Its own alt", "caption": "Its own caption"}),
            ("image", {**picture, "decorative": True}),
            ("quote", {"text": "A quotation", "attribution": "A speaker"}),
            table_block([["Shenzhen", "<5"]]),
            ("document", {"document": document, "title": ""}),
            ("embed", {"url": "https://vimeo.com/1", "title": "A recording"}),
        ],
    )
    html = read(client, english)
    assert "<h3>A heading</h3>" in html
    assert html.count('alt="A harbour"') == 2
    assert 'alt="Its own alt"' in html
    assert "Its own caption" in html
    assert html.count('alt=""') == 1
    assert 'type="image/avif"' in html
    assert "<blockquote>" in html
    assert "A speaker" in html
    assert '<th scope="col">City</th>' in html
    assert "&lt;5" in html
    assert f"/files/{english.translation_key}/{document.pk}/report.pdf" in html
    assert "Watch on Vimeo" in html
    assert "<iframe" not in html
    html = read(client, chinese)
    assert html.count('alt="港口"') == 3
    assert "黄昏" in html
    assert "At dusk" not in html


@pytest.mark.parametrize(
    "url",
    [
        "http://www.youtube.com/watch?v=1",
        "https://www.youtube.com.evil.example/",
        "https://evil.example/www.youtube.com",
        "javascript:alert(1)",
        "https://user@evil.example/",
    ],
)
def test_a_recording_elsewhere_is_refused(url):
    from django.core.exceptions import ValidationError

    from news.blocks import EmbedBlock

    block = EmbedBlock()
    with pytest.raises(ValidationError):
        block.clean(block.to_python({"url": url, "title": "x"}))


def test_partners_and_topics(client):
    partner, _ = partner_pair(live=[ENGLISH])
    topic = Topic.objects.create(slug="air", name_en="Clean air", name_zh_hans="洁净空气")
    english, chinese = article_pair(
        article_partners=[ArticlePartner(partner=partner)], article_topics=[ArticleTopic(topic=topic)]
    )
    assert "Clean air" in read(client, english)
    html = read(client, chinese)
    assert f'<a href="{partner.url}" lang="en" hreflang="en">Example Institute</a>' in html
    assert '<span class="language-note" lang="en">(English)</span>' in html
    assert "洁净空气" in html
    assert "Clean air" not in html


def test_a_profile(client):
    english, chinese = partner_pair(
        website="https://institute.example/",
        founded=2009,
        short_name="",
        city="",
        former_names=[FormerName(name="Example Laboratory", until=2014)],
    )
    article_pair(article_partners=[ArticlePartner(partner=english)])
    html = read(client, english)
    for words in ("Research institute", "2009", "https://institute.example/", "Example Laboratory (until 2014)"):
        assert words in html
    assert "A week of clean air" in html
    html = read(client, chinese)
    assert "研究机构" in html
    assert "清新空气周" in html
    assert "A week of clean air" not in html


def test_lists_are_pure_in_their_language(client):
    article_pair()
    article_pair(title=("Only English", "仅英文"), live=[ENGLISH])
    article_pair(title=("Only Chinese", "仅中文"), original=CHINESE, live=[CHINESE])
    partner_pair()
    for path in ("/en/", "/en/news/", "/zh-hans/", "/zh-hans/news/"):
        html = client.get(path).content.decode()
        english = path.startswith("/en/")
        assert ("A week of clean air" in html) == ("Only English" in html) == english
        assert ("清新空气周" in html) == ("仅中文" in html) == (not english)
    assert "Example Institute" in client.get("/en/partners/").content.decode()
    assert "示例研究院" in client.get("/zh-hans/partners/").content.decode()


def test_empty_lists_say_so(client):
    assert "Nothing has been published here yet." in client.get("/en/news/").content.decode()
    assert "暂无内容。" in client.get("/zh-hans/partners/").content.decode()


def test_a_plain_page(client):
    home = HomePage.objects.get(locale=locale(ENGLISH))
    page = StandardPage(title="About", body="<p>Who we are.</p>", live=False)
    home.add_child(instance=page)
    page.save_revision()
    translation = start_translating(page, None).translation.localized
    fill(translation, {"About": "关于我们", "Who we are.": "我们是谁。"})
    save_draft(translation)
    publish(page)
    assert "Who we are." in read(client, page)
    assert "我们是谁。" in read(client, page.get_translation(locale(CHINESE)))


def test_the_footer_says_who_publishes_in_each_language(client):
    words = {
        ENGLISH: ("An Example Forum", "1 Example Road", "Copyright © The Example Forum."),
        CHINESE: ("示例论坛组委会", "示例路1号", "版权所有 © 示例论坛"),
    }
    holders = {ENGLISH: "The Example Forum", CHINESE: "示例论坛"}
    for language, (organisation, address, _copyright) in words.items():
        home = HomePage.objects.get(locale=locale(language))
        home.organisation, home.address, home.copyright_holder = organisation, address, holders[language]
        home.icp_number, home.public_security_number = "粤ICP备00000000号", ""
        home.save()
    for language, texts in words.items():
        html = client.get(f"/{language.code}/nowhere/").content.decode()
        for text in texts:
            assert text in html
        assert '<a href="https://beian.miit.gov.cn/" rel="noopener">粤ICP备00000000号</a>' in html
        assert '<p class="footer-records" lang="zh-Hans">' in html
        assert "beian.mps.gov.cn" not in html


def test_a_broken_page_is_answered_in_both_languages():
    from django.template.loader import render_to_string

    html = render_to_string("500.html")
    assert "Something went wrong" in html
    assert "服务器出错" in html


def test_a_directory_by_kind_and_city(client):
    partner_pair(title=("Alpha Institute", "甲研究院"), kind="institute", city="Lantern Bay")
    partner_pair(title=("Beta Works", "乙公司"), kind="company", city="Example Harbour")
    html = client.get("/en/partners/").content.decode()
    assert html.index("Research institute") < html.index("Alpha Institute") < html.index("Beta Works")
    assert "University" not in html
    html = client.get("/en/partners/?kind=company").content.decode()
    assert "Beta Works" in html
    assert "Alpha Institute" not in html
    html = client.get("/en/partners/?city=Lantern+Bay").content.decode()
    assert "Alpha Institute" in html
    assert "Beta Works" not in html
    answer = client.get("/en/partners/", {"kind": "<script>", "city": "nowhere"})
    assert answer.status_code == 404
    assert "<script>" not in answer.content.decode()


def test_a_profile_names_what_exists_in_the_other_language_alone(client):
    partner, translated = partner_pair()
    article_pair(live=[ENGLISH], article_partners=[ArticlePartner(partner=partner)])
    html = read(client, translated)
    assert "以英文发布的稿件" in html
    assert 'lang="en" hreflang="en">A week of clean air</a>' in html
    assert "Published in Chinese" not in read(client, partner)


def test_the_press_contact(client):
    HomePage.objects.filter(locale=locale(ENGLISH)).update(telephone="+86 755 0000 0000", email="press@forum.example")
    english, chinese = article_pair()
    html = read(client, english)
    assert "Press contact" in html
    assert "+86 755 0000 0000" in html
    assert "媒体联系人" not in read(client, chinese)


def test_what_the_article_shows_is_not_deleted_from_the_library(client):
    image = make_image("harbour", mark("waves"))
    document = Document.objects.create(title="report", file=ContentFile(b"%PDF-1.4", name="report.pdf"))
    english, _chinese = article_pair(
        lead_image=image,
        body=[
            ("image", {"image": image, "alt": "", "caption": "", "decorative": False}),
            ("document", {"document": document, "title": ""}),
            ("paragraph", "<p>The rest.</p>"),
        ],
    )
    for file in (image, document):
        with pytest.raises(FileNotDeleted), transaction.atomic():
            file.delete()
    assert "The rest." in read(client, english)
    assert client.get(f"{english.url}bilingual/").status_code == 200
