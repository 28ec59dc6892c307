import os
from contextlib import suppress
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from home.languages import CHINESE, ENGLISH
from news.legacy.decode import LARGEST, decode
from news.legacy.errors import UnreadableDocument
from news.legacy.extract import extract
from news.models import ArticlePage, LegacyRecord
from news.pair.pair import release_of
from news.pair.refusals import EverReleased
from news.release.publishing import release_imported
from news.translation.drafts import open_segments
from news.translation.sync import translation_of

from .pairs import locale

SAMPLE = Path(__file__).with_name("legacy.txt")
CHINESE_PAGE = """示例港成立洁净空气中心
发布日期：2018年3月9日 10:05 来源：示例日报 点击量：88

示例港洁净空气中心上周成立。约120位来宾出席。

主办单位：示例论坛
地址：示例路1号
版权所有 示例论坛
"""


class TestDecode:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
    def test_the_encodings_of_old_sites(self, encoding):
        assert decode(CHINESE_PAGE.encode(encoding)) == CHINESE_PAGE

    def test_line_ends_are_made_alike(self):
        assert decode(b"a\r\nb\rc\n") == "a\nb\nc\n"

    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            (b"", "empty"),
            (b" \n\t ", "empty"),
            (b"\x89PNG\r\n\x1a\n\x00\x00", "not text"),
            (b"a" * (LARGEST + 1), "larger"),
            ("text\x00".encode("utf-16"), "not text"),
        ],
    )
    def test_what_is_no_text_is_refused_with_the_reason(self, content, reason):
        with pytest.raises(UnreadableDocument, match=reason):
            decode(content)


class TestExtract:
    def test_an_english_page(self):
        document = extract(SAMPLE.read_text())
        assert document.title == "An Example Harbour Opens a Clean Air Centre"
        assert document.published.isoformat() == "2018-03-09T00:00:00+08:00"
        assert (document.views, document.source, document.language) == (412, "", "en")
        assert [paragraph.split()[0] for paragraph in document.paragraphs] == ["The", "Its", "Copyright"]

    def test_a_chinese_page_with_time_and_source(self):
        document = extract(CHINESE_PAGE)
        assert document.published.isoformat() == "2018-03-09T10:05:00+08:00"
        assert (document.views, document.source, document.language) == (88, "示例日报", "zh-hans")
        assert document.paragraphs == ("示例港洁净空气中心上周成立。约120位来宾出席。",)

    @pytest.mark.parametrize(
        ("written", "views"),
        [
            ("浏览次数:1,204", 1204),
            ("浏览次数：1，204，318", 1204318),
            ("浏览：1 204", 1204),
            ("浏览量：1\u00a0204", 1204),
            ("阅读数：１２０４", 1204),
            ("阅读 ： 1.2万", 12000),
            ("点击率：10万+", 100000),
            ("阅读量：3.45 万次", 34500),
            ("访问量：1.2k", 1200),
            ("浏览次数：2W+", 20000),
            ("人气：5千", 5000),
            ("点击量：1.5亿", 150000000),
            ("浏览次数：１．２万", 12000),
            ("Views: 1,204", 1204),
            ("Views: 1204 Source: A Wire", 1204),
            ("浏览次数:17 2017年度报道", 17),
            ("浏览次数:1.204", 1204),
            ("浏览次数：1715次", 1715),
            ("浏览次数：12kg", 12),
            ("浏览次数：--", 0),
            ("浏览次数：99999999999", 0),
            ("", 0),
        ],
    )
    def test_views_however_they_are_written(self, written, views):
        document = extract(f"Title\n发布时间：2018－03－09 10：05 来源：示例日报 {written}\nIt opened.\n")
        assert document.views == views
        assert document.published.isoformat() == "2018-03-09T10:05:00+08:00"

    def test_a_line_on_copyright_inside_the_text_stays(self):
        assert "Copyright law" in extract(SAMPLE.read_text()).paragraphs[-1]

    def test_a_last_sentence_above_the_footer_stays(self):
        text = SAMPLE.read_text().replace("Organization Committee of an Example Forum\n", "")
        assert len(extract(text).paragraphs) == 3

    def test_a_press_contact_is_not_taken_for_the_footer(self):
        text = "Title\n发布时间:2018-03-09\nIt opened.\nTel: 0755 0000 0000\n"
        assert extract(text).paragraphs == ("It opened.", "Tel: 0755 0000 0000")

    def test_text_after_a_copyright_line_is_not_lost(self):
        text = "Title\n发布时间:2018-03-09\nIt opened.\nPhoto © Lin Example\nIt closed again.\n"
        assert len(extract(text).paragraphs) == 3

    def test_the_identity_does_not_depend_on_views_or_blank_lines(self):
        text = SAMPLE.read_text()
        again = text.replace("浏览次数:412", "浏览次数:999").replace("\n\n", "\n\n\n")
        assert extract(again).identity == extract(text).identity
        assert extract(text.replace("120", "130")).identity != extract(text).identity

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("A title\n\nText without a date.", "发布时间"),
            ("发布时间:2018-03-09\nText", "no title"),
            ("Title\n发布时间:2018-03-09 浏览次数:1\n\n", "no text"),
            ("Title\n发布时间:2018-03-09\nA Forum\nAdd: 1 Road\nCopyright © X", "no text"),
            ("Title\n发布时间:2018-13-45\nText", "“2018-13-45” is not a date"),
            ("Title\n发布时间:2018-03-09 25:61\nText", "not a date"),
            ("word " * 100 + "\n发布时间:2018-03-09\nText", "too long"),
        ],
    )
    def test_what_cannot_be_made_out_is_named(self, text, reason):
        with pytest.raises(UnreadableDocument, match=reason):
            extract(text)


