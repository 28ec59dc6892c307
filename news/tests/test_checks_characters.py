"""Traditional, invisible and broken characters, and what Word leaves."""

from io import StringIO

import pytest
from django.core.management import call_command

from news.checks import About, Level, run, run_on
from news.checks.base import Document, Link, Term
from news.checks.fixing import fixed
from news.checks.traditional import SIMPLIFIED, TRADITIONAL


def found(check, english="", chinese="", about=About()):  # noqa: B008
    return [finding for finding in run_on(english, chinese, about) if finding.check == check]


def test_traditional_characters_become_simplified():
    text = "論壇於湖邊开幕。"
    [finding] = found("traditional", chinese=text)
    assert [place.words for place in finding.chinese] == ["論", "壇", "邊"]
    assert fixed(text, finding.fix_chinese) == "论坛於湖边开幕。"


@pytest.mark.parametrize("text", ["乾隆年间的著名画家", "瞭望塔", "慰藉", "覆盖", "李昇与叶甦", "宫商角徵羽", "望於"])
def test_characters_of_the_mainland_standard_are_left_alone(text):
    assert not found("traditional", chinese=text)


def test_names_of_the_glossary_may_have_traditional_characters():
    about = About((Term(("Lunlan Press",), ("論蘭社",)),))
    assert not found("traditional", chinese="論蘭社出版", about=about)
    assert found("traditional", chinese="論壇", about=about)


def test_the_table_leaves_out_what_mainland_texts_write(tmp_path):
    source, target = tmp_path / "TSCharacters.txt", tmp_path / "made.py"
    source.write_text("論\t论\n夥\t伙\n昇\t升\n", "utf-8")
    call_command("make_character_table", source, output=target, never_simplified=True, stdout=StringIO())
    made: dict[str, str] = {}
    exec(target.read_text("utf-8"), made)
    assert (made["TRADITIONAL"], made["SIMPLIFIED"]) == ("論", "论")


def test_the_table_maps_each_character_to_another_and_none_twice():
    assert len(TRADITIONAL) == len(SIMPLIFIED) == len(set(TRADITIONAL))
    assert not set(TRADITIONAL) & set(SIMPLIFIED)


@pytest.mark.parametrize(
    ("text", "right"), [("湖\u200b泊\ufeff", "湖泊"), ("la\xadke\u202e", "lake"), ("湖\x07", "湖")]
)
def test_invisible_characters_are_taken_out(text, right):
    [finding] = found("invisible", chinese=text)
    assert fixed(text, finding.fix_chinese) == right


@pytest.mark.parametrize("text", ["👩\u200d🔬 at work", "a\nb\tc", "non\xa0breaking", "می\u200cخواهم"])
def test_joiners_that_are_needed_and_space_are_left_alone(text):
    assert not found("invisible", english=text)


@pytest.mark.parametrize("text", ["lost \ufffd", "\ue123", "锟斤拷", "donâ€™t", "\ud800", "cafÃ© bar"])
def test_broken_characters_block(text):
    assert [finding.level for finding in found("broken", english=text)] == [Level.BLOCKS]


def test_an_article_about_mojibake_may_name_it():
    assert not found("broken", "The famous 锟斤拷", "著名的“锟斤拷”")


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("River&amp;nbsp;lake", "River lake"),
        ("mso-fareast-font-family:宋体; River", " River"),
        ("&lt;!--[if gte mso 9]--&gt;River", "River"),
    ],
)
def test_words_that_word_left_are_taken_out(text, right):
    [finding] = found("residue", english=text)
    assert fixed(finding.texts[0], finding.fix_english) == right


@pytest.mark.parametrize(
    "html", ["<o:p>River</o:p>", '<font face="x">River</font>', '<span style="mso-x: y">River</span>']
)
def test_formatting_of_word_is_named(html):
    [finding] = found("residue", english=html)
    assert not finding.is_fixable


def test_pictures_fetched_from_wechat_are_named():
    linked = Document((("a", "湖泊"),), links=(Link(0, "https://mmbiz.qpic.cn/mmbiz_jpg/x/640"),))
    assert [f.check for f in run(Document((("a", "Lake"),)), linked) if f.check == "residue"] == ["residue"]
    assert not found("residue", "He took the font family to the &amp; office.", "他去了办公室。")
