"""Whether both texts name the same people and bodies, as the glossary has them, and in one order."""

import re
from collections.abc import Iterator, Sequence
from itertools import product

from .base import Finding, Level, Said, TextPair, check
from .glossary import Mention, Status, Term, introductions, mentions_in
from .persons import misspellings
from .text import Passage, Place

HEAD_PATHS = frozenset(["title", "summary"])
QUOTED = re.compile(r'“[^“”\n]{1,200}”|"[^"\n]{1,200}"|「[^「」\n]{1,200}」')
ENGLISH_LINK = re.compile(r"(?:[,;&/]|\b(?:and|with|as well as)\b)")
ENGLISH_STOP = re.compile(r"[.!?:\n]|\b(?:said|says|met|told)\b")
CHINESE_LINK = re.compile(r"[、，；/]|和|与|及")
CHINESE_STOP = re.compile(r"[。！？：\n]")
GAP = {False: 60, True: 24}
"""Characters between two names of a list at most, with the titles that stand there."""


@check(
    "names",
    ("Names", "专有名称"),
    (
        "A name of the glossary stands in one language and its approved counterpart is missing in the other. Former "
        "names are right in releases of their time. After a paragraph has given a name, later ones may shorten it. A "
        "forbidden form blocks, in a quotation it warns.",
        "术语表中的名称在一种语言中出现，另一语言缺少其规范译名。旧称可用于当时的稿件；前文已出现的名称，后文可用简称。"
        "出现禁用写法则阻止发布，在引语中仅作提醒。",
    ),
)
def names(pair: TextPair) -> Iterator[Finding]:
    if not pair.about.terms:
        return
    said = mentions(pair)
    named = [frozenset(term for mention in each for term in mention.terms) for each in said]
    misspelt = {term for term, _place in misspellings(pair.english, *said)}
    for is_chinese, passage in enumerate((pair.english, pair.chinese)):
        yield from unapproved(passage, said[is_chinese], bool(is_chinese))
        if not (pair.english and pair.chinese):
            continue
        seen: dict[Term, list[Mention]] = {}
        for mention in said[is_chinese]:
            if mention.is_approved and not mention.terms & (named[not is_chinese] | misspelt):
                seen.setdefault(mention.meanings[0][0], []).append(mention)
        for term, places in seen.items():
            if not is_short_elsewhere(pair, term, bool(is_chinese)):
                yield without_counterpart(passage, term, places, bool(is_chinese))


def mentions(pair: TextPair) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    glossary = pair.about.glossary
    return mentions_in(glossary, pair.english.folded, False), mentions_in(glossary, pair.chinese.folded, True)


def unapproved(passage: Passage, said: Sequence[Mention], is_chinese: bool) -> Iterator[Finding]:
    quoted = [match.span() for match in QUOTED.finditer(passage.folded)]
    for mention in said:
        if mention.is_approved:
            continue
        term = mention.meanings[0][0]
        place = passage.place(mention.start, mention.end)
        right = (term.chinese if is_chinese else term.english)[:1]
        in_quotes = any(start < mention.start and mention.end < end for start, end in quoted)
        level = Level.BLOCKS if mention.status is Status.FORBIDDEN and not in_quotes else Level.WARNS
        kind = {
            Status.FORBIDDEN: ("is a form that is not to be used", "是禁用写法"),
            Status.FORMER: ("is a former name", "是旧称"),
        }[mention.status]
        yield finding(
            "names",
            level,
            Said(
                f"“{place.words}” {kind[0]}" + "".join(f"; write “{form}”." for form in right),
                f"“{place.words}”{kind[1]}" + "".join(f"，应写作“{form}”。" for form in right),
            ),
            [place],
            is_chinese,
        )


def is_short_elsewhere(pair: TextPair, term: Term, is_chinese: bool) -> bool:
    """Whether the other text may give the name in short, within a longer one, or had it in an earlier paragraph."""
    other = pair.english if is_chinese else pair.chinese
    if any(
        form.isupper() and form.isalnum() and re.search(rf"\b{form}\b", other.folded, re.ASCII) for form in term.english
    ):
        return True
    if any(is_part_of_a_name(form, other.folded) for form in (term.english if is_chinese else term.chinese)):
        return True
    document = pair.documents[not is_chinese]
    numbered = zip(document.texts, document.plain, strict=True)
    texts = tuple((number, text) for number, ((path, _html), text) in enumerate(numbered) if path not in HEAD_PATHS)
    first = introductions(pair.about.glossary, texts, not is_chinese).get(term)
    return first is not None and first < other.parts[0][0]


def is_part_of_a_name(form: str, text: str) -> bool:
    """Whether it stands in a text, though as the beginning of a longer name: no mention of its own."""
    return bool(re.search(rf"(?<![^\W_]){re.escape(form)}(?![a-zA-Z])" if form.isascii() else re.escape(form), text))


