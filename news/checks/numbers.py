"""A figure of one language that the other does not have."""

from collections.abc import Iterator
from itertools import zip_longest

from .base import Finding, Level, Said, TextPair, check
from .counterparts import missing
from .figures import Figure, Value

BLOCKING = 1000
FULL_WIDTH = ("（", "）")
MOST_COMPARED = 10_000
"""Pairs of figures; in texts with more, only errors of scale are told from other differences."""

Both = tuple[Figure | None, Figure | None]


@check(
    "numbers",
    ("Figures", "数字"),
    (
        "A figure in digits of one language that the other has in no form: digits, words, another scale or unit. "
        "Figures of the same digits whose sizes differ a thousandfold or more block. "
        "In an adaptation, a missing figure only informs.",
        "一种语言中用阿拉伯数字书写的数字，在另一种语言中没有以任何形式（数字、文字、其他数量级或单位）出现。"
        "数字相同而大小相差千倍及以上的，阻止批准。编译稿中仅缺少某个数字的，只作提示。",
    ),
)
def numbers(pair: TextPair) -> Iterator[Finding]:
    if not (pair.english and pair.chinese):
        return
    left = missing(pair.english.folded, pair.chinese.folded)
    ours, theirs = by_values(left.english), by_values(left.chinese)
    firsts = [[figures[0] for figures in side.values()] for side in (ours, theirs)]
    for english, chinese in paired(firsts[0], firsts[1], pair.is_adapted):
        yield Finding(
            "numbers",
            level(english, chinese, pair.is_adapted),
            message(english, chinese),
            tuple(pair.english.place(each.start, each.end) for each in (ours[english.values] if english else ())),
            tuple(pair.chinese.place(each.start, each.end) for each in (theirs[chinese.values] if chinese else ())),
        )


def by_values(figures: list[Figure]) -> dict[frozenset[Value], list[Figure]]:
    """The same figure, missed several times, is one finding."""
    found: dict[frozenset[Value], list[Figure]] = {}
    for figure in figures:
        found.setdefault(figure.values, []).append(figure)
    return found


def paired(english: list[Figure], chinese: list[Figure], is_adapted: bool) -> Iterator[Both]:
    """What is likely the same figure together; with texts that go side by side, also what is left, in its order."""
    chinese = list(chinese)
    for is_like in (is_scaled, is_near):
        rest: list[Figure] = []
        for figure in english:
            found = None
            if len(english) * len(chinese) <= MOST_COMPARED:
                found = next((other for other in chinese if is_like(figure, other)), None)
            if found and not (is_adapted and len(significand(figure)) < 2):
                chinese.remove(found)
                yield figure, found
            else:
                rest.append(figure)
        english = rest
    if is_adapted:
        yield from ((figure, None) for figure in english)
        yield from ((None, figure) for figure in chinese)
    else:
        yield from zip_longest(english, chinese)


def level(english: Figure | None, chinese: Figure | None, is_adapted: bool) -> Level:
    if not (english and chinese):
        return Level.INFORMS if is_adapted else Level.WARNS
    one, other = english.value, chinese.value
    if is_adapted or isinstance(one, str) or isinstance(other, str) or not is_scaled(english, chinese):
        return Level.WARNS
    return Level.BLOCKS if max(one, other) >= BLOCKING * min(one, other) else Level.WARNS


def message(english: Figure | None, chinese: Figure | None) -> Said:
    if english and chinese:
        return Said(
            f"The figures differ: {quoted(english)} in the English, {quoted(chinese)} in the Chinese",
            f"数字不一致：英文为{quoted(english, FULL_WIDTH)}，中文为{quoted(chinese, FULL_WIDTH)}",
        )
    if chinese:
        return Said(
            f"{quoted(chinese)} has no counterpart in the English",
            f"英文中没有与{quoted(chinese, FULL_WIDTH)}对应的数字",
        )
    if english:
        return Said(
            f"{quoted(english)} has no counterpart in the Chinese",
            f"中文中没有与{quoted(english, FULL_WIDTH)}对应的数字",
        )
    raise ValueError("nothing to report")


def quoted(figure: Figure, brackets: tuple[str, str] = (" (", ")")) -> str:
    """“1.2亿” (120,000,000): the figure as written, and as it was read if that is not plain."""
    value = shown(figure)
    if value in (figure.words, figure.words.replace(",", ""), ""):
        return f"“{figure.words}”"
    return f"“{figure.words}”{brackets[0]}{value}{brackets[1]}"


def shown(figure: Figure) -> str:
    value = figure.value
    if isinstance(value, str):
        return ""
    return f"{int(value):,}" if value.denominator == 1 else f"{float(value):,.6f}".rstrip("0").rstrip(".")


def significand(figure: Figure) -> str:
    """12 of 1.2亿 and of 12,000; of a fraction that has no end, its first digits."""
    return shown(figure).replace(",", "").replace(".", "").strip("0")


def is_scaled(one: Figure, other: Figure) -> bool:
    return significand(one) == significand(other) != ""


def is_near(one: Figure, other: Figure) -> bool:
    """Whether one digit differs, or two neighbours are swapped."""
    ours, theirs = shown(one), shown(other)
    if len(ours) != len(theirs) or len(ours) < 2:
        return False
    apart = [at for at, (a, b) in enumerate(zip(ours, theirs, strict=True)) if a != b]
    is_swap = len(apart) == 2 and ours[apart[0]] == theirs[apart[1]] and ours[apart[1]] == theirs[apart[0]]
    return len(apart) == 1 or is_swap
