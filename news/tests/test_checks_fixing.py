"""Fixes together: all of a text's are made at once, nothing is left to fix, and no text is too odd or too long."""

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from news.checks import REGISTER, About, run_on
from news.checks.base import Fix, Term
from news.checks.fixing import fixed, fixed_html, rewritten
from news.checks.text import Place, origins_in, plain

MINE = [check for check in REGISTER.values() if check.family not in ("numbers", "dates", "amounts")]
OFF = frozenset(REGISTER) - {check.name for check in MINE}
TERMS = (
    Term(("Green Line", "GL"), ("绿线", "绿线计划"), forbidden_chinese=("绿縣",)),
    Term(("Shan Lan",), ("单岚",), is_person=True),
)
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60)
PIECES = [
    *"中文的了是在，。、；：？！（）《》“”\"'…—·,.;:?!()[]-~ 　\t\n\u200b\u200d\ufeffab1２Ａ說體<>&/@",
    "的了",
    "the ",
    " the",
]
ODD_TEXT = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def places(text, *edits):
    return [Fix(Place(0, start, end, text[start:end]), words) for start, end, words in edits]


def test_of_fixes_that_overlap_the_longest_is_made():
    text = "one two three"
    assert fixed(text, places(text, (0, 3, "1"), (4, 7, "2"), (4, 13, "2, 3"))) == "1 2, 3"
    assert fixed(text, []) == text


def test_a_rule_reads_what_those_before_it_leave():
    rules = {
        "wide": lambda text: [(at, at + 1, "，") for at, letter in enumerate(text) if letter == ","],
        "once": lambda text: [(at, at + 2, "，") for at in range(len(text)) if text[at : at + 2] == "，，"],
    }
    edits = rewritten("甲,,乙", rules)
    assert edits == {"wide": [(1, 2, "，"), (2, 3, "，")], "once": [(1, 3, "，")]}
    assert fixed("甲,,乙", places("甲,,乙", *edits["wide"], *edits["once"])) == "甲，乙"


def fix_all(text, is_chinese):
    """The text with all its fixes made, and whether there was one."""
    findings = run_on("", escaped(text), off=OFF) if is_chinese else run_on(escaped(text), "", off=OFF)
    fixes = [fix for finding in findings for fix in (finding.fix_chinese if is_chinese else finding.fix_english)]
    return fixed(text, fixes), bool(fixes)


def escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;")


@pytest.mark.parametrize("is_chinese", [True, False])
@example(text="—--一")
@example(text="一....…")
@given(text=st.one_of(ANY_TEXT, ODD_TEXT))
@settings(max_examples=100, deadline=None)
def test_once_all_is_fixed_nothing_is_left_to_fix(is_chinese, text):
    assert not fix_all(fix_all(text, is_chinese)[0], is_chinese)[1]


@given(english=st.one_of(ANY_TEXT, ODD_TEXT), chinese=st.one_of(ANY_TEXT, ODD_TEXT))
@settings(max_examples=100, deadline=None)
def test_no_text_is_too_odd(english, chinese):
    for finding in run_on(english, chinese, About(TERMS), off=OFF):
        assert finding.key
        assert finding.message.en
        assert finding.message.zh
        for fix in (*finding.fix_english, *finding.fix_chinese):
            assert fix.place.start < fix.place.end
            assert fix.place.words != fix.words


REPEATED = [
    *'"“”《（() 　.。…—-,，中的1Aa<&[【待X_\u200b\u200d\n說Ã',
    *("“”", "。 ", "， ", "中 ", "中,", "我们", "1 ", "+1 ", "0", "a ", "A ", "Ab ", "the ", "a.", "a@", "@", "www."),
    *("http://", "<!--[if", "mso-", "Normal 0 ", "绿线、", "Green Line, ", "单岚、", "today ", "今天"),
]


@pytest.mark.nightly
def test_time_grows_with_length_and_no_faster():
    about = About(TERMS)

    def taken(piece, length):
        text = (piece * length)[:length]
        begun = time.process_time()
        run_on(text, text, about, off=OFF)
        run_on("", text + "中。", about, off=OFF)
        return time.process_time() - begun

    def growth(piece):
        """Times the time for ten times the text."""
        taken(piece, 500)
        return taken(piece, 50_000) / max(taken(piece, 5_000), 0.004)

    assert {piece: times for piece in REPEATED if (times := growth(piece)) >= 40} == {}


@pytest.mark.parametrize(
    ("html", "place", "words", "expected"),
    [
        ("在<b>深圳</b>,举行", (3, 4), "，", "在<b>深圳</b>，举行"),
        ("R&amp;D中心,启用", (5, 6), "，", "R&amp;D中心，启用"),
        ("深圳<b> 南山</b>", (2, 3), "", "深圳<b>南山</b>"),
        ("一<br/>二..", (3, 5), "……", "一<br/>二……"),
        ("甲<i>,</i>乙", (1, 2), "<", "甲<i>&lt;</i>乙"),
        ("深 <b> </b>圳", (1, 3), "", "深<b></b>圳"),
    ],
)
def test_a_fix_of_rich_text_leaves_its_marks(html, place, words, expected):
    fix = Fix(Place(0, *place, plain(html)[slice(*place)]), words)
    assert fixed_html(html, [fix]) == expected


@settings(deadline=None)
@given(st.text("a&<>/b;#x1 \n深,", max_size=40))
def test_each_character_of_the_plain_text_is_found_in_the_html(html):
    assert len(origins_in(html)) == len(plain(html))
