"""What a text and a query become. Any text must do."""

import time
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from hypothesis import example, given, settings
from hypothesis import strategies as st

from home.search.analysis import MAX_TERMS, MAX_TOKENS, SearchTerm, analyse, fold, matches, terms_of
from home.search.highlight import fold_with_origin, snippet, spans

ANYTHING = st.text(st.one_of(st.characters(), st.sampled_from("低碳城市的𠮷東ｶﾞé́ﬁ²'’·《》\u200b 12ab")), max_size=80)


def test_a_run_becomes_bigrams_and_its_last_character():
    assert analyse("低碳城，CO₂減排") == "低碳 碳城 城 co 2 减排 排"


def test_english_is_stemmed_and_what_is_typed_is_not():
    assert analyse("Cities’ harbours") == "citi harbour"
    assert analyse("Cities’ harbours", stem=False) == "cities harbours"


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("低碳", [SearchTerm(("低碳",))]),
        ("碳", [SearchTerm(("碳",), prefix=True)]),
        ("低碳城", [SearchTerm(("低碳", "碳城"))]),
        ("低碳 forums", [SearchTerm(("低碳",)), SearchTerm(("forum",))]),
        ("the forum", [SearchTerm(("forum",))]),
        ("the", [SearchTerm(("the",))]),
        ("低碳论坛", [SearchTerm(("低碳",)), SearchTerm(("论坛",))]),
        ("…", []),
    ],
)
def test_what_a_query_asks_for(query, terms):
    assert terms_of(query) == terms


def test_the_last_word_may_be_unfinished_while_typing():
    assert terms_of("low car", stem=False, typing=True) == [SearchTerm(("low",)), SearchTerm(("car",), prefix=True)]


@given(ANYTHING)
def test_whatever_is_written_is_found_by_its_own_words(text):
    terms = terms_of(text)
    assert len(terms) <= MAX_TERMS
    tokens = analyse(text)
    assert all(token.replace("z", "a").isalnum() for token in tokens.split())
    for token in tokens.split():
        assert len(token.encode()) < 2000  # what PostgreSQL takes


@given(ANYTHING)
def test_folding_is_final(text):
    assert analyse(fold(text)) == analyse(text)


@given(ANYTHING, ANYTHING)
@example("0\ua8e0", "0")  # a mark that combines and that folding leaves
def test_marks_stay_within_the_text(text, query):
    for start, end in spans(text, terms_of(query)):
        assert 0 <= start < end <= len(text)
    whole = "".join(piece for piece, _hit in snippet(text, terms_of(query), width=10**6))
    assert whole == " ".join(text.split())
    folded, origin = fold_with_origin(text)
    assert len(folded) == len(origin)


@given(st.text("低碳城市论坛深圳", min_size=2, max_size=12), st.data())
def test_every_part_of_a_chinese_text_of_up_to_three_characters_is_found(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    part = text[start : start + data.draw(st.integers(1, 3))]
    assert matches(text, terms_of(part)) == len(terms_of(part))


@settings(max_examples=20, deadline=None)
@given(ANYTHING)
def test_a_long_text_is_cut_off_in_time(text):
    begun = time.process_time()
    assert len(analyse((text + "a ") * 40_000 if len(text) < 20 else text).split()) <= MAX_TOKENS
    assert time.process_time() - begun < 20


def test_marks_stand_on_the_text_as_it_is_written():
    text = "Forum: 在《低碳》城市, Café and CO₂"
    hits = [piece for piece, is_hit in snippet(text, terms_of("低碳城市 cafe co2")) if is_hit]
    assert hits == ["低碳》城市", "Café", "CO₂"]
    assert snippet("<b>低碳</b>", terms_of("低碳"))[0] == ("<b>", False)  # the template escapes it


def test_the_table_of_characters_is_made_from_opencc(tmp_path):
    source, target = tmp_path / "TSCharacters.txt", tmp_path / "characters.py"
    source.write_text("論\t论\n乾\t干 乾\n后\t后\n", "utf-8")
    call_command("make_character_table", source, output=target, stdout=StringIO())
    made: dict[str, str] = {}
    exec(target.read_text("utf-8"), made)
    assert (made["TRADITIONAL"], made["SIMPLIFIED"]) == ("論乾", "论干")
    source.write_text("nothing\n", "utf-8")
    with pytest.raises(CommandError):
        call_command("make_character_table", source, output=target)
