"""The rules of typography that a text can be rewritten by, in the order in which they are.

Chinese ones follow GB/T 15834-2011, Use of Punctuation Marks.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise

from home.characters import CONTROLS, LINE_ENDS, SURROGATES

from .base import Finding, Fix, Level, Said, TextPair
from .fixing import Edit, Rule, rewritten
from .spacing import follows_a_head, parts_on_purpose
from .text import Place

HAN = "\u3400-\u4dbf\u4e00-\u9fff〇\U00020000-\U0003ffff"
MARKS = "，。、；：？！（）《》〈〉【】「」『』“”"
BLANKS = r"[ \t\u3000\xa0\u2000-\u200a]"
ADDRESS = re.compile(r"(?:https?://|www\.|(?<![A-Za-z0-9_.+-])[A-Za-z0-9_.+-]{1,64}@)[!-~]+")

INVISIBLE = re.compile(
    "(?<![\u0600-\u0dff\u200d])\u200c|(?<![\u2190-\u2bff\u3030\ufe0f\u0600-\u0dff\U0001f000-\U0001faff])\u200d"
    f"|[{CONTROLS}{SURROGATES}\xad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffc"
    "\U000e0001\U000e0020-\U000e007f]"
)
RESIDUE = re.compile(
    r"<!--(?:\[if|\s*/?\*|StartFragment|EndFragment)[^<>]{0,400}-->|<!\[endif\](?:--)?>|</?o:p\s*/?>|<\?xml:[^<>]{0,200}>"
    r"|(?<![A-Za-z])mso-[a-z-]{2,40}:[^;<>\n]{0,80};?|(?<![A-Za-z-])(?:font-family|line-height|text-indent):[^;<>\n]{0,80};"
    r"|(?<![A-Za-z])Normal 0 (?:[\d.]+ (?:磅|pt) ?)?(?:\d |false |true |EN-US |ZH-CN |X-NONE ?){3,12}"
    r"|&(?:nbsp|quot|amp|lt|gt|ensp|emsp);"
)

WIDE_TO_NARROW = str.maketrans(
    {chr(0xFF01 + at): chr(0x21 + at) for at in range(94)}
    | {"。": ".", "、": ",", "《": "“", "》": "”", "「": "“", "」": "”", "『": "‘", "』": "’", "〈": "‘", "〉": "’"}
    | {"【": "[", "】": "]", "￥": "¥", "　": " "}
)
NARROW_TO_WIDE = str.maketrans(",;:?!()", "，；：？！（）")
OPENING = frozenset("“‘")
WIDE_RUN = re.compile(
    r"[，。；：？！、．《》「」『』【】〈〉（）]+|[\uff02-\uff07\uff0a\uff0b\uff0d\uff0f-\uff5e￥]+|　"
)
CHINESE_WORDS = re.compile(
    rf"[《「『【〈（][^《》「」『』【】〈〉（）\n]{{0,200}}[》」』】〉）]|(?<=[{HAN}])[，。；：？！、]"
)
HAN_LETTER = re.compile(f"[{HAN}]")

HALF_WIDTH_RUN = re.compile(r"[,;:?!()]+")
HALF_WIDTH_STOP = re.compile(rf"(?<=[{HAN}])\.(?={BLANKS}{{0,20}}(?:$|\n|[{HAN}”’』」）]))")
QUOTES = re.compile('[“”"]')
BRACKETS = re.compile("[()（）]")

DOTS_OR_DASH = re.compile(
    rf"(?:\.{{3,}}|…|·{{3,}})+|。(?:{BLANKS}*。){{2,}}|(?<![-—])[-—]*(?:--|———)[-—]*"
    rf"|(?<=[{HAN}{MARKS}]){BLANKS}+—{BLANKS}+(?=[{HAN}{MARKS}])"
)
CHINESE_LENGTH = re.compile("—{2,}|…{2,}")
AFTER = re.compile(rf"{BLANKS}{{0,20}}[{HAN}{MARKS}]")
BEFORE = re.compile(rf"[{HAN}{MARKS}]{BLANKS}*\Z")

DOUBLED = re.compile(rf"([，、；：。])(?:{BLANKS}*\1)+")
DOUBLED_ENGLISH = re.compile(r"([,;:])\1+(?!\))|(?<!\.)\.\.(?![./\\])")

SENTENCE = re.compile("[，。；]")
ASIDE = re.compile("（[^（），。；]*）")
SPACED_HAN = re.compile(rf"(?<![{HAN}])[{HAN}]++(?:{BLANKS}++[{HAN}]++)+")
SPACED_MARK = re.compile(
    rf"(?<=[{HAN}{MARKS}…]){BLANKS}+(?=[{MARKS}…])|(?<=[{MARKS}…]){BLANKS}+(?=[{HAN}{MARKS}…])|(?<=—){BLANKS}+(?=[{HAN}])"
    rf"|(?<=[{HAN}]){BLANKS}+(?=——)"
)
GAP = re.compile(rf"{BLANKS}+")
NAME_LENGTH = 3
SHOWN = 6

REPEATED_ENGLISH = re.compile(
    r"(?i)(?<![-’'.])\b(the|an?|of|in|at|to|for|and|or|but|with|by|from|is|are|was|were|be|been|has|have|will|would|can|could"
    r"|should|as|it|its|his|their|they|we|he|she|this|these|those|which|who|not|into|than)((?:\s+\1)+)\b(?![-’'.])"
)
FUNCTION_WORDS = {
    "的": ("目标中无有众打", "确士喀"),
    "了": ("不一为罢没除未明", "解之结却断得不然分当"),
    "是": ("于但就还总正不只可凡也都而更便若或要即", "否非"),
    "在": ("存现所内潜外实", "线场校职座"),
    "被": ("棉", "告子单褥面"),
}
"""{character: (after which it may stand twice, before which it may)}: 目的的, 为了了解, 是是否, 现在在, 被被告."""
LONGER_WORDS = "我们|他们|她们|它们|你们|以及|因此|由于|通过|进行|已经|但是|为了|关于|根据|对于|这些|可以"
REPEATED_CHINESE = re.compile(
    "|".join(
        [f"(?<=(?<![{after}]){word}){word}++(?![{before}])" for word, (after, before) in FUNCTION_WORDS.items()]
        + [f"(?<={word})(?:{word})++" for word in LONGER_WORDS.split("|")]
    )
)


def invisible(text: str) -> Iterator[Edit]:
    """Characters without width, and controls; joiners within emoji and in scripts that need them are left."""
    if not text.isascii() or not text.isprintable():
        for match in INVISIBLE.finditer(text):
            parts = match[0] in LINE_ENDS and text[: match.start()].strip() and text[match.end() :].strip()
            yield match.start(), match.end(), " " if parts else ""


def residue(text: str) -> Iterator[Edit]:
    """What copying from Word left as words. A space stays where it parted two others."""
    for match in RESIDUE.finditer(text):
        start, end = match.span()
        parts = text[start - 1 : start].strip() and text[end : end + 1].strip()
        yield start, end, " " if parts else ""


def full_width(text: str) -> Iterator[Edit]:
    """Chinese marks and full-width letters in English, save in Chinese words that are quoted."""
    if text.isascii():
        return
    quoted = bytearray(len(text))
    for match in CHINESE_WORDS.finditer(text):
        if len(match[0]) == 1 or HAN_LETTER.search(match[0]):
            quoted[match.start() : match.end()] = b"\1" * len(match[0])
    for run in WIDE_RUN.finditer(text):
        for at in range(*run.span()):
            if not quoted[at]:
                yield at, at + 1, narrow(text, at)


def narrow(text: str, at: int) -> str:
    """The half-width counterpart of a letter, with the space that English has beside it."""
    letter = text[at].translate(WIDE_TO_NARROW)
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    is_number = before.isdigit() and after.isdigit()
    if text[at] in "，。；：？！、）》" and (after.isalnum() or after in OPENING) and not is_number:
        return letter + " "
    if text[at] in "（《" and before.isalnum():
        return " " + letter
    return letter


def half_width(text: str) -> Iterator[Edit]:
    """ASCII punctuation that touches Han, with the partner of a bracket; not in addresses, 12:30 and 1,200."""
    addresses = [match.span() for match in ADDRESS.finditer(text)]
    wide = {match.start(): "。" for match in HALF_WIDTH_STOP.finditer(text)}
    for run in HALF_WIDTH_RUN.finditer(text):
        start, end = run.span()
        after = text[end : end + 1]
        touches = HAN_LETTER.match(text[start - 1 : start]) or HAN_LETTER.match(after)
        if touches and not (run[0] == ":" and (after.isdigit() or after == "/")):
            wide |= {at: text[at].translate(NARROW_TO_WIDE) for at in range(start, end)}
    for opening, closing in couples(text):
        if opening in wide or closing in wide or text[opening] == "（" or text[closing] == "）":
            wide |= {opening: "（", closing: "）"}
    wide |= curled(text)
    for at in sorted(wide):
        if text[at] != wide[at] and not within(addresses, at):
            yield at, at + 1, wide[at]


def within(spans: list[tuple[int, int]], at: int) -> bool:
    """Whether a place is inside one of some spans that are in order."""
    nearest = bisect_right(spans, (at, len(spans) and spans[-1][1])) - 1
    return nearest >= 0 and at < spans[nearest][1]


def couples(text: str) -> Iterator[tuple[int, int]]:
    """Where round brackets open and close, whatever their width."""
    opened: list[int] = []
    for match in BRACKETS.finditer(text):
        if match[0] in "(（":
            opened.append(match.start())
        elif opened:
            yield opened.pop(), match.start()


def curled(text: str) -> dict[int, str]:
    """{place: “ or ”} of straight quotation marks, if one touches Han and all of the text's marks then pair."""
    if '"' not in text:
        return {}
    curly: dict[int, str] = {}
    is_open = touches = False
    for match in QUOTES.finditer(text):
        at = match.start()
        mark = match[0] if match[0] != '"' else "”" if is_open else "“"
        if (mark == "“") == is_open:
            return {}
        is_open = mark == "“"
        if match[0] == '"':
            curly[at] = mark
            touches |= bool(HAN_LETTER.search(text[max(at - 1, 0) : at + 2]))
    return curly if touches and not is_open else {}


