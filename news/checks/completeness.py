"""Whether all of a release is there, and in both languages."""

import re
from collections import Counter
from collections.abc import Iterator

from .base import Finding, Level, Said, TextPair, check
from .text import Passage, Place, is_han

LANGUAGES = (("English", "英文"), ("Chinese", "中文"))
HEAD = frozenset(["title", "summary"])

NO_WORDS = re.compile(r"(?:https?://|www\.)\S+|(?<![A-Za-z0-9_.+-])[A-Za-z0-9_.+-]{1,64}@[\w.-]+|[@#]\w+")
ASIDE = re.compile('“[^“”]*”|"[^"]*"|《[^《》]*》|「[^「」]*」|[(（][^()（）]*[)）]')
WORD = re.compile(r"[A-Za-zÀ-ɏ0-9][A-Za-zÀ-ɏ0-9'’.,:/@-]*")
LATIN_WORD = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ'’-]*")
SAME_FROM = 20
LATIN_WORDS_AT_MOST = 4
HAN_AT_MOST, HAN_SHARE_AT_MOST = 5, 0.3

ORDINARY = frozenset(
    re.findall(
        r"\w+",
        "about above agenda agreement analysis annex announcement annual appendix application attachment "
        "background below brochure calendar chart click contact contents courtesy date description details "
        "document download email figure file form guide handout here illustration image introduction "
        "invitation item leaflet learn letter list minutes month more note notes notice open overview page "
        "percent phone photo photograph picture plan population price programme proposal questions read "
        "register regulations release report results rules schedule see sheet slides speech statement "
        "statistics summary survey table text timetable title total update view watch year",
    )
)
"""Words of titles, captions, headings and buttons, which are in few names."""

PARTS = {
    "heading": ("headings", "小标题"),
    "image": ("images", "图片"),
    "table": ("tables", "表格"),
    "quote": ("quotations", "引语"),
    "item": ("list items", "列表项"),
}

PLACEHOLDER = re.compile(
    r"(?a:\b(?:TBC|TBD|TBA|TODO|FIXME)\b)|(?<![A-Za-z0-9])X{3,}(?![A-Za-z0-9])|×{3,}|(?i:\blorem ipsum\b)|_{3,}"
    r"|\[(?i:insert|add|placeholder|name|date|link|quote|number|to be)\b[^\[\]]{0,60}\]|\[\s{0,9}\]"
    r"|[【〔]\s{0,9}[】〕]"
    r"|待(?:补充?|确认|核实?|填写?|翻译|更新)(?=[\s，。；：、）)】\]]|\Z)|[【（(](?:此处|这里)[^】）)]{0,40}[】）)]"
    r"|此处(?:插入|填写|补充)"
)


def all_of(passage: Passage) -> tuple[Place, ...]:
    return tuple(Place(number, 0, len(text), text) for number, text in passage.parts if text.strip())


@check(
    "untranslated",
    ("Untranslated text", "未翻译"),
    (
        "A paragraph that is missing in one language, or is the same in both, blocks. A Chinese one without Han, and "
        "an English one that is Han to three tenths, warn, and so do a title, caption, credit, heading, button or cell "
        "of a table in the other language. Names, addresses, quotations and brackets are left alone.",
        "一种语言缺少段落，或两种语言内容相同，则阻止发布；中文段落没有汉字、英文段落三成以上为汉字，"
        "或标题、图注、署名、小标题、按钮、表格单元格仍是另一种语言，则提醒。名称、网址、引语和括号内的内容除外。",
    ),
)
def untranslated(pair: TextPair) -> Iterator[Finding]:
    if bool(pair.english) != bool(pair.chinese):
        yield from missing(pair)
        return
    english, chinese = (
        {squeezed(place.words): place for place in all_of(passage)} for passage in (pair.english, pair.chinese)
    )
    for text in english:
        if is_the_same(text, chinese):
            said = Said("The text is the same in both languages.", "中英文内容相同，尚未翻译。")
            yield Finding("untranslated", Level.BLOCKS, said, (english[text],), (chinese[text],))
    for text, place in chinese.items():
        if (text not in english and is_latin(text)) or (not is_the_same(text, english) and is_english_label(text)):
            said = Said("The Chinese is still in English.", "中文版的这段文字还是英文。")
            yield Finding("untranslated", Level.WARNS, said, chinese=(place,))
    for text, place in english.items():
        if (text not in chinese and is_chinese(text)) or is_chinese_label(text):
            said = Said("The English is still partly in Chinese.", "英文版的这段文字还有中文。")
            yield Finding("untranslated", Level.WARNS, said, (place,))


