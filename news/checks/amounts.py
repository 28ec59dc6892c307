"""The same value, counted in something else: per cent, money, measures."""

from collections.abc import Iterable, Iterator
from re import compile as pattern

from .base import Finding, Level, Said, TextPair, check
from .counterparts import missing
from .figures import Figure, Value
from .units import DOLLARS, PER_CENT, UNITS, YUAN

A_DOLLAR = pattern("[美港澳加纽新]元|新加坡元|新西兰元|[港台]币")
WHAT_DIFFERS = {
    "percent": Said("The same figure, but per cent in one language alone", "百分数形式"),
    "currency": Said("The same sum in different currencies", "币种"),
    "units": Said("The same value in different units", "计量单位"),
}
MEASURES = frozenset(unit.family for unit in UNITS.values()) - {"percent", "money"}


@check(
    "percent",
    ("Percentages", "百分数"),
    (
        "A figure that is a percentage in one language and percentage points, or a bare number, in the other.",
        "同一数字在一种语言中是百分数，在另一种语言中是百分点或没有百分号的数字。",
    ),
)
def percent(pair: TextPair) -> Iterator[Finding]:
    for english, chinese in mismatched(pair, frozenset(["percent"])):
        yield finding("percent", Level.WARNS, pair, english, chinese)


@check(
    "currency",
    ("Currencies", "币种"),
    (
        "The same sum in different currencies blocks. $ can be any dollar and ¥ any yuan or yen; 元 alone is renminbi, "
        "unless the Chinese text names a dollar as well.",
        "金额相同而币种不同的，阻止批准。“$”可以是任何一种“元”，“¥”可以是人民币或日元；"
        "单独的“元”指人民币，除非中文中还写有美元、港元等。",
    ),
)
def currency(pair: TextPair) -> Iterator[Finding]:
    for english, chinese in mismatched(pair, frozenset(["money"])):
        yield finding("currency", Level.BLOCKS, pair, english, chinese)


@check(
    "units",
    ("Units", "计量单位"),
    (
        "The same value in different units of length, area, volume, mass, power, energy, temperature or time. "
        "Conversions are accepted within 2%.",
        "数值相同而计量单位（长度、面积、体积、质量、功率、能量、温度、时间）不同。换算误差在2%以内的不报。",
    ),
)
def units(pair: TextPair) -> Iterator[Finding]:
    for english, chinese in mismatched(pair, MEASURES):
        yield finding("units", Level.WARNS, pair, english, chinese)


def mismatched(pair: TextPair, families: frozenset[str]) -> Iterator[tuple[Figure, Figure]]:
    """Figures of the same value in units of the same family that differ, if neither has a counterpart that agrees."""
    if not (pair.english and pair.chinese):
        return
    texts = missing(pair.english.folded, pair.chinese.folded).texts
    yuan = DOLLARS if A_DOLLAR.search(texts[1].text) else frozenset[str]()
    ours, theirs = (sorted_by_value(text.figures, yuan) for text in texts)
    for value in ours:
        english, chinese = ours[value], theirs.get(value, {})
        lone = {units: figure for units, figure in english.items() if not any(agree(units, other) for other in chinese)}
        for units, figure in chinese.items():
            if any(agree(units, other) for other in english):
                continue
            for other in [other for other in lone if differ(units, other, families)]:
                bare = figure if not units else lone[other]
                if (units and other) or bare.is_strict:
                    yield lone.pop(other), figure
                    break


def sorted_by_value(figures: Iterable[Figure], yuan: frozenset[str]) -> dict[Value, dict[frozenset[str], Figure]]:
    """The first figure of each value and unit. What `yuan` holds, 元 can be as well as renminbi."""
    found: dict[Value, dict[frozenset[str], Figure]] = {}
    for figure in figures:
        units = figure.units | yuan | {"CNY"} if YUAN in figure.units else figure.units
        for value in figure.values:
            found.setdefault(value, {}).setdefault(units, figure)
    return found


def agree(units: frozenset[str], others: frozenset[str]) -> bool:
    return bool(units & others) or not (units or others)


def differ(units: frozenset[str], others: frozenset[str], families: frozenset[str]) -> bool:
    """Whether both are of one of the families; against per cent, no unit is a difference too."""
    if not (units and others):
        return "percent" in families and PER_CENT in (units, others)
    return any(UNITS[one].family == UNITS[two].family in families for one in units for two in others)


def finding(name: str, level: Level, pair: TextPair, one: Figure, other: Figure) -> Finding:
    english = pair.english.place(one.start, one.end)
    chinese = pair.chinese.place(other.start, other.end)
    what = WHAT_DIFFERS[name]
    said = Said(
        f"{what.en}: “{one.words}” in the English, “{other.words}” in the Chinese",
        f"数字相同，但{what.zh}不一致：英文为“{one.words}”，中文为“{other.words}”",
    )
    return Finding(name, level, said, (english,), (chinese,))