def ellipsis(text: str) -> Iterator[Edit]:
    """Dots for …… and hyphens for —— beside Chinese; the two that make a mark in GB/T 15834 may stand doubled."""
    for match in DOTS_OR_DASH.finditer(text):
        found = match[0]
        if set(found) == {"…"} and len(found) % 2 == 0:
            continue
        if found[0] == "。" or is_beside_chinese(text, *match.span()):
            yield (*match.span(), "……" if found[0] in ".。·…" else "——")


def ellipsis_english(text: str) -> Iterator[Edit]:
    for match in CHINESE_LENGTH.finditer(text):
        yield (*match.span(), match[0][0])


def is_beside_chinese(text: str, start: int, end: int) -> bool:
    return bool(BEFORE.search(text, max(start - 20, 0), start) or AFTER.match(text, end))


def doubled(text: str) -> Iterator[Edit]:
    for match in DOUBLED.finditer(text):
        yield (*match.span(), match[1])


def doubled_english(text: str) -> Iterator[Edit]:
    for match in DOUBLED_ENGLISH.finditer(text):
        yield (*match.span(), match[0][0])


def turned(text: str) -> Iterator[Edit]:
    """The only two quotation marks of a text, of which one is the wrong way round."""
    marks = list(QUOTES.finditer(text))
    found = [mark[0] for mark in marks]
    if found == ["“", "“"]:
        yield (*marks[1].span(), "”")
    elif found == ["”", "”"]:
        yield (*marks[0].span(), "“")