def is_the_same(text: str, other: dict[str, Place]) -> bool:
    return text in other and len(text) >= SAME_FROM and not is_name(text)


def missing(pair: TextPair) -> Iterator[Finding]:
    """A text without the other; the head's are the business of another check."""
    there, side = (pair.english, 0) if pair.english else (pair.chinese, 1)
    texts = pair.documents[side].texts
    places = all_of(there)
    if all(texts[place.number][0] in HEAD for place in places) or not any(map(str.isalpha, there.text)):
        return
    (lacking, lacking_chinese), (present, present_chinese) = LANGUAGES[1 - side], LANGUAGES[side]
    yield Finding(
        "untranslated",
        Level.BLOCKS,
        Said(
            f"The {lacking} of this {present} text is missing.",
            f"这段{present_chinese}没有对应的{lacking_chinese}。",
        ),
        places if side == 0 else (),
        places if side == 1 else (),
    )


def squeezed(text: str) -> str:
    """A text without addresses, and without differences of space."""
    return " ".join(NO_WORDS.sub(" ", text).split())


def is_name(text: str) -> bool:
    """Whether a text is all names: no word of it is in small letters, but for those as short as "of"."""
    words = LATIN_WORD.findall(text)
    has_han = any(map(is_han, text))
    return not has_han and all(not word[0].islower() or len(word) < 4 for word in words)


def is_latin(text: str) -> bool:
    bare = ASIDE.sub("", text)
    words = LATIN_WORD.findall(bare)
    return len(words) > LATIN_WORDS_AT_MOST and not any(map(is_han, text)) and not is_name(bare)


def is_chinese(text: str) -> bool:
    bare = ASIDE.sub("", text)
    han: int = sum(map(is_han, bare))
    return han > HAN_AT_MOST and han > HAN_SHARE_AT_MOST * sum(map(str.isalpha, bare))


def is_english_label(text: str) -> bool:
    """Whether a few words are English that could be translated: one of them is no name, whatever its first letter."""
    if any(map(is_han, text)):
        return False
    words = LATIN_WORD.findall(ASIDE.sub("", text))
    ordinary = [word for word in words if word.casefold() in ORDINARY or (word.islower() and len(word) > 4)]
    return bool(ordinary) and len(words) <= LATIN_WORDS_AT_MOST * 3


def is_chinese_label(text: str) -> bool:
    """The same of a few characters, with nothing in Latin letters beside them."""
    bare = ASIDE.sub("", text)
    return 1 < sum(map(is_han, bare)) <= HAN_AT_MOST and not LATIN_WORD.search(bare)


@check(
    "length",
    ("Length of a paragraph", "段落长度"),
    (
        "A paragraph of eight words and more has under 0.8 or over 2.9 Han for each English word: something may be "
        "missing or too much. Words that the Chinese leaves in Latin letters or digits are not expected in Han. "
        "Headlines, which end without a stop, are left alone up to twenty words.",
        "八个词以上的段落，平均每个英文单词对应的汉字少于0.8个或多于2.9个，可能有漏译或增译。"
        "中文保留的西文词和数字不计入。句末无标点的标题，不足二十个词的不检查。",
    ),
    for_adapted=False,
)
def length(pair: TextPair) -> Iterator[Finding]:
    is_sentence = pair.english.text.rstrip().rstrip("\"'”’)]").endswith((".", "!", "?", ":", ";", "…"))
    least = 8 if is_sentence else 20
    yield from of_length(pair, "length", least, (0.8, 2.9), all_of(pair.english), all_of(pair.chinese))


