"""A soft return of PowerPoint, and its kind: cleaned by each form, and harmless where it was stored before."""

import csv
import io
import json
import re
from xml.etree import ElementTree

import feedparser
import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from taggit.models import Tag
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from home import gate
from home.characters import clean
from home.models import HomePage
from news.checks.tidying import edits_of
from news.legacy.decode import decode
from news.legacy.extract import extract
from news.legacy.load import load
from news.models import ArticlePage, Event, GlossaryTerm, LegacyRecord, NewsIndexPage, Notice
from news.notices.mail import send
from news.pair.pair import release_of

from .libraries import image, paper
from .pairs import article_pair, change_live, member_of
from .scene import Scene

pytestmark = pytest.mark.django_db
SOFT = "\x0b"
ODD = "\x01\x0b\x0c\x1c\x85\u2028\ufffe\uffff"


def is_clean(text):
    return clean(text) == text


class TestForms:
    def test_an_article(self, admin_client):
        picture = image()
        section = NewsIndexPage.objects.get(locale__language_code="zh-hans")
        block = {"image": picture.pk, "alt": f"港口{SOFT}夜景", "caption": f"港口{SOFT}夜景\ufffe", "decorative": ""}
        table = f"风{SOFT}力"
        form = nested_form_data(
            {
                "title": f"清新空气{SOFT}开幕\u2028",
                "summary": f"第一行{SOFT}第二行",
                "date": "",
                "source": f"示例{ODD}日报",
                "lead_image": picture.pk,
                "lead_image_alt": f"港{SOFT}口",
                "lead_image_caption": f"摄影{SOFT}王芳",
                "body": streamfield([("paragraph", rich_text(f"<p>{table}</p>")), ("image", block)]),
                "article_partners": inline_formset([]),
                "article_topics": inline_formset([]),
                "comments": inline_formset([]),
                "slug": "",
                "seo_title": f"a{SOFT}b",
                "search_description": f"a{SOFT}b",
            }
        )
        admin_client.post(reverse("wagtailadmin_pages:add", args=["news", "articlepage", section.pk]), form)
        page = ArticlePage.objects.get(locale__language_code="zh-hans")
        draft = page.get_latest_revision_as_object()
        assert (draft.title, draft.summary) == ("清新空气 开幕", "第一行\n第二行")
        assert draft.lead_image_caption == "摄影 王芳"
        assert draft.body[1].value["caption"] == "港口 夜景"
        assert "风\n力" in draft.body[0].value.source
        assert is_clean(draft.source)

    @pytest.mark.parametrize("field", ["organisation", "address", "copyright_holder"])
    def test_who_publishes(self, admin_client, field):
        address = reverse("newsroom_identity")
        context = admin_client.get(address).context
        sent = {"stamp": context["stamp"]}
        for _label, halves in context["rows"]:
            for _language, bound in halves:
                sent[bound.html_name] = bound.value() or ""
        for code in ("en", "zh-hans"):
            sent[f"{code}-{field}"] = f"示例{SOFT}机构\uffff"
        previewed = admin_client.post(address, sent).context
        admin_client.post(address, {**sent, "seen": previewed["seen"]})
        assert {getattr(home, field) for home in HomePage.objects.all()} == {"示例 机构"}

    def test_a_documents_title_and_a_pictures_words(self, admin_client):
        document, picture = paper(), image()
        admin_client.post(
            reverse("wagtaildocs:edit", args=[document.pk]),
            {"title": f"报告{SOFT}全文", "tags": f"碳中和，港{SOFT}口", "collection": document.collection_id},
        )
        document.refresh_from_db()
        assert document.title == "报告 全文"
        assert set(Tag.objects.values_list("name", flat=True)) == {"碳中和", "港 口"}
        form = admin_client.get(reverse("wagtailimages:edit", args=[picture.pk])).context["form"]
        cleaned = [
            field.clean(f"中{SOFT}文") for name, field in form.fields.items() if name.startswith(("alt_", "caption"))
        ]
        assert cleaned
        assert all(map(is_clean, cleaned))

    def test_a_translated_paragraph(self, client):
        scene = Scene()
        scene.submit()
        client.force_login(scene.translator)
        translation = scene.translation.localized
        segment = translation.source.stringsegment_set.first()
        address = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
        answer = client.put(address, f"value=中{SOFT}文", content_type="application/x-www-form-urlencoded")
        assert answer.status_code in (200, 201), answer.content
        stored = segment.string.translations.get(locale__language_code="zh-hans").data
        assert stored == "中\n文"

    def test_a_topic_that_an_administrator_names(self, admin_client):
        form = admin_client.get("/cms/snippets/news/topic/add/").context["form"]
        assert form.fields["name_zh_hans"].clean(f"碳{SOFT}中和") == "碳 中和"