def han_space(text: str) -> Iterator[Edit]:
    """Space between Han in a sentence. Headlines, datelines, credits and numbers have it, and short names in lists."""
    if not SENTENCE.search(text):
        return
    asides = [match.span() for match in ASIDE.finditer(text)]
    for run in SPACED_HAN.finditer(text):
        if not within(asides, run.start()) and not is_list_of_names(
            run[0], text[run.start() - 1 : run.start()], text[run.end() : run.end() + 1]
        ):
            for gap in GAP.finditer(run[0]):
                start, end = run.start() + gap.start(), run.start() + gap.end()
                if not parts_on_purpose(text, start, end):
                    yield start, end, ""


def is_list_of_names(words: str, before: str, after: str) -> bool:
    """Whether spaced words are 王 芳 李建国 张 三, or the first or last of several such names: 代表王 芳、"""
    lengths = [len(word) for word in words.split()]
    if len(lengths) == 2 and ((lengths[1] == 1 and after == "、") or (lengths[0] == 1 and before == "、")):
        return True
    return max(lengths) <= NAME_LENGTH and (1, 1) in pairwise(lengths)


def mark_space(text: str) -> Iterator[Edit]:
    """Space between a Chinese mark and what is Chinese beside it, in a sentence."""
    if SENTENCE.search(text):
        spans = (match.span() for match in SPACED_MARK.finditer(text))
        yield from ((*span, "") for span in spans if not follows_a_head(text, span[0]))


