"""Punctuation and spacing, as GB/T 15834-2011 and English print have them."""

import re
from collections.abc import Iterator
from dataclasses import replace

from .base import Finding, Level, Said, TextPair, check
from .tidying import edits_of, findings_of

BRACKETS = (("(（", ")）"), ("[［", "]］"))
CHINESE_MARKS = (("《", "》"), ("〈", "〉"), ("【", "】"), ("「", "」"), ("『", "』"))
QUOTES = ("“", "”")
NUMBERING = re.compile(
    r"(?:^|(?<=[\s,;:，；：。、]))[0-9A-Za-z一二三四五六七八九十]{1,4}[)）]|[:;8]-?[)(]", re.MULTILINE
)

EMPTY = re.compile("“”|《》|（）|「」|\\(\\)(?!\\w)")
CLASH = (
    re.compile(r"(?<=\w),\.(?![\d.])|,;|;,|,:|:,"),
    re.compile("([，、；：。])(?!\\1)[，、；：。]|[！？][，。；、]"),
)


@check(
    "half_width",
    ("Half-width punctuation beside Han", "汉字旁的半角标点"),
    (
        "A comma, semicolon, bracket, question or exclamation mark of ASCII that touches Han warns; a stop, a colon "
        "or a straight quotation mark informs. 1,200, 12:30 and addresses are left alone.",
        "紧邻汉字的半角逗号、分号、括号、问号、叹号，予以提醒；句号、冒号和直引号，予以提示。"
        "1,200等数字、12:30等时间和网址除外。",
    ),
    needs_both=False,
)
def half_width(pair: TextPair) -> Iterator[Finding]:
    said = Said("Half-width punctuation beside Han: {}", "汉字旁使用了半角标点：{}")
    for finding in findings_of("half_width", pair, Level.INFORMS, said):
        warns = any(set(place.words) & set(",;?!()") for place in finding.chinese)
        yield replace(finding, level=Level.WARNS) if warns else finding


@check(
    "full_width",
    ("Full-width characters in English", "英文中的全角字符"),
    (
        "Chinese punctuation (，。；《》) and full-width letters or digits in the English. Chinese words that the "
        "English quotes keep theirs.",
        "英文中的中文标点（，。；《》等）和全角字母、数字。英文中引用的中文原文除外。",
    ),
    needs_both=False,
)
def full_width(pair: TextPair) -> Iterator[Finding]:
    yield from findings_of(
        "full_width",
        pair,
        Level.BLOCKS,
        Said("Full-width characters in the English: {}", "英文中使用了全角字符：{}"),
    )


@check(
    "han_space",
    ("Space between Chinese characters", "汉字之间有空格"),
    (
        "A space between two Chinese characters within a sentence. Headlines, datelines (26日电 灯塔湾), bylines and "
        "credits (记者 王芳), the numbers of articles (第十九条) and lists with names of two characters (王 芳) keep "
        "theirs; space between Chinese and Latin is left alone.",
        "句中汉字之间的空格。标题、电头（26日电 灯塔湾）、署名（记者 王芳）、条款序号（第十九条）、"
        "名单中的两字人名（王 芳）除外；"
        "汉字与西文之间的空格不作要求。",
    ),
    needs_both=False,
)
def han_space(pair: TextPair) -> Iterator[Finding]:
    said = Said("There is space between Chinese characters.", "汉字之间有多余空格。")
    yield from findings_of("han_space", pair, Level.WARNS, said)


@check(
    "mark_space",
    ("Space beside Chinese punctuation", "中文标点旁的空格"),
    (
        "A space between a full-width mark and the Han or mark beside it informs, and can be taken out by one click.",
        "全角标点与相邻汉字或标点之间的空格，仅作提示，可一键清除。",
    ),
    needs_both=False,
)
def mark_space(pair: TextPair) -> Iterator[Finding]:
    said = Said("There is space beside Chinese punctuation.", "中文标点旁有多余空格。")
    yield from findings_of("mark_space", pair, Level.INFORMS, said)


@check(
    "ellipsis",
    ("Ellipses and dashes", "省略号与破折号"),
    (
        "In Chinese, dots for …… and hyphens, or a dash between spaces, for ——; in English, …… and —— themselves.",
        "中文以句点、单个“…”代替省略号“……”，以连字符代替破折号“——”；英文中出现“……”“——”。",
    ),
    needs_both=False,
)
def ellipsis(pair: TextPair) -> Iterator[Finding]:
    yield from findings_of(
        "ellipsis",
        pair,
        Level.WARNS,
        Said("Ellipsis or dash: {}", "省略号或破折号不规范：{}"),
    )