def without_counterpart(passage: Passage, term: Term, said: Sequence[Mention], is_chinese: bool) -> Finding:
    places = [passage.place(mention.start, mention.end) for mention in said]
    right = (term.english if is_chinese else term.chinese)[:1]
    words = places[0].words
    return finding(
        "names",
        Level.WARNS,
        Said(
            f"“{words}” has no counterpart in the {'English' if is_chinese else 'Chinese'}"
            + "".join(f"; the glossary has “{form}”" for form in right)
            + ".",
            f"“{words}”在{'英文' if is_chinese else '中文'}中没有对应的名称"
            + "".join(f"，术语表写作“{form}”" for form in right)
            + "。",
        ),
        places,
        is_chinese,
    )


def finding(name: str, level: Level, said: Said, places: Sequence[Place], is_chinese: bool) -> Finding:
    sides: tuple[tuple[Place, ...], tuple[Place, ...]] = ((), tuple(places)) if is_chinese else (tuple(places), ())
    return Finding(name, level, said, *sides)


@check(
    "pinyin",
    ("Pinyin of names", "人名拼音"),
    (
        "A person of the glossary is named in the Chinese, and the English has another spelling: a wrong reading "
        "(单 is Shan, 仇 is Qiu), a hyphen or a wrong letter. The glossary decides, however it spells a name.",
        "中文提到术语表中的人物，英文写法与术语表不一致：多音字读错（单读Shan，仇读Qiu）、加了连字符或拼错字母。"
        "以术语表中的英文写法为准。",
    ),
)
def pinyin(pair: TextPair) -> Iterator[Finding]:
    if pair.about.terms:
        for term, place in misspellings(pair.english, *mentions(pair)):
            right = term.english[0]
            yield Finding(
                "pinyin",
                Level.WARNS,
                Said(
                    f"“{place.words}”: the glossary spells {term.chinese[0]} “{right}”.",
                    f"“{place.words}”：术语表中{term.chinese[0]}的英文写法是“{right}”。",
                ),
                english=(place,),
            )


@check(
    "order",
    ("Order of names", "排序"),
    (
        "People and bodies of the glossary that are listed in one sentence stand in different orders. Lists of three "
        "and more that are alphabetical in either language are left alone.",
        "同一句中并列的人物或机构，中英文排列顺序不一致。三项以上、按英文字母或汉语拼音排列的名单不作提醒。",
    ),
)
def order(pair: TextPair) -> Iterator[Finding]:
    if not pair.about.terms:
        return
    said = mentions(pair)
    lists = [listed(pair.chinese.folded, said[1], True), listed(pair.english.folded, said[0], False)]
    for chinese, english in product(*lists):
        shared = [term for term in chinese if term in english]
        other = [term for term in english if term in chinese]
        if len(shared) > 1 and shared != other and not is_alphabetical(shared, other):
            places = [pair.english.place(english[term].start, english[term].end) for term in other]
            chinese_places = [pair.chinese.place(chinese[term].start, chinese[term].end) for term in shared]
            yield Finding(
                "order",
                Level.WARNS,
                Said(
                    f"The order differs: {' – '.join(place.words for place in places)} in English, "
                    f"{'、'.join(place.words for place in chinese_places)} in Chinese.",
                    f"排序不一致：英文为{' – '.join(place.words for place in places)}，"
                    f"中文为{'、'.join(place.words for place in chinese_places)}。",
                ),
                tuple(places),
                tuple(chinese_places),
            )


def listed(text: str, said: Sequence[Mention], is_chinese: bool) -> list[dict[Term, Mention]]:
    """The enumerations of a text: their terms in order."""
    link, stop = (CHINESE_LINK, CHINESE_STOP) if is_chinese else (ENGLISH_LINK, ENGLISH_STOP)
    lists: list[dict[Term, Mention]] = []
    end = None
    for mention in said:
        between = text[end : mention.start] if end is not None else ""
        if not (between and len(between) <= GAP[is_chinese] and link.search(between) and not stop.search(between)):
            lists.append({})
        lists[-1].setdefault(mention.meanings[0][0], mention)
        end = mention.end
    return [each for each in lists if len(each) > 1]


def is_alphabetical(chinese: list[Term], english: list[Term]) -> bool:
    if len(english) < 3:
        return False
    by_form = [term.english[0].casefold() for term in english if term.english]
    by_surname = [form.split()[-1] for form in by_form if form]
    from pypinyin import lazy_pinyin

    by_pinyin = [lazy_pinyin(term.chinese[0]) for term in chinese if term.chinese]
    return by_form == sorted(by_form) or by_surname == sorted(by_surname) or by_pinyin == sorted(by_pinyin)