def repeated_english(text: str) -> Iterator[Edit]:
    for match in REPEATED_ENGLISH.finditer(text):
        if not (match[0][0].isupper() and match[2].split()[0][0].isupper()):
            yield (*match.span(2), "")


def repeated_chinese(text: str) -> Iterator[Edit]:
    for match in REPEATED_CHINESE.finditer(text):
        yield (*match.span(), "")


ENGLISH: Mapping[str, Rule] = {
    "invisible": invisible,
    "residue": residue,
    "full_width": full_width,
    "ellipsis": ellipsis_english,
    "pairing": doubled_english,
    "repeated_words": repeated_english,
}
CHINESE: Mapping[str, Rule] = {
    "invisible": invisible,
    "residue": residue,
    "half_width": half_width,
    "ellipsis": ellipsis,
    "pairing": lambda text: sorted([*doubled(text), *turned(text)]),
    "han_space": han_space,
    "mark_space": mark_space,
    "repeated_words": repeated_chinese,
}


@lru_cache(maxsize=512)
def edits_of(text: str, is_chinese: bool) -> dict[str, list[Edit]]:
    """{check: edits} of a text by all the rules of its language."""
    return rewritten(text, CHINESE if is_chinese else ENGLISH)


def findings_of(name: str, pair: TextPair, level: Level, said: Said) -> Iterator[Finding]:
    """One Finding for each language in which a rule edits something; {} in what is said are the edits."""
    for is_chinese, passage in enumerate((pair.english, pair.chinese)):
        fixes = tuple(
            Fix(Place(number, start, end, text[start:end]), words)
            for number, text in passage.parts
            for start, end, words in edits_of(text, bool(is_chinese)).get(name, ())
        )
        if fixes:
            shown = dict.fromkeys(f"{fix.place.words.strip()} → {fix.words.strip()}" for fix in fixes)
            places = tuple(fix.place for fix in fixes)
            message = Said(*(words.replace("{}", "  ".join([*shown][:SHOWN])) for words in (said.en, said.zh)))
            sides = ((), places, (), fixes) if is_chinese else (places, (), fixes, ())
            yield Finding(name, level, message, *sides)