def import_releases(*paths, **options):
    out, err = StringIO(), StringIO()
    try:
        call_command("import_releases", *map(str, paths), stdout=out, stderr=err, **options)
    finally:
        import_releases.errors = err.getvalue()
    return out.getvalue()


@pytest.mark.django_db
class TestImport:
    def test_a_draft_with_date_blocks_and_an_open_translation(self):
        assert "imported as “An Example Harbour Opens a Clean Air Centre”" in import_releases(SAMPLE)
        english = ArticlePage.objects.get(locale=locale(ENGLISH))
        assert not english.live
        assert english.date.date() == date(2018, 3, 8)  # midnight in Beijing, said in UTC
        assert [block.block_type for block in english.body] == ["paragraph"] * 3
        assert "&amp; looked on" in english.body[0].value.source
        assert (
            english.summary
            == 'The "Example Harbour Clean Air Centre", founded by two fictional institutes, was opened last week.'
        )
        assert english.views == 412

        chinese = ArticlePage.objects.get(locale=locale(CHINESE))
        assert not chinese.live
        assert chinese.slug == english.slug == "an-example-harbour-opens-a-clean-air-centre"
        assert open_segments(translation_of(chinese)) == 5

    def test_the_record(self):
        import_releases(SAMPLE, counted_on=date(2024, 5, 6))
        record = LegacyRecord.objects.get()
        english = ArticlePage.objects.get(locale=locale(ENGLISH))
        assert record.identity == extract(SAMPLE.read_text()).identity
        assert record.translation_key == english.translation_key
        assert (record.language, record.views, record.counted_on) == ("en", 412, date(2024, 5, 6))

    def test_a_second_run_changes_nothing(self):
        import_releases(SAMPLE)
        before = [list(model.objects.values()) for model in (ArticlePage, LegacyRecord)]
        assert "already imported" in import_releases(SAMPLE)
        assert [list(model.objects.values()) for model in (ArticlePage, LegacyRecord)] == before

    def test_an_unreadable_file_is_named_and_the_others_come_in(self, tmp_path):
        (tmp_path / "broken.txt").write_bytes(b"\x00\x01")
        (tmp_path / "good.txt").write_text(SAMPLE.read_text())
        with pytest.raises(CommandError, match="2 files could not be imported"):
            import_releases(tmp_path / "missing.txt", tmp_path)
        assert f"{tmp_path / 'missing.txt'}: There is no such file." in import_releases.errors
        assert f"{tmp_path / 'broken.txt'}: The file is not text." in import_releases.errors
        assert ArticlePage.objects.in_language(locale(ENGLISH)).count() == 1

    @pytest.mark.parametrize(
        "line",
        [
            f"发布时间:2018-03-09 来源：{'很长' * 200} 浏览次数:1",
            f"发布时间:2018-03-09 浏览次数:{'9' * 23}",
            "发布时间:0001-01-01 浏览次数:1",
            "发布时间:9999-12-31 23:59 浏览次数:1",
        ],
    )
    def test_one_odd_page_does_not_keep_the_others_out(self, tmp_path, line):
        (tmp_path / "a.txt").write_text(f"Odd\n{line}\nIt opened.\n")
        (tmp_path / "b.txt").write_text(SAMPLE.read_text())
        with suppress(CommandError):
            import_releases(tmp_path)
        assert ArticlePage.objects.filter(title__startswith="An Example").exists()

    def test_a_folder_without_pages_is_named(self, tmp_path):
        with pytest.raises(CommandError):
            import_releases(tmp_path)
        assert "There is no .txt file in this folder." in import_releases.errors

    def test_what_is_left_out_is_said(self):
        output = import_releases(SAMPLE)
        for line in ("Organization Committee of an Example Forum", "Add: 1 Example Road", "Copyright © 示例论坛"):
            assert f"left out as the old site's footer: {line}" in output

    def test_a_chinese_page_is_a_chinese_original(self, tmp_path):
        (tmp_path / "page.txt").write_bytes(CHINESE_PAGE.encode("gb18030"))
        import_releases(tmp_path)
        chinese = ArticlePage.objects.get(locale=locale(CHINESE))
        assert (chinese.title, chinese.source) == ("示例港成立洁净空气中心", "示例日报")
        assert translation_of(chinese) is None
        assert translation_of(ArticlePage.objects.get(locale=locale(ENGLISH)))

    def test_markup_in_an_old_page_is_text(self, tmp_path):
        page = tmp_path / "page.txt"
        page.write_text(SAMPLE.read_text().replace("Its director", "<script>alert(1)</script>Its director"))
        import_releases(page)
        assert "<script>" not in str(ArticlePage.objects.first().body)

    def test_publish_publishes_the_original_alone(self, client):
        import_releases(SAMPLE, publish=True)
        english = ArticlePage.objects.get(locale=locale(ENGLISH))
        html = client.get(english.url).content.decode()
        assert '<time datetime="2018-03-09T00:00:00+08:00">9 March 2018</time>' in html
        assert "Views: 412" in html
        assert "looked on" in html
        assert "1 Example Road" not in html
        assert client.get(f"/zh-hans/news/{english.slug}/").status_code == 404

    def test_what_was_public_comes_in_once_under_a_name(self):
        import_releases(SAMPLE, publish=True, operator="Lin Example")
        article = ArticlePage.objects.get(live=True)
        assert article.first_published_at == article.date
        release = release_of(article)
        assert [approval.user_name for approval in release.approvals.all()] == ["Lin Example"]
        with pytest.raises(EverReleased):
            release_imported(release, "Lin Example")

    def test_the_summary_is_not_said_twice(self):
        import_releases(SAMPLE)
        assert ArticlePage.objects.first().standfirst == ""

    @pytest.mark.skipif("LEGACY_SAMPLES" not in os.environ, reason="LEGACY_SAMPLES names no folder of saved pages")
    def test_every_saved_page_at_hand_comes_in(self):
        folder = Path(os.environ["LEGACY_SAMPLES"])
        output = import_releases(folder)
        assert output.count("imported as") == len(list(folder.glob("*.txt"))) > 0
        for article in ArticlePage.objects.all():
            assert "Copyright ©" not in str(article.body)
            assert "ICP备" not in str(article.body)
            assert article.views
