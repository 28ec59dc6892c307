"""Names of the glossary: approved, former and forbidden forms, people's pinyin, and the order of lists."""

from datetime import date

import pytest

from news.checks import About, Level, run, run_on
from news.checks.base import Document, Term

UNION = Term(("Green River Union", "GRU"), ("绿河联盟",), forbidden_chinese=("绿河同盟",))
FUND = Term(("Green River Union Fund",), ("绿河联盟基金会",))
BUREAU = Term(("Lake Office",), ("湖泊局",), ("Pond Office",), (), ("Lake Bureau",), ("湖泊办公室",), date(2024, 1, 1))
SHAN = Term(("Shan Jiwen",), ("单继文",), is_person=True)
WONG = Term(("Wong Ka-yan",), ("黄嘉欣",), is_person=True)
ZHOU = Term(("Zhou Lan",), ("周岚",), is_person=True)
ABOUT = About((UNION, FUND, BUREAU, SHAN, WONG, ZHOU), date(2026, 5, 6))


def found(check, english, chinese, about=ABOUT):
    return [finding for finding in run_on(english, chinese, about) if finding.check == check]


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("The green river union met.", "绿河联盟开会。"),
        ("The Green River Union’s plan", "绿河联盟的计划"),
        ("The Green River Union (GRU) met.", "绿河联盟（GRU）开会。"),
        ("The Green River Union met.", "GRU开会。"),
        ("The Green River Union Fund paid.", "绿河联盟基金会付款。"),
        ("The gru of the hill", "山上的故事"),
        ("Wong Ka-yan spoke.", "黄嘉欣发言。"),
    ],
)
def test_a_name_with_its_counterpart_is_right(english, chinese):
    assert not found("names", english, chinese)
    assert not found("pinyin", english, chinese)


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("The Green River Union met.", "绿河协会开会。"),
        ("The union met.", "绿河联盟开会。"),
        ("The Green River Union Fund paid.", "绿河联盟付款。"),
    ],
)
def test_a_name_without_its_counterpart_warns(english, chinese):
    findings = found("names", english, chinese)
    assert findings
    assert {finding.level for finding in findings} == {Level.WARNS}


def test_a_forbidden_form_blocks_and_warns_in_a_quotation():
    [finding] = found("names", "The Green River Union met.", "绿河同盟开会。")
    assert (finding.level, finding.chinese[0].words) == (Level.BLOCKS, "绿河同盟")
    assert "绿河联盟" in finding.message.zh
    assert [each.level for each in found("names", "It is no “Pond Office Two”.", "这不是。")] == [Level.WARNS]


def test_a_former_name_is_right_in_its_time_only():
    old = About(ABOUT.terms, date(2023, 5, 6))
    assert not found("names", "The Lake Bureau met.", "湖泊办公室开会。", old)
    findings = found("names", "The Lake Bureau met.", "湖泊办公室开会。")
    assert [finding.level for finding in findings] == [Level.WARNS, Level.WARNS]


def test_later_paragraphs_may_shorten_a_name():
    def names_of(*pairs):
        documents = [
            Document(tuple((str(at), text) for at, text in enumerate(side))) for side in zip(*pairs, strict=True)
        ]
        return [finding for finding in run(*documents, ABOUT) if finding.check == "names"]

    first, later = ("The Green River Union met.", "绿河联盟开会。"), ("The Green River Union left.", "该联盟离开。")
    assert not names_of(first, later)
    assert names_of(later, first)


@pytest.mark.parametrize(
    ("english", "chinese", "wrong"),
    [
        ("Dan Jiwen spoke.", "单继文发言。", "Dan Jiwen"),
        ("Shan Ji-wen spoke.", "单继文发言。", "Shan Ji-wen"),
        ("Director Shan Jiwne spoke.", "主任单继文发言。", "Shan Jiwne"),
        ("Jiwen Chan spoke.", "单继文发言。", "Jiwen Chan"),
    ],
)
def test_another_spelling_of_a_person_warns(english, chinese, wrong):
    [finding] = found("pinyin", english, chinese)
    assert finding.english[0].words == wrong
    assert "Shan Jiwen" in finding.message.zh
    assert not found("names", english, chinese)


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("SHAN Jiwen spoke.", "单继文发言。"),
        ("Li Ming spoke to Shan Jiwen.", "李明对单继文说。"),
        ("He spoke.", "单继文发言。"),
    ],
)
def test_the_same_spelling_and_other_people_are_left_alone(english, chinese):
    assert not found("pinyin", english, chinese)


def test_a_list_in_another_order_warns_but_for_alphabetical_ones():
    assert found("order", "Shan Jiwen, director, and Zhou Lan came.", "周岚和主任单继文到场。")
    assert not found("order", "Shan Jiwen and Zhou Lan came.", "单继文、周岚到场。")
    assert not found("order", "Shan Jiwen, Wong Ka-yan and Zhou Lan came.", "周岚、单继文和黄嘉欣到场。")
    assert not found("order", "Shan Jiwen met Zhou Lan.", "周岚会见单继文。")


def test_an_expression_may_have_hyphens_unless_that_is_forbidden():
    power = Term(("shore power",), ("岸电",))
    office = Term(("secretary-general",), ("秘书长",), ("secretary general",))
    about = About((power, office), date(2026, 5, 6))
    assert not found(
        "names", "36 shore-power connections, says the secretary-general", "秘书长说，有36套岸电设施。", about
    )
    wrong = found(
        "names", "36 shore-power connections, says the secretary general", "秘书长说，有36套岸电设施。", about
    )
    assert [finding.level for finding in wrong] == [Level.BLOCKS]


def test_a_name_within_a_longer_one_is_its_counterpart():
    terms = (Term(("Sample Bay",), ("样例湾",)), Term(("Sample Bay Institute",), ("样例湾研究院",)))
    about = About(terms)
    english, chinese = "The Sample Bay Institute opened.", "样例湾研究所启用。"
    found = [finding for finding in run_on(english, chinese, about) if finding.check == "names"]
    assert ["Institute" in finding.message.en for finding in found] == [True]
    assert [finding.check for finding in run_on("It opened.", chinese, about)] == ["names"]
