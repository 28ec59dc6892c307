"""The figures of a Chinese text: digits with 万 and 亿, Han numerals, fractions, centuries."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from math import prod
from re import Match
from re import compile as pattern

from .figures import DIGITS, Figure, Reader, Value, number, values
from .units import CHINESE_AFTER, CHINESE_BEFORE

ONES = {han: value for value, han in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "双": 2, "俩": 2}
SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "廿": 20, "卅": 30}
THOUSAND = "千(?![米克瓦伏卡赫])"
"""千 belongs to the unit in 千米."""
HAN = f"(?:[{''.join(ONES)}{''.join(SCALES).replace('千', '')}]|{THOUSAND})"
LONGEST = 24
"""Longer rows of Han numerals are no number."""

VAGUE = "[多余几来]"
SCALE = f"(?:[百万亿]|{THOUSAND})"

WEEKDAY = pattern("(?:周|星期|礼拜)[一二三四五六日天末](?![年次])")
PART_OF = pattern(rf"({DIGITS}|{HAN}{{1,12}})分之\s?({DIGITS}|{HAN}{{1,12}}(?:点{HAN}{{1,6}})?)")
CENTURY = pattern(rf"(?P<century>(?<![0-9])[12]?[0-9]|{HAN}{{1,3}})\s?世纪(?:\s?(?P<tens>[0-9]0|{HAN}{{1,2}})\s?年代)?")
THIS_CENTURY = pattern("(?P<which>[本上])世纪")
DECADE = pattern(r"(?<![0-9.])(?P<century>1[0-9]|20)?(?P<tens>[0-9]0)\s?(?:年代|后(?![0-9]))")
DOUBLED = pattern("翻了?[一两三]?番|加倍|倍增")
SAID = {
    "元旦": values(1),
    "劳动节": values(5, 1),
    "国庆节": values(10, 1),
    "月底": values(28, 29, 30, 31),
    "年底": values(12, 31),
    "一刻": values(15),
    "三刻": values(45),
}
"""What English says in figures."""
SAID_IN_WORDS = pattern("|".join(SAID))
HALF = pattern("(?P<clock>点)?半(?:个?(?P<hour>小时|钟头)|(?P<year>年))?")
AMOUNT = pattern(rf"(?P<digits>{DIGITS})(?P<scale>{VAGUE}?{SCALE}{{1,4}}|\s?{VAGUE}?(?:百|{THOUSAND})?[万亿]{{1,2}})?")
NUMERAL = pattern(
    rf"(?P<whole>{HAN}+)(?P<vague>{VAGUE}{SCALE}{{1,4}})?(?:点(?P<part>[{''.join(ONES)}]{{1,9}}))?(?P<scale>[万亿]{{0,4}})"
)

AND_A_HALF = pattern(r"\s?个?(?:年|月|天|点|倍|岁|周|小时)?半")
TIMES = pattern(r"\s?倍")
TENTHS = pattern("成(?![立为本功绩员长人交熟就套])(?P<more>[一二三四五六七八九])?")
HOUR = pattern(r"\s?(?:点|时(?![速间代期尚候报]))")
DATE = pattern(r"\s?(?P<part>[年月日号])")
DATE_PARTS = {"年": "year", "月": "month", "日": "day", "号": "day"}
LIST_OF = pattern(r"等\s?$")
COUNTED = 20
"""等3所大学 closes a list by its length, which English leaves to the reader. Longer lists are not counted out."""


@lru_cache(maxsize=8)
def read_chinese(text: str) -> tuple[Figure, ...]:
    reader = Reader(text, CHINESE_AFTER, CHINESE_BEFORE)
    reader.take(WEEKDAY, lambda _match: [])
    reader.take_common()
    reader.take(PART_OF, part_of)
    reader.take(CENTURY, century)
    reader.take(THIS_CENTURY, this_century)
    reader.take(DECADE, decade)
    reader.take(DOUBLED, doubled)
    reader.take(SAID_IN_WORDS, lambda match: [Figure(*match.span(), match[0], frozenset(), SAID[match[0]])])
    reader.figures += [reader.measured(beside(figure, text)) for figure in amounts(reader.text)]
    reader.take(AMOUNT, lambda _match: [])
    reader.take(NUMERAL, lambda match: [reader.measured(beside(numeral(match), text))])
    reader.take(HALF, half)
    return reader.all()


def readings(row: str) -> list[Fraction]:
    """Every number that a row of Han numerals may hold: 十三五 is 13 and 5; 七八百 is 7, 700 and 800."""
    if len(row) > LONGEST:
        return []
    if len(row) > 2 and all(han in ONES for han in row):
        return [Fraction("".join(str(ONES[han]) for han in row))]
    found: list[int] = []
    total = section = digit = loose = last = 0
    for han in row:
        if han in ONES:
            if digit:
                found.append(total + section + digit)
                loose = 0 if total or section else digit
                total = section = 0
            digit = ONES[han]
            continue
        last = SCALES[han]
        loose *= last
        if last < 10**4:
            section += (digit or 1) * last
        elif total > last:
            total += (section + digit or 1) * last
        else:
            total = (total + section + digit or 1) * last
        section, digit = section if last < 10**4 else 0, 0
    found += [total + section + digit, loose or total + section + digit]
    if digit and last >= 100 and row[-2] in SCALES:
        found.append(total + section + digit * last // 10)
    if len(row) == 2 and all(han in ONES for han in row):
        found.append(10 * ONES[row[0]] + ONES[row[1]])
    return list(map(Fraction, found))


def numbers(written: str) -> list[Fraction]:
    """Of digits, or of a row of Han numerals with its decimals."""
    if written[0].isdigit():
        return [number(written)]
    whole, _point, part = written.partition("点")
    decimals = Fraction(int("0" + "".join(str(ONES.get(han, 0)) for han in part)), 10 ** len(part))
    return [reading + decimals for reading in readings(whole)]


def part_of(match: Match[str]) -> Iterable[Figure]:
    """三分之一, 百分之五."""
    whole, parts = match[1], numbers(match[2])
    is_strict, unit = match[2][0].isdigit(), {"百": "%", "千": "‰"}.get(whole)
    if unit:
        meant = frozenset(parts) if unit == "%" else frozenset([*parts, *(part / 10 for part in parts)])
        return [Figure(*match.span(), match[0], meant, is_strict=is_strict, units=frozenset([unit]))]
    wholes = [reading for reading in numbers(whole) if reading]
    shares = [part / whole for part in parts for whole in wholes]
    allows: frozenset[Value] = frozenset([*parts, *wholes, *(100 * share for share in shares)])
    return [Figure(*match.span(), match[0], frozenset(shares), allows)]


def century(match: Match[str]) -> Iterable[Figure]:
    """20世纪80年代 is the 1980s, 20世纪 may be the 1900s."""
    start, end = match.span("century")
    which = numbers(match["century"])
    before = [100 * (value - 1) for value in which]
    yield Figure(start, end, match["century"], frozenset(which), frozenset(before), match["century"][0].isdigit())
    if match["tens"]:
        tens = numbers(match["tens"])
        years = [year + value for year in before for value in tens]
        start, end = match.span("tens")
        yield Figure(start, end, match["tens"], frozenset(tens), frozenset(years), match["tens"][0].isdigit())


def this_century(match: Match[str]) -> Iterable[Figure]:
    allows = values(21, 2000) if match["which"] == "本" else values(20, 1900)
    return [Figure(*match.span(), match[0], frozenset(), allows)]


def decade(match: Match[str]) -> Iterable[Figure]:
    tens = int(match["tens"])
    if match["century"]:
        year = 100 * int(match["century"]) + tens
        return [Figure(*match.span(), match[0], values(year), values(tens), is_strict=True)]
    return [Figure(*match.span(), match[0], values(tens), values(1900 + tens, 2000 + tens), is_strict=True)]


def doubled(match: Match[str]) -> Iterable[Figure]:
    return [Figure(*match.span(), match[0], frozenset(), values(2, 4, 8, 100, 200, 300, 400))]


def half(match: Match[str]) -> Iterable[Figure]:
    """50%, and 30 minutes or 6 months."""
    also = 30 if match["clock"] or match["hour"] else 6 if match["year"] else 50
    return [Figure(*match.span(), match[0], values(Fraction(1, 2)), values(50, also))]


def amounts(text: str) -> Iterator[Figure]:
    """1200余万 is one number, and so is 2万4801."""
    last: Figure | None = None
    for match in AMOUNT.finditer(text):
        scale = Fraction(prod(SCALES.get(han, 1) for han in match["scale"] or ""))
        value = number(match["digits"]) * scale
        if last and last.end == match.start() and last.scale > value:
            meant = frozenset(each + value for each in last.values if isinstance(each, Fraction))
            last = Figure(last.start, match.end(), last.words + match[0], meant, is_strict=True, scale=last.scale)
            continue
        if last:
            yield last
        last = Figure(*match.span(), match[0], frozenset([value]), is_strict=True, scale=scale)
    if last:
        yield last


def numeral(match: Match[str]) -> Figure:
    """三百多万, 三点五亿, 十三五: all that it may mean. Three o'clock five is read as well."""
    scale = prod(SCALES[han] for han in (match["vague"] or " ")[1:] + match["scale"])
    whole, part = match["whole"], match["part"]
    meant = [reading * scale for reading in numbers(whole + (f"点{part}" if part else ""))]
    if part:
        meant += [*readings(whole), *readings(part)]
    return Figure(*match.span(), match[0], frozenset(meant), scale=Fraction(scale))


