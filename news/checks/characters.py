"""Characters that do not belong: traditional, invisible and broken ones, and what Word leaves."""

import re
from collections.abc import Iterator

from .base import Finding, Fix, Level, Said, TextPair, check
from .text import Place
from .tidying import findings_of
from .traditional import SIMPLIFIED, TRADITIONAL

SIMPLER = dict(zip(TRADITIONAL, SIMPLIFIED, strict=True))
TRADITIONAL_RUN = re.compile(f"[{TRADITIONAL}]")
SHOWN = 8

UNREADABLE = re.compile("[\ufffd\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff\U000f0000-\U0010ffff]+")
MOJIBAKE = re.compile(
    "锟斤拷|烫烫+|屯屯屯+|â€[™œ\x9d“”¦˜\x93\x94\x99]?|ï»¿|ï¿½|Ã[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œ]|Â[\xa0«»©®°]"
)
IN_HTML = {
    re.compile(r"(?i)<(?:o:p|font|w:\w+|st1:\w+)\b|\bmso-[a-z-]+|class=[\"']?Mso"): Said(
        "The text brings formatting of Word. Paste it without.", "文中带有Word格式，请以纯文本粘贴。"
    ),
    re.compile(r"(?i)mmbiz\.(?:qpic|qlogo)\.cn"): Said(
        "A picture is fetched from WeChat. Upload it here.", "图片引用自微信，请上传到本站。"
    ),
}


@check(
    "traditional",
    ("Traditional characters", "繁体字"),
    (
        "A character that has a simplified form and stands in no mainland text. Names of the glossary may have them.",
        "有对应简体、大陆规范汉字不用的繁体字。术语表收录的名称除外。",
    ),
    needs_both=False,
)
def traditional(pair: TextPair) -> Iterator[Finding]:
    text = pair.chinese.text
    found = [match.start() for match in TRADITIONAL_RUN.finditer(text)]
    if not found:
        return
    named = [(mention.start, mention.end) for mention in pair.about.glossary.in_chinese(text) if mention.is_approved]
    places = [
        pair.chinese.place(at, at + 1, False) for at in found if not any(start <= at < end for start, end in named)
    ]
    if places:
        letters = dict.fromkeys(place.words for place in places)
        shown = [f"{letter}→{SIMPLER[letter]}" for letter in letters][:SHOWN]
        yield Finding(
            "traditional",
            Level.WARNS,
            Said(
                f"{len(places)} traditional character{'s' if len(places) > 1 else ''}: {', '.join(shown)}",
                f"有{len(places)}个繁体字：{'、'.join(shown)}",
            ),
            chinese=tuple(places),
            fix_chinese=tuple(Fix(place, SIMPLER[place.words]) for place in places),
        )


@check(
    "invisible",
    ("Invisible characters", "不可见字符"),
    (
        "Characters without width, marks of direction and controls. Joiners within emoji, and in the scripts that need "
        "them, are left alone.",
        "零宽字符、方向标记和控制字符。表情符号内及所需文字中的连接符除外。",
    ),
    needs_both=False,
)
def invisible(pair: TextPair) -> Iterator[Finding]:
    yield from findings_of(
        "invisible",
        pair,
        Level.WARNS,
        Said("There are characters that cannot be seen.", "有不可见字符，请删除。"),
    )


@check(
    "broken",
    ("Broken characters", "乱码"),
    (
        "Characters that are lost (�), of private use, or wrongly decoded (锟斤拷, â€). A sequence that both languages "
        "have is what the text is about.",
        "无法显示的字符（�）、私用区字符和编码错误造成的乱码（锟斤拷、â€）。中英文都出现的乱码视为所谈内容。",
    ),
    needs_both=False,
)
def broken(pair: TextPair) -> Iterator[Finding]:
    for side, (passage, other) in enumerate(((pair.english, pair.chinese), (pair.chinese, pair.english))):
        found = [passage.place(*match.span(), False) for match in UNREADABLE.finditer(passage.text)]
        found += [
            passage.place(*match.span(), False)
            for match in MOJIBAKE.finditer(passage.text)
            if match[0] not in other.text
        ]
        if found:
            yield Finding(
                "broken",
                Level.BLOCKS,
                Said("There are broken characters. Type them anew.", "有乱码，请重新输入。"),
                () if side else tuple(found),
                tuple(found) if side else (),
            )


@check(
    "residue",
    ("Residue of Word and WeChat", "Word与微信残留"),
    (
        "Words that copying from Word left, such as mso-… or &nbsp;, can be taken out by one click. Formatting of Word "
        "in the text, and pictures that are fetched from WeChat and are not shown elsewhere, are to be replaced.",
        "从Word复制时残留的代码（如mso-…、&nbsp;）可一键清除；带入正文的Word格式，以及引用自微信、在别处无法显示的图片，须另行替换。",
    ),
    needs_both=False,
)
def residue(pair: TextPair) -> Iterator[Finding]:
    yield from findings_of(
        "residue", pair, Level.WARNS, Said("There is code left from Word.", "有从Word带入的代码，请删除。")
    )
    for side, passage in enumerate((pair.english, pair.chinese)):
        for number, text in passage.parts:
            html = pair.documents[side].texts[number][1]
            links = " ".join(link.href for link in pair.documents[side].links if link.number == number)
            for pattern, said in IN_HTML.items():
                if not pattern.search(text) and (pattern.search(html) or pattern.search(links)):
                    place = Place(number, 0, len(text), text)
                    yield Finding(
                        "residue",
                        Level.WARNS,
                        said,
                        () if side else (place,),
                        (place,) if side else (),
                        what=pattern.pattern,
                    )
