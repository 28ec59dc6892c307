"""The glossary as files: what is written is read again, what is wrong is named, nothing is half written."""

from datetime import date
from itertools import pairwise, product

import pytest
from django.utils import translation
from wagtail.models import ModelLogEntry

from news.glossary import csv_format, tbx_format
from news.glossary.importing import carry_out, plan_of
from news.glossary.rows import COLUMNS, Reading, TermRow, Unreadable
from news.models import GlossaryTerm

from .pairs import member_of

pytestmark = pytest.mark.django_db

FORMATS = {
    "csv": (lambda terms: csv_format.write(terms).encode("utf-8-sig"), csv_format.read),
    "tbx": (lambda terms: tbx_format.write(terms).encode(), tbx_format.read),
}
TERMS = [
    {
        "kind": "person",
        "english": "Shan Xiaohe",
        "chinese": "单小禾",
        "office_en": "Secretary-General",
        "office_zh_hans": "秘书长",
    },
    {
        "english": "carbon neutrality",
        "chinese": "碳中和",
        "chinese_also": "碳中和目标\n净零",
        "note": "Two lines,\n“quoted”",
    },
    {"english": "R&D <core>", "chinese": "研发；核心", "english_forbidden": '"R and D"\nr+d'},
    {"kind": "organisation", "english": "Tide Office", "english_former": "Water Board", "until": date(2018, 12, 31)},
    {"chinese": "仅中文", "chinese_former": "旧名\n更旧的名"},
    {"chinese_forbidden": "绝不可写"},
    {"english_also": "only ever an alternative"},
    {"english_forbidden": "never this"},
    {"english": "=1+1", "chinese": "'=公式", "english_also": "@home\n-5", "note": "+86"},
]


def make(**fields):
    term = GlossaryTerm(**fields)
    term.full_clean()
    term.save()
    return term


def rows(*told):
    return [TermRow(line, values) for line, values in enumerate(told, 2)]


def planned(*told):
    return plan_of(Reading(rows(*told)))


def table(*lines):
    return "\r\n".join(lines).encode()


def told(left):
    return [(each.line, each.message) for each in left]


def numbers(plan):
    return len(plan.new), len(plan.changed), len(plan.unchanged), len(plan.left)


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_written_is_read_again_and_changes_nothing(name):
    write, read = FORMATS[name]
    for fields in TERMS:
        make(**fields)
    plan = plan_of(read(write(GlossaryTerm.objects.all())))
    assert numbers(plan) == (0, 0, len(TERMS), 0)


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_written_makes_the_same_terms_elsewhere(name):
    write, read = FORMATS[name]
    terms = [make(**fields) for fields in TERMS]
    content, before = write(terms), sorted(GlossaryTerm.objects.values_list(*COLUMNS), key=str)
    GlossaryTerm.objects.all().delete()
    carry_out(plan_of(read(content)), None, "terms")
    assert sorted(GlossaryTerm.objects.values_list(*COLUMNS), key=str) == before


def test_no_cell_is_a_formula():
    lines = csv_format.write([make(**TERMS[-1])]).splitlines()[1:]
    assert "'=1+1" in lines[0]
    assert "''=公式" in lines[0]
    assert not any(cell.startswith(("=", "+", "@")) for line in lines for cell in line.split(",") if cell != "-5")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_is_read_as_spreadsheets_save_it(encoding, delimiter):
    lines = ["Kind,English,Chinese,chinese_forbidden", "term,low-carbon,低碳,低炭|底碳"]
    content = "\r\n".join(line.replace(",", delimiter) for line in lines).encode(encoding)
    carry_out(plan_of(csv_format.read(content)), None, "terms.csv")
    term = GlossaryTerm.objects.get()
    assert (term.english, term.chinese, term.forbidden("chinese")) == ("low-carbon", "低碳", ("低炭", "底碳"))


@pytest.mark.parametrize("day", ["2018-12-31", "2018/12/31", "2018年12月31日", "2018"])
def test_a_day_is_read_as_spreadsheets_turn_it_round(day):
    plan = planned({"english": "Tide Office", "english_former": "Water Board", "until": day})
    assert [change.term.until for change in plan.new] == [date(2018, 12, 31)]


def test_the_same_term_is_changed_and_not_added_again():
    make(english="low-carbon", chinese="低碳", note="kept")
    plan = planned({"english": " low-carbon", "chinese": "低碳", "chinese_forbidden": "低炭"})
    assert numbers(plan) == (0, 1, 0, 0)
    assert plan.changed[0].differences == (("Never in Chinese", (), ("低炭",)),)
    carry_out(plan, None, "terms.csv")
    assert GlossaryTerm.objects.values_list("chinese_forbidden", "note").get() == ("低炭", "kept")