def beside(figure: Figure, text: str) -> Figure:
    """The same with what the characters around it make of it: 3倍, 3成, 3点, 3年半, 等3所."""
    meant = [value for value in figure.values if isinstance(value, Fraction)]
    allows: set[Value] = set(figure.allows)
    if tenths := TENTHS.match(text, figure.end):
        more = ONES.get(tenths["more"] or "", 0)
        tens = frozenset[Value](10 * value + more for value in meant)
        return replace(figure, values=tens, allows=figure.values | values(10))
    if TIMES.match(text, figure.end):
        small = [value for value in meant if value <= 10]
        allows |= {each for value in small for each in (value + 1, value - 1, 100 * value, 100 * (value - 1))}
    if HOUR.match(text, figure.end):
        allows |= {each for value in meant for each in (value + 12, value - 12) if 0 < each <= 24}
    if AND_A_HALF.match(text, figure.end):
        meant += [value + Fraction(1, 2) for value in meant]
    is_count = LIST_OF.search(text, max(figure.start - 2, 0), figure.start) and all(each <= COUNTED for each in meant)
    part = DATE.match(text, figure.end)
    shape = "ordinal" if text[figure.start - 1 : figure.start] == "第" else ""
    if part and (part["part"] != "年" or all(value >= 1000 for value in meant)):
        shape = DATE_PARTS[part["part"]]
    return replace(
        figure,
        values=frozenset(meant),
        allows=frozenset(allows),
        is_strict=figure.is_strict and not is_count,
        shape=shape,
    )
