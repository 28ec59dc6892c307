"""The glossary's terms, and what translators and the checks are told of them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.search.backends import get_search_backend

from news.checks.glossary import Status, glossary_of, mentions_in
from news.glossary import facts, terms
from news.models import FormerName, GlossaryTerm
from news.pinyin import pinyin_of

from .pairs import BOTH, change_live, locale, partner_pair
from .scene import Scene

pytestmark = pytest.mark.django_db


def make(**fields):
    term = GlossaryTerm(**fields)
    term.full_clean()
    term.save()
    return term


def term_of(english):
    return next(term for term in terms.terms_of_site() if english in term.english)


@pytest.mark.parametrize(
    ("name", "pinyin"),
    [
        ("单小禾", "Shan Xiaohe"),
        ("仇平安", "Qiu Ping'an"),
        ("解示例", "Xie Shili"),
        ("尉迟样", "Yuchi Yang"),
        ("欧阳样本", "Ouyang Yangben"),
        ("吕安", "Lyu An"),
        ("任华", "Ren Hua"),
        ("艾达·桑普尔", ""),
        ("Ada", ""),
        ("单", ""),
    ],
)
def test_the_pinyin_of_a_name_reads_its_surname_as_a_surname(name, pinyin):
    assert pinyin_of(name) == pinyin


def test_a_person_without_english_gets_pinyin_and_nobody_else_does():
    assert make(kind="person", chinese="单小禾").english == "Shan Xiaohe"
    assert make(kind="person", chinese="查样本", english="Zha Sample").english == "Zha Sample"
    assert make(kind="term", chinese="单车").english == ""


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({}, "__all__"),
        ({"english": "a", "english_forbidden": "b\na"}, "english_forbidden"),
        ({"chinese": "一", "chinese_also": "二", "chinese_forbidden": "二"}, "chinese_forbidden"),
        ({"english": "a", "office_en": "Director"}, "office_en"),
        ({"english": "a", "until": date(2018, 12, 31)}, "until"),
    ],
)
def test_what_contradicts_itself_is_refused_where_it_stands(fields, where):
    with pytest.raises(ValidationError) as refusal:
        GlossaryTerm(**fields).full_clean()
    assert list(refusal.value.error_dict) == [where]


def test_a_term_is_there_once_but_what_is_only_forbidden_as_often_as_needed():
    make(english="low-carbon", chinese="低碳")
    make(english_forbidden="one")
    make(english_forbidden="two")
    with pytest.raises(ValidationError, match="in the glossary already"):
        make(english="low-carbon ", chinese="低碳")


def test_forms_may_be_typed_in_one_line_or_several():
    assert make(english="a", english_also=" b |c\r\n\r\nd  e").right("english") == ("a", "b", "c", "d e")


def test_former_forms_are_right_on_their_last_day_and_not_on_the_next():
    make(english="Tide Office", english_former="Water Board", until=date(2018, 12, 31))
    for day, status in [(date(2018, 12, 31), Status.APPROVED), (date(2019, 1, 1), Status.FORMER)]:
        (mention,) = mentions_in(glossary_of(terms.terms_of_site(), day), "The Water Board met.", False)
        assert mention.status is status


def test_a_public_partner_is_a_term_with_its_names_in_both_languages():
    english, chinese = partner_pair()
    for page, short in ((english, "EI"), (chinese, "示例院")):
        page.short_name = short
        change_live(page)
    term = term_of("Example Institute")
    assert term.english == ("Example Institute", "EI")
    assert term.chinese == ("示例研究院", "示例院")


def test_former_names_of_a_partner_hold_until_the_end_of_their_year():
    english, chinese = partner_pair()
    for page, language, names in zip(
        (english, chinese),
        BOTH,
        ([("Old Lab", 2014), ("Older Lab", 2005)], [("旧实验室", 2014), ("更旧实验室", 2005)]),
        strict=True,
    ):
        page.former_names = [FormerName(name=name, until=year, locale=locale(language)) for name, year in names]
        change_live(page)
    found = [term for term in terms.terms_of_site() if "Example Institute" in term.english]
    assert {(term.former_english, term.former_chinese, term.until) for term in found} == {
        (("Old Lab",), ("旧实验室",), date(2015, 1, 1)),
        (("Older Lab",), ("更旧实验室",), date(2006, 1, 1)),
    }


def test_a_profile_that_was_never_public_is_no_term():
    partner_pair(title=("Draft Institute", "草稿研究院"), live=())
    assert not any("Draft Institute" in term.english for term in terms.terms_of_site())


def test_a_partner_public_in_one_language_is_a_term_of_that_language():
    partner_pair(live=(BOTH[0],), translated=False)
    assert term_of("Example Institute").chinese == ()


def test_all_terms_take_few_queries_and_none_again(django_assert_num_queries):
    make(english="low-carbon", chinese="低碳")
    partner_pair()
    terms.forget()
    with django_assert_num_queries(3):
        first = terms.terms_of_site()
    with django_assert_num_queries(0):
        assert terms.terms_of_site() is first


def test_a_change_is_seen_at_once():
    term = make(english="low-carbon", chinese="低碳")
    assert term_of("low-carbon").chinese == ("低碳",)
    term.chinese = "低碳的"
    term.save()
    assert term_of("low-carbon").chinese == ("低碳的",)
    term.delete()
    assert not any("low-carbon" in term.english for term in terms.terms_of_site())


@pytest.mark.parametrize("words", ["低碳", "净零", "低炭", "low", "net zero", "low carbonic"])
def test_the_list_finds_a_term_by_any_of_its_forms(words):
    fields = {"english_also": "net zero", "chinese_also": "净零发展", "english_forbidden": "low carbonic"}
    term = make(english="low-carbon", chinese="绿色低碳", chinese_forbidden="低炭", **fields)
    make(english="tide", chinese="潮")
    assert list(get_search_backend().autocomplete(words, GlossaryTerm.objects.all())) == [term]


# In the translation editor --------------------------------------------------------------------------------------------


def shown(told):
    return [(term["source"], term["forms"], term["never"]) for term in told["terms"]]


def test_each_paragraph_is_told_its_terms_in_order_and_once():
    make(english="shore power", chinese="岸电", chinese_forbidden="岸上电力")
    make(english="referee", chinese="评审专家")
    texts = {1: "Two <b>referees</b> like shore power; shore power likes them.", 2: "Nothing.", 3: "Shore power."}
    told = facts.facts_of(texts, into_chinese=True)
    assert shown(told) == [
        ("referee", ("评审专家",), ()),
        ("shore power", ("岸电",), ("岸上电力",)),
        ("Shore power", ("岸电",), ("岸上电力",)),
    ]
    assert told["segments"] == {1: [0, 1], 3: [2]}


def test_into_english_the_english_forms_are_told():
    make(english="shore power", chinese="岸电", english_forbidden="shore electricity")
    told = facts.facts_of({1: "岸电泊位"}, into_chinese=False)
    assert shown(told) == [("岸电", ("shore power",), ("shore electricity",))]


def test_a_person_comes_with_the_office_and_the_note():
    make(kind="person", chinese="单小禾", office_en="Director", office_zh_hans="主任", note="Shan")
    (term,) = facts.facts_of({1: "单小禾说"}, into_chinese=False)["terms"]
    assert (term["forms"], term["office"], term["note"]) == (("Shan Xiaohe",), "Director", "Shan")


def test_a_name_of_its_time_is_translated_by_the_name_of_its_time():
    names = {"english_former": "Water Board", "chinese_former": "水务局", "until": date(2018, 12, 31)}
    make(english="Tide Office", chinese="潮汐局", **names)
    texts = {1: "The Water Board met."}
    assert shown(facts.facts_of(texts, True, date(2017, 11, 7))) == [("Water Board", ("水务局",), ())]
    assert shown(facts.facts_of(texts, True, date(2020, 1, 1))) == [("Water Board", ("潮汐局",), ())]


def test_a_term_that_the_other_language_has_no_word_for_is_not_shown():
    make(english="shore power")
    assert facts.facts_of({1: "Shore power."}, into_chinese=True) == {"terms": [], "segments": {}}


def test_two_thousand_terms_in_sixty_paragraphs_are_found_fast():
    import time

    GlossaryTerm.objects.bulk_create(
        GlossaryTerm(english=f"Body{number} of Tides", chinese=f"潮{chr(0x4E00 + number)}机构")
        for number in range(2000)
    )
    terms.forget()
    texts = {number: f"The Body{number} of Tides met the Body{number * 7} of Tides. " * 4 for number in range(60)}
    facts.facts_of({}, True)  # what is made once after a change
    start = time.process_time()
    assert len(facts.facts_of(texts, True)["terms"]) > 60
    assert time.process_time() - start < 0.2  # a slow machine's; 15 ms on ours


def test_the_editor_is_told_the_terms_of_its_paragraphs(client):
    scene = Scene()
    scene.page.title, scene.page.date = "Shore power", datetime(2020, 1, 1, tzinfo=ZoneInfo("Asia/Shanghai"))
    scene.page.save_revision()
    make(english="shore power", chinese="岸电")
    scene.submit()
    client.force_login(scene.translator)
    response = client.get(reverse("wagtailadmin_pages:edit", args=[scene.translation.page.pk]))
    told = response.context["terms"]
    assert shown(told) == [("Shore power", ("岸电",), ())]
    segment = scene.translation.localized.source.stringsegment_set.get(context__path="title")
    assert told["segments"] == {segment.pk: [0]}
    assert b'<script id="glossary" type="application/json">' in response.content