def test_a_person_without_pinyin_is_the_one_that_has_it():
    make(kind="person", chinese="单小禾")
    plan = planned({"kind": "Person", "chinese": "单小禾", "office_en": "Director"})
    assert numbers(plan) == (0, 1, 0, 0)


def test_a_new_term_names_the_one_it_may_be_meant_for():
    make(english="low-carbon", chinese="低碳")
    make(english="tide", chinese="潮")
    plan = planned({"english": "low carbon", "chinese": "低碳"}, {"english": "wave", "chinese": "浪"})
    assert [change.beside for change in plan.new] == ["low-carbon · 低碳", ""]


def test_each_wrong_row_is_named_with_its_reason():
    content = table(
        "kind,english,chinese,english_forbidden,until,office_en",
        "term,fine,好,,,",
        "firm,one,一,,,",
        "term,two,二,two,,",
        "term,,,,,",
        "term,three,三,,31.12.2018,",
        "term,fine,好,,,",
        "term,four,四,,,Director",
        f"term,{'x' * 256},长,,,",
    )
    plan = plan_of(csv_format.read(content))
    assert told(plan.left) == [
        (3, "“firm” is no kind of term: term, organisation, person, office."),
        (4, "Never in English: “two” cannot be right and forbidden."),
        (5, "Give at least one form in one language."),
        (6, "“31.12.2018” is no day such as 2018-12-31."),
        (7, "It is the same term as on line 2."),
        (8, "Office (English): Only a person has an office."),
        (9, "English: Ensure this value has at most 255 characters (it has 256)."),
    ]


def test_what_is_wrong_is_left_out_and_the_rest_is_written():
    content = table(
        "english,chinese,note", "tide,潮,a", "tide,潮,another sense", "tide,潮,a", "wave,浪,,too many", "ebb,退潮,"
    )
    plan = plan_of(csv_format.read(content))
    assert [str(change.term) for change in plan.new] == ["tide · 潮", "ebb · 退潮"]
    assert told(plan.left) == [
        (3, "It is the same term as on line 2, and says other things of it. What is written there holds."),
        (4, "It is the same term as on line 2."),
        (5, "It has more cells than the table has columns."),
    ]


def test_two_meanings_of_one_word_are_two_terms():
    assert numbers(
        planned({"english": "transport", "chinese": "交通"}, {"english": "transport", "chinese": "运输"})
    ) == (2, 0, 0, 0)


HEADS = [
    "英文,中文",
    "EN,ZH",
    "en-US,zh-CN",
    "English term,中文术语",
    "Source,Target",
    "原文,译文",
    "English,Simplified Chinese",
    "英文,译文",
    None,
]


@pytest.mark.parametrize("head", HEADS)
def test_a_table_is_read_by_the_names_people_give_its_columns(head):
    lines = [line.split(",") for line in [*filter(None, [head]), "shore power,岸电", "ferry,渡轮", "berth,泊位"]]
    for delimiter, encoding, turned in product(",;\t，", ("utf-8-sig", "gb18030"), (False, True)):
        text = "\r\n".join(delimiter.join(reversed(cells) if turned else cells) for cells in lines)
        reading = csv_format.read(text.encode(encoding))
        assert [(row.values["english"], row.values["chinese"]) for row in reading.rows] == [
            ("shore power", "岸电"),
            ("ferry", "渡轮"),
            ("berth", "泊位"),
        ]
        assert bool(reading.remarks) == (head in ("Source,Target", "原文,译文", "英文,译文", None))


def test_the_line_in_which_a_spreadsheet_names_its_separator_is_no_term():
    reading = csv_format.read(table("sep=;", "english;chinese", "tide, high;高潮", "ebb;退潮;x"))
    assert [(row.line, row.values["english"]) for row in reading.rows] == [(3, "tide, high")]
    assert [each.line for each in reading.left] == [4]


def test_a_row_over_several_lines_is_named_by_its_first():
    content = table("english,chinese,note", 'one,一,"a', 'b"', "two,二,", "two,二,")
    assert told(plan_of(csv_format.read(content)).left) == [(5, "It is the same term as on line 4.")]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\xef\xbb\xbf\r\n", "is empty"),
        (table("a,b", "1,2"), "not clear which column is English"),
        (table("source,target", "low,middle", "high,higher"), "not clear which column is English"),
        (table("潮,浪", "碳,低碳"), "not clear which column is English"),
        (table("english,chinese"), "There is no term"),
        (table("english,chinese,english", "a,b,c"), "there twice: english"),
        (table("english,chinese", "a,b", 'c,"d'), "Line 3: the table breaks off"),
        (b"english,chinese\r\ncaf\xe9,b", "not text in UTF-8 or GB 18030"),
        (b"english\x00,chinese", "not text"),
        (table("english", *("x" for _ in range(5001))), "more than 5000 terms"),
    ],
)
def test_a_table_that_cannot_be_read_says_why(content, reason):
    with pytest.raises(Unreadable, match=reason):
        csv_format.read(content)


