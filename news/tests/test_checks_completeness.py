"""What is missing, untranslated, too short or unfinished, and whether a release is ready."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from news.checks import About, Level, run, run_on
from news.checks.base import Document, Picture

NOON = datetime(2026, 11, 12, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


def found(check, english="", chinese="", about=About()):  # noqa: B008
    return [finding for finding in run_on(english, chinese, about) if finding.check == check]


def in_release(check, english, chinese, about=About(), **options):  # noqa: B008
    return [finding for finding in run(english, chinese, about, **options) if finding.check == check]


def document(*texts, **others):
    return Document(tuple((str(at), text) for at, text in enumerate(texts)), **others)


@pytest.mark.parametrize(
    ("english", "chinese", "level"),
    [
        ("The delegates met beside the lake.", "The delegates met beside the lake.", Level.BLOCKS),
        ("The delegates met.", "", Level.BLOCKS),
        ("", "代表们开会。", Level.BLOCKS),
        ("The delegates met.", "The delegates came together at noon", Level.WARNS),
        ("代表们在湖边开会, they said", "代表们在湖边开会。", Level.WARNS),
        # Titles of documents, captions, alternative texts, credits, headings and cells of tables, buttons.
        ("Annual Report 2025", "Annual Report 2025", Level.WARNS),
        ("Tender notes (PDF)", "Tender notes (PDF)", Level.WARNS),
        ("A ferry at the quay", "A ferry at the quay", Level.WARNS),
        ("Photo: Port Office", "Photo: Port Office", Level.WARNS),
        ("Year", "Year", Level.WARNS),
        ("Download", "Download", Level.WARNS),
        ("招标文件", "招标文件", Level.WARNS),
        ("年份", "年份", Level.WARNS),
        ("点击下载", "点击下载", Level.WARNS),
    ],
)
def test_what_is_not_translated_is_flagged(english, chinese, level):
    assert [finding.level for finding in found("untranslated", english, chinese)] == [level]


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("https://example.org/some/long/path", "https://example.org/some/long/path"),
        ("International Union of Rivers and Lakes", "International Union of Rivers and Lakes"),
        ("The slogan “代表们在湖边开会” (绿水青山) is known", "标语“代表们在湖边开会”广为人知"),
        ("Lake Office", "湖泊局"),
        ("Jane Smith", "Jane Smith"),
        ("Photo: Jane Smith", "图：Jane Smith"),
        ("GIS", "GIS"),
        ("CO2 (t)", "CO2 (t)"),
        ("Example Daily News", "Example Daily News"),
        ("12.5", ""),
    ],
)
def test_names_addresses_and_quotations_need_no_translation(english, chinese):
    assert not found("untranslated", english, chinese)


def test_a_paragraph_without_its_translation_is_not_taken_for_the_head_twice():
    english, chinese = Document((("title", "Lake"),), slug="a"), Document((("title", ""),), slug="b")
    assert not in_release("untranslated", english, chinese)
    assert in_release("head", english, chinese)


def test_length_is_measured_by_paragraph_and_by_release():
    words = "The delegates met beside the lake and spoke about its water. " * 8
    assert found("length", words, "代表们开会。")
    assert found("length", "The delegates met beside the lake at noon.", "代表们" * 20)
    assert not found("length", "The delegates met beside the lake at noon.", "代表们中午在湖边开会。")
    assert not found("length", "Lake", "代表们中午在湖边开会")
    assert not found("length", "Ann Lee met Bob Roe in Lake Inn at noon", "Ann Lee中午在Lake Inn见Bob Roe")
    assert in_release("whole_length", document(words), document("代表们开会。"))
    assert not in_release("whole_length", document(words), document("代表们开会。"), is_adapted=True)


def test_structure_is_compared_by_kind_and_merged_paragraphs_inform():
    english = document("a", parts=Counter(image=2, heading=1))
    findings = in_release("structure", english, document("a", parts=Counter(image=1, heading=1)))
    assert [(finding.level, "2" in finding.message.en) for finding in findings] == [(Level.WARNS, True)]
    assert not in_release("structure", english, document("a", parts=Counter(heading=1)), is_adapted=True)
    merged = Document((("b", "One. Two."),)), Document((("b", "一。"), ("b", "二。")))
    assert [finding.level for finding in in_release("structure", *merged)] == [Level.INFORMS]


@pytest.mark.parametrize(
    "text", ["Date TBC", "XXX delegates", "金额待补充。", "Lorem ipsum dolor", "【】", "[insert name]", "共____人"]
)
def test_placeholders_block(text):
    assert [finding.level for finding in found("placeholder", text, text)] == [Level.BLOCKS, Level.BLOCKS]


@pytest.mark.parametrize("text", ["等待补充水源的农田", "XX and XL", "【公告】", "a [sic] word", "期待更新的设备"])
def test_what_only_looks_like_a_placeholder_is_left_alone(text):
    assert not found("placeholder", text, text)


def headed(title="Lake", summary="Water", body="More", slug="lake"):
    return Document((("title", title), ("summary", summary), ("body.1", body)), slug=slug)


@pytest.mark.parametrize("part", ["title", "summary", "body", "slug"])
def test_an_empty_part_of_the_head_blocks(part):
    [finding] = in_release("head", headed(**{part: " "}), headed())
    assert (finding.level, part in finding.message.en) == (Level.BLOCKS, True)
    assert not in_release("head", headed(), headed())
    assert not in_release("head", document("a"), document("一"))


@pytest.mark.parametrize(
    ("english", "chinese", "levels"),
    [
        ("a" * 65, "湖" * 30, []),
        ("a" * 66, "湖" * 31, [Level.INFORMS, Level.INFORMS]),
        ("a" * 91, "湖" * 41, [Level.WARNS, Level.WARNS]),
        ("a", "湖" * 25 + "GIS 2030", []),
    ],
)
def test_long_titles(english, chinese, levels):
    assert [finding.level for finding in in_release("head", headed(english), headed(chinese))] == levels


def test_the_length_of_a_title_that_nobody_has_translated_is_not_its_own():
    english, chinese = headed("a" * 91), replace(headed("a" * 91), open_numbers=frozenset({0}))
    [found] = in_release("head", english, chinese)
    assert "English" in found.message.en
    assert len(in_release("head", english, replace(chinese, open_numbers=frozenset({1})))) == 2


def test_a_stale_translation_blocks():
    found = in_release("stale", document("a"), document("一"), About(is_stale=True))
    assert [finding.level for finding in found] == [Level.BLOCKS]
    assert not in_release("stale", document("a"), document("一"))


@pytest.mark.parametrize(
    ("english", "chinese", "levels"),
    [
        ("EMBARGOED UNTIL 12 November 2026, 12:01", "解禁时间：2026年11月12日12时01分", "BB"),
        ("Embargo: 12 November, 12 noon", "解禁时间：11月12日12时", "II"),
        ("Strictly embargoed until 10 a.m. on 13 November 2026.", "2026年11月13日前请勿对外发布。", "BB"),
        ("Not for publication before 2 pm on November 12, 2026", "（11月12日下午2点前不得发布）", "BB"),
        ("Not for publication before 12.15am on November 12, 2026", "11月12日上午9:30前，请勿提前报道。", "II"),
        ("Embargoed until 12 November 2026, 18:00 Eastern Time", "解禁时间：北京时间2026年11月12日18:00", "IB"),
        ("The embargo ends on 13 November 2026.", "石油禁运11月13日结束。", ""),
        ("Embargoed until further notice", "解禁时间待定", ""),
        (
            "Embargoed until 13 November 2026. " + "Trams run again. " * 10,
            "解禁时间：11月13日。" + "电车恢复。" * 40,
            "",
        ),
    ],
)
def test_no_release_leaves_before_the_embargo_that_its_text_names(english, chinese, levels):
    about = About(day=NOON.date(), release_at=NOON)
    assert "".join(finding.level for finding in found("embargo", english, chinese, about)) == levels
    unknown = found("embargo", english, chinese, About(day=NOON.date()))
    assert [finding.level for finding in unknown] == [Level.INFORMS] * len(levels)


@pytest.mark.parametrize(
    ("english", "chinese", "count"),
    [
        ("Today, 6 May, they met.", "今日（5月6日），代表们开会。", 0),
        ("Today (May 7) they met.", "今天（5月7日），代表们开会。", 2),
        ("They met today.", "代表们今天开会。", 0),
        ('She said: "Today, 7 May, is good."', "她说：“今天，5月7日，很好。”", 0),
    ],
)
def test_today_must_be_the_day_of_the_release(english, chinese, count):
    assert len(found("today", english, chinese, About(day=date(2026, 5, 6)))) == count


def pictured(**picture):
    return document("a", pictures=(Picture("body.1", **picture),))


@pytest.mark.parametrize(
    ("english", "chinese", "levels"),
    [
        ({"alt": "A lake"}, {"alt": "湖泊"}, []),
        ({"alt": ""}, {"alt": "湖泊"}, [Level.BLOCKS]),
        ({"alt": "", "is_decorative": True}, {"alt": "", "is_decorative": True}, []),
        ({"alt": "IMG_2041.jpg"}, {"alt": "湖泊"}, [Level.WARNS]),
        ({"alt": "lake-2", "file_name": "original/lake-2.png"}, {"alt": "湖泊"}, [Level.WARNS]),
        ({"alt": "A lake"}, {"alt": "A lake"}, [Level.WARNS]),
        ({"alt": "A lake", "caption": "Noon"}, {"alt": "湖泊"}, [Level.BLOCKS]),
    ],
)
def test_pictures_have_words_in_both_languages(english, chinese, levels):
    findings = in_release("pictures", pictured(**english), pictured(**chinese))
    assert [finding.level for finding in findings] == levels
    assert len({finding.key for finding in findings}) == len(findings)