@check(
    "pairing",
    ("Doubled and unpaired punctuation", "标点重复或不成对"),
    (
        "The same mark twice (。。), two that exclude each other (。，), an empty pair, and an opening or closing mark "
        "without the other. A quotation that runs on over paragraphs is left alone, as is numbering such as 1).",
        "标点重复（。。）、相互冲突（。，）、引号或括号内为空、引号或括号不成对。跨段引文和“1）”之类的序号除外。",
    ),
    needs_both=False,
)
def pairing(pair: TextPair) -> Iterator[Finding]:
    yield from findings_of(
        "pairing", pair, Level.WARNS, Said("Doubled or turned punctuation: {}", "标点重复或方向错误：{}")
    )
    for side, (passage, other) in enumerate(((pair.english, pair.chinese), (pair.chinese, pair.english))):
        spans = [match.span() for match in CLASH[side].finditer(passage.text)]
        spans += [match.span() for match in EMPTY.finditer(passage.text)]
        if not single_brackets(other.text, True):
            spans += [(at, at + 1) for at in single_brackets(passage.text, bool(side))]
        spans += [(at, at + 1) for at in single_quotes(pair)] if side else []
        if spans:
            places = tuple(passage.place(start, end, False) for start, end in sorted(set(spans)))
            words = "  ".join(dict.fromkeys(place.words for place in places))
            yield Finding(
                "pairing",
                Level.WARNS,
                Said(
                    f"Punctuation is unpaired, empty or contradictory: {words}",
                    f"标点不成对、内容为空或相互冲突：{words}",
                ),
                () if side else places,
                places if side else (),
            )


def singles(text: str, opening: str, closing: str) -> list[int]:
    """Where opening marks are not closed, and closing ones not opened."""
    opened: list[int] = []
    stray: list[int] = []
    for match in re.finditer(f"[{re.escape(opening + closing)}]", text):
        if match[0] in opening:
            opened.append(match.start())
        elif opened:
            opened.pop()
        else:
            stray.append(match.start())
    return sorted([*stray, *opened])


def single_brackets(text: str, is_chinese: bool) -> list[int]:
    kinds = (*BRACKETS, *CHINESE_MARKS) if is_chinese else BRACKETS
    found = {at for opening, closing in kinds for at in singles(text, opening, closing)}
    return sorted(found - {match.end() - 1 for match in NUMBERING.finditer(text)}) if found else []


def single_quotes(pair: TextPair) -> list[int]:
    """Unpaired “ and ” of the Chinese, unless the English has some too, or a text beside has the other half."""
    text, english = pair.chinese.text, pair.english.text
    found = singles(text, *QUOTES)
    runs_on = singles(english, *QUOTES) or english.count('"') % 2
    if not found or '"' in text or runs_on or "pairing" in edits_of(text, True):
        return []
    texts = pair.documents[1].plain
    first, last = pair.chinese.parts[0][0], pair.chinese.parts[-1][0]
    before, after = " ".join(texts[max(first - 1, 0) : first]), " ".join(texts[last + 1 : last + 2])
    if text[found[-1]] == "“" and (after.startswith("“") or is_single(after, "”")):
        found.pop()
    if found and text[found[0]] == "”" and is_single(before, "“"):
        found.pop(0)
    return found


def is_single(text: str, mark: str) -> bool:
    return any(text[at] == mark for at in singles(text, *QUOTES))


@check(
    "repeated_words",
    ("Repeated words", "词语重复"),
    (
        "A small word twice: the the, 的的, 我们我们. Where two words meet in it, as in 目的的 or 为了了解, it is left "
        "alone, as are 天天 and 研究研究.",
        "虚词、代词等误重：the the、的的、我们我们。“目的的”“为了了解”等前后词相连以及“天天”“研究研究”等叠词除外。",
    ),
    needs_both=False,
)
def repeated_words(pair: TextPair) -> Iterator[Finding]:
    yield from findings_of("repeated_words", pair, Level.WARNS, Said("A word stands twice.", "词语重复。"))