def test_columns_that_are_not_read_are_named():
    reading = csv_format.read(table("ID,english,chinese,Owner", "1,a,b,c"))
    assert reading.remarks == ["Columns that are not read: ID, Owner."]
    assert reading.rows == rows({"english": "a", "chinese": "b"})


def test_reasons_are_in_the_language_of_whoever_reads_them():
    with translation.override("zh-hans"):
        wrong = planned({"english": "x" * 256}).left
    assert "255" in wrong[0].message
    assert "Ensure" not in wrong[0].message


OLD = """<?xml version="1.0"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX" xml:lang="en"><text><body>
<termEntry id="1"><descripGrp><descrip type="subjectField">Energy</descrip></descripGrp>
<langSet xml:lang="en-GB"><tig><term>shore power</term></tig>
<tig><term>cold ironing</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig></langSet>
<langSet xml:lang="zh_CN"><ntig><termGrp><term>岸<hi>电</hi></term>
<termNote type="normativeAuthorization">preferredTerm</termNote></termGrp></ntig></langSet>
<langSet xml:lang="fr"><tig><term>courant de quai</term></tig></langSet></termEntry>
</body></text></martif>"""
TAGGED = """<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
 xmlns:basic="http://www.tbxinfo.net/ns/basic"><text><body><conceptEntry id="1">
<langSec xml:lang="zh-Hant"><termSec><term>岸電</term></termSec></langSec>
<langSec xml:lang="zh"><termSec><term>岸电</term>
<basic:administrativeStatus>admittedTerm-admn-sts</basic:administrativeStatus></termSec>
<termSec><term>码头电</term><basic:administrativeStatus>supersededTerm-admn-sts</basic:administrativeStatus></termSec>
</langSec></conceptEntry></body></text></tbx>"""


def test_the_edition_of_2008_is_read():
    reading = tbx_format.read(OLD.encode())
    (row,) = reading.rows
    assert row.line == 4
    assert (row.values["english"], row.values["english_forbidden"]) == ("shore power", "cold ironing")
    assert (row.values["chinese"], row.values["kind"]) == ("岸电", "term")
    assert reading.remarks == ["Languages that are not read: fr."]


def test_the_style_with_tags_of_its_own_is_read():
    reading = tbx_format.read(TAGGED.encode())
    values = reading.rows[0].values
    assert (values["chinese"], values["chinese_also"], values["chinese_former"]) == ("", "岸电", "码头电")
    assert reading.remarks == ["Languages that are not read: zh-Hant."]


BOMB = "".join(f'<!ENTITY {b} "&{a};&{a};">' for a, b in pairwise("abcdefgh"))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (f'<!DOCTYPE tbx [<!ENTITY a "ha">{BOMB}]><tbx>&h;</tbx>', "Line 1"),
        ('<!DOCTYPE tbx [<!ENTITY h SYSTEM "file:///etc/passwd">]><tbx>&h;</tbx>', "Line 1"),
        ('<!DOCTYPE tbx SYSTEM "http://x.example/x.dtd"><tbx>\n&h;</tbx>', "Line 2: the entity “h” is not known"),
        ("<tbx>\n<text>", "Line 2, column 7: the file is damaged here"),
        ("<tmx/>", "it begins with <tmx>"),
        ("<tbx/>", "no English or Chinese term"),
        ("<tbx>" + "<a>" * 60 + "</a>" * 60 + "</tbx>", "nested too deeply"),
    ],
)
def test_what_is_no_safe_tbx_says_why(content, reason):
    with pytest.raises(Unreadable, match=reason):
        tbx_format.read(content.encode())


def test_every_change_is_logged_with_its_revision():
    make(english="low-carbon", chinese="低碳")
    user = member_of("Publishers")
    told = {"english": "low-carbon", "chinese": "低碳", "note": "n"}, {"english": "tide", "chinese": "潮"}
    carry_out(planned(*told), user, "terms.csv")
    for term in GlossaryTerm.objects.all():
        entry = ModelLogEntry.objects.for_instance(term).get()
        assert (entry.user, entry.message, entry.comment) == (user, "Brought in from a file", "terms.csv")
        assert entry.revision == term.latest_revision
        assert term.get_latest_revision_as_object().note == term.note