class TestStoredBefore:
    @pytest.fixture
    def old(self):
        english, chinese = article_pair(date=timezone.now())
        for page, words in ((english, "Clean{}air"), (chinese, "清新{}空气")):
            page.title = page.draft_title = words.format(SOFT)
            page.summary = f"Clean{ODD}air ]]> &"
            page.source = f"A{ODD}wire"
            page.body = [("paragraph", f"<p>The{ODD}forum</p>")]
            change_live(page)
        for home in HomePage.objects.all():
            with gate.opened(home.translation_key):
                HomePage.objects.filter(pk=home.pk).update(organisation=f"Example{ODD}Office")
        cache.clear()
        return english, chinese

    @pytest.mark.parametrize("code", ["en", "zh-hans"])
    def test_the_feed_is_read(self, client, old, code):
        answer = client.get(f"/{code}/news/feed/")
        assert answer.status_code == 200
        feed = feedparser.parse(answer.content)
        assert not feed.bozo
        assert "Example" in feed.feed.title
        assert "forum" in feed.entries[0].content[0].value

    def test_sitemaps_are_read(self, client, old):
        for path in ("/sitemap.xml", "/news-sitemap.xml"):
            root = ElementTree.fromstring(client.get(path).content)
            assert len(root) >= 2

    def test_pages_say_what_they_are(self, client, old):
        for page in old:
            html = client.get(page.url).content.decode()
            found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
            assert found
            assert all(is_clean(json.dumps(json.loads(each), ensure_ascii=False)) for each in found)

    def test_lists_trail_and_terms_can_be_taken_away(self, admin_client, old):
        release = release_of(old[0])
        GlossaryTerm.objects.create(english=f"=Clean{ODD}air", chinese=f"清新{SOFT}空气", note=f"x{ODD}")
        for address in (
            reverse("newsroom_releases:trail", args=[release.pk]),
            reverse(GlossaryTerm.snippet_viewset.get_url_name("export"), args=["csv"]),
            reverse(GlossaryTerm.snippet_viewset.get_url_name("export"), args=["tbx"]),
            "/cms/reports/aging-pages/?export=xlsx",
            "/cms/reports/site-history/?export=csv",
        ):
            answer = admin_client.get(address)
            assert answer.status_code == 200, address
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            if "xlsx" not in address:
                assert is_clean(content.decode("utf-8-sig")), address
            if "csv" in address and "terms" not in address:
                cells = [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for cell in row]
                assert not [cell for cell in cells if cell.startswith("=")]

    def test_a_letter_has_a_subject_of_one_line(self, old):
        user = member_of("Publishers", email="petra@example.org")
        notice = Notice.objects.create(release=release_of(old[0]), event=Event.READY, recipient=user, note=f"a{ODD}b")
        send([notice])
        (letter,) = mail.outbox
        assert "Clean air" in letter.subject
        assert is_clean(letter.subject + letter.body)
        assert letter.message().as_bytes()


def test_an_old_page_with_such_characters_is_imported_once():
    text = f"Clean{SOFT}air\n发布时间:2018-03-09\nThe\x01 forum{SOFT}opened.\n"
    page = load(extract(decode(text.encode())))
    assert page.title == "Clean air"
    assert "The forum opened." in page.body[0].value.source
    assert load(extract(decode(text.encode()))) is None


def test_an_import_read_with_a_wide_colon_is_known_again():
    text = "Title\n发布时间：2018-03-09 10：05\nIt opened.\n"
    document = extract(text)
    page = load(document)
    LegacyRecord.objects.filter(translation_key=page.translation_key).update(
        identity=document.identity_on(document.published.replace(hour=0, minute=0))
    )
    assert load(document) is None


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("Ports\x0bof call", "Ports of call"),
        ("Ports \x0bof", "Ports  of"),
        ("\x0bPorts", "Ports"),
        ("Po\x02rts", "Ports"),
    ],
)
def test_the_check_parts_what_a_soft_return_parted(text, mended):
    edits = edits_of(text, False)["invisible"]
    for start, end, words in reversed(edits):
        text = text[:start] + words + text[end:]
    assert text == mended