@check(
    "whole_length",
    ("Length of the release", "全文长度"),
    (
        "The Chinese has under 1.0 or over 2.4 Han for each English word of the release.",
        "全文平均每个英文单词对应的汉字少于1.0个或多于2.4个。",
    ),
    reads_whole=True,
    for_adapted=False,
)
def whole_length(pair: TextPair) -> Iterator[Finding]:
    yield from of_length(pair, "whole_length", 60, (1.0, 2.4))


def of_length(
    pair: TextPair,
    name: str,
    least: int,
    usual: tuple[float, float],
    english: tuple[Place, ...] = (),
    chinese: tuple[Place, ...] = (),
) -> Iterator[Finding]:
    """A finding if the texts have `least` English words and not as many Han for each as is usual."""
    words, han = len(WORD.findall(pair.english.text)), sum(map(is_han, pair.chinese.text))
    if words < least or not pair.chinese:
        return
    translated = max(words - len(WORD.findall(pair.chinese.text)), 1)
    if han > usual[0] * translated and han <= usual[1] * words:
        return
    much, chinese_much = ("long", "偏长") if han > words else ("short", "偏短")
    yield Finding(
        name,
        Level.WARNS,
        Said(
            f"The Chinese is {much}: {han} characters for {words} English words.",
            f"中文{chinese_much}：英文{words}个词，中文{han}个字。",
        ),
        english,
        chinese,
    )


@check(
    "structure",
    ("Structure", "结构"),
    (
        "The versions have different numbers of headings, images, tables, quotations or list items. That only "
        "paragraphs were merged or split informs.",
        "中英文的小标题、图片、表格、引语或列表项数量不同；仅段落合并或拆分时，只作提示。",
    ),
    reads_whole=True,
    for_adapted=False,
)
def structure(pair: TextPair) -> Iterator[Finding]:
    english, chinese = pair.documents
    differ = [kind for kind in PARTS if english.parts[kind] != chinese.parts[kind]]
    for kind in differ:
        name, chinese_name = PARTS[kind]
        counts = (english.parts[kind], chinese.parts[kind])
        yield Finding(
            "structure",
            Level.WARNS,
            Said(
                f"The English has {counts[0]} {name}, the Chinese {counts[1]}.",
                f"英文有{counts[0]}处{chinese_name}，中文有{counts[1]}处。",
            ),
            what=f"{kind} {counts}",
        )
    paths = [Counter(path for path, _html in document.texts) for document in pair.documents]
    shared = [path for path in paths[0] if path in paths[1] and paths[0][path] != paths[1][path]]
    if not differ and shared:
        yield Finding(
            "structure",
            Level.INFORMS,
            Said("Paragraphs were merged or split in one language.", "其中一种语言的段落有合并或拆分。"),
            what=" ".join(f"{path} {paths[0][path]} {paths[1][path]}" for path in shared),
        )


@check(
    "placeholder",
    ("Placeholders", "占位文字"),
    (
        "TBC, XXX, 待补充, Lorem ipsum, empty brackets and what else stands for words that are still to come.",
        "TBC、XXX、待补充、Lorem ipsum、空括号等尚待填写的内容。",
    ),
    needs_both=False,
)
def placeholder(pair: TextPair) -> Iterator[Finding]:
    for side, passage in enumerate((pair.english, pair.chinese)):
        found = [passage.place(*match.span(), False) for match in PLACEHOLDER.finditer(passage.text)]
        if found:
            words = list(dict.fromkeys(place.words for place in found))
            yield Finding(
                "placeholder",
                Level.BLOCKS,
                Said(f"Still to be filled in: {', '.join(words)}", f"尚待填写：{'、'.join(words)}"),
                () if side else tuple(found),
                tuple(found) if side else (),
            )
