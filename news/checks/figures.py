"""Figures in a text, as far as both languages write them alike: digits, clock times, codes, telephone numbers.

What a figure may mean in the other language is kept in two sets: of its `values`, the other text must hold one;
of what it `allows`, it may hold one instead.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from re import ASCII, Match, Pattern
from re import compile as pattern

from .units import NOTHING, PER_CENT, YUAN, Spelling, family

Value = Fraction | str
"""A serial number, and digits too long for a number, are compared as they are written."""

DIGITS = (
    r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,5}|[0-9]{1,2}(?:,[0-9]{2}){1,4},[0-9]{3})(?!,?[0-9])(?:\.[0-9]{1,18})?"
    r"|[0-9]{1,18}(?:\.[0-9]{1,18})?"
)
"""1,200.5 is one number, 33,34 are two. The counts are bounded so that a long row of digits is read once."""


@dataclass(frozen=True)
class Figure:
    start: int
    end: int
    words: str
    values: frozenset[Value]
    allows: frozenset[Value] = frozenset()
    is_strict: bool = False
    """Whether it is written in digits: words can say many things, digits must be found again."""
    scale: Fraction = Fraction(1)
    units: frozenset[str] = NOTHING
    code: str = ""
    """COVID in COVID-19: the figure is part of a name."""
    shape: str = ""
    """year, month, day, clock, ordinal or score: where it stands."""

    @property
    def value(self) -> Value:
        """As written; the smallest where it may be read in several ways."""
        return min(self.values, key=lambda value: (isinstance(value, str), value))


def values(*numbers: int | str | Fraction) -> frozenset[Value]:
    return frozenset(Fraction(number) for number in numbers)


def number(digits: str) -> Fraction:
    return Fraction(digits.replace(",", ""))


class Reader:
    """Takes shapes out of a text, one kind after the other, and keeps the figures they hold.

    A later kind does not see what an earlier one has taken.
    """

    def __init__(self, text: str, after: Spelling, before: Spelling) -> None:
        self.whole = text
        self.text = text
        self.after = after
        self.before = before
        self.figures: list[Figure] = []

    def take(self, shape: Pattern[str], make: Callable[[Match[str]], Iterable[Figure]]) -> None:
        def taken(match: Match[str]) -> str:
            self.figures += make(match)
            return "\0" * len(match[0])

        self.text = shape.sub(taken, self.text)

    def take_common(self) -> None:
        for shape, make in COMMON:
            self.take(shape, make)

    def is_money(self, at: int) -> bool:
        return bool(self.before.before(self.whole, at)[0])

    def measured(self, figure: Figure) -> Figure:
        """With the unit that stands beside it."""
        after, end = self.after.after(self.whole, figure.end)
        before, start = self.before.before(self.whole, figure.start)
        if not (after or before):
            return figure
        is_settled_after = YUAN not in after and family(before) == family(after)
        agreed = before & after or (after if is_settled_after else before) or after
        start, end = (start if before else figure.start), (end if after else figure.end)
        return replace(figure, units=agreed, start=start, end=end, words=self.whole[start:end])

    def all(self) -> tuple[Figure, ...]:
        """In the order of the text; what is true of one end of a range is true of the other."""
        figures = sorted(self.figures, key=lambda figure: figure.start)
        for at in range(len(figures) - 2, -1, -1):
            figures[at : at + 2] = joined(figures[at], figures[at + 1], self.whole)
        return tuple(figures)


RANGE = pattern(r"\s*(?:-|–|—|−|~|to|至|到)\s*")
SCORE = pattern(r"\s?[-–:&比]\s?")
SERIES = pattern(r"\s*(?:,|、|,?\s?and|or|和|或)\s*")


def joined(one: Figure, other: Figure, text: str) -> tuple[Figure, Figure]:
    """The ends of "5-10亿元", "$5 to 10 billion" and "2025-26", each with what only the other says."""
    gap = text[one.end : other.start] if other.start - one.end < 10 else "."
    is_range = RANGE.fullmatch(gap)
    if SCORE.fullmatch(gap):
        one, other = replace(one, shape=one.shape or "score"), replace(other, shape=other.shape or "score")
    is_same_kind = not one.units or not other.units or family(one.units) == family(other.units)
    if not (is_range or SERIES.fullmatch(gap)) or not is_same_kind:
        return one, other
    if other.scale != 1 and one.scale == 1:
        scaled = frozenset(value * other.scale for value in one.values if isinstance(value, Fraction))
        one = replace(one, values=one.values | scaled, scale=other.scale)
    if other.units and not one.units and one.shape in ("", "score") and (is_range or other.units == PER_CENT):
        one = replace(one, units=other.units)
    if is_range:
        if one.units and not other.units and (family(one.units) == "money" or one.words.startswith("百分之")):
            other = replace(other, units=one.units)
        years = [year for year in one.values if isinstance(year, Fraction) and 1000 <= year < 2200]
        ends = [value for value in other.values if isinstance(value, Fraction) and value < 100]
        if years and ends and other.is_strict:
            other = replace(other, values=other.values | {years[0] // 100 * 100 + end for end in ends})
    return one, other


def figure(
    match: Match[str], group: int | str = 0, allows: frozenset[Value] = frozenset(), shape: str = "", code: str = ""
) -> Figure:
    """Of the digits in a group of a match."""
    start, end = match.span(group)
    return Figure(start, end, match[group], frozenset([number(match[group])]), allows, not code, shape=shape, code=code)


def each_group(match: Match[str]) -> Iterable[Figure]:
    return [figure(match, group) for group in range(1, len(match.groups()) + 1)]


def nothing(_match: Match[str]) -> Iterable[Figure]:
    return []


def telephone(match: Match[str]) -> Iterable[Figure]:
    """The last ten digits: country and trunk prefixes come and go. What is shorter is read as numbers."""
    digits = "".join(DIGIT_RUN.findall(match[0]))
    if len(digits) < 9:
        return [figure(run) for run in DIGIT_RUN.finditer(match.string, *match.span())]
    return [Figure(*match.span(), match[0], frozenset([digits[-10:].lstrip("0")]), is_strict=True)]


def serial(match: Match[str]) -> Iterable[Figure]:
    return [Figure(*match.span(), match[0], frozenset([match[0]]), is_strict=True)]


def clock(match: Match[str]) -> Iterable[Figure]:
    """7:55, 7.55am, 3 p.m.: the hour by either count, and the minutes, unless they are none."""
    hour, half = int(match["hour"]), match["half"]
    noon = half.lower() == "p" if half else False
    meant = {hour + 12 if noon and hour < 12 else hour - 12 if hour > 12 else hour}
    if hour in (0, 12, 24):
        meant |= {0, 12, 24}
    yield figure(match, "hour", allows=values(*meant - {hour}), shape="clock")
    if match["minute"] and int(match["minute"]):
        yield figure(match, "minute")


def mixed(match: Match[str]) -> Iterable[Figure]:
    """2½, which is folded to 21⁄2: the numerator of these characters is always one digit."""
    over, under = int(match["over"]), max(int(match["under"]), 1)
    fraction = Fraction(over, under)
    value = fraction + int(match["whole"] or 0)
    return [Figure(*match.span(), match[0], frozenset([value]), values(over, under, 100 * fraction), is_strict=True)]


def name(match: Match[str]) -> Iterable[Figure]:
    """G20, COVID-19, 5G, FY25. Where the other language has no such code, it may have the number or the year."""
    code = match["letters"].upper() if match["letters"] else f"-{match['suffix']}"
    digits = "digits" if match["digits"] else "first"
    year = values(2000 + int(match[digits])) if len(match[digits]) == 2 and match[digits].isdigit() else frozenset()
    return [figure(match, digits, year, code=code)]


DIGIT_RUN = pattern("[0-9]+")
NOT_CODES = "RMB|CNY|CNH|USD|EUR|GBP|HKD|AUD|CAD|SGD|NZD|TWD|JPY|KRW|CHF|INR|RUB|US|Rs|No"
HYPHEN = "[-\u2010]"

LINK = r"(?:https?://|www\.)[^\s<>\"\u3000-\u9fff]+|(?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)*"
DATE = r"(?<![0-9.,/-])((?:19|20)[0-9]{2})[./-]([01]?[0-9])[./-]([0-3]?[0-9])(?![0-9.])"
TELEPHONE = (
    r"(?<![\w.,+])(?:\+[0-9]{1,3}|\(\+?86-[0-9]{2,3}\)|\(?0[0-9]{1,4}\)?)(?:[ -]?\(?[0-9]{1,8}\)?){1,5}(?![\w.]?[0-9])"
)
SERIAL = r"(?<![0-9.,])[0-9]{1,18}(?:\.[0-9]+){2,}|[0-9]{19,}(?:\.[0-9]+)?|[0-9]{1,18}\.[0-9]{19,}"
HALF_DAY = (
    r"(?<![0-9.,:])(?P<hour>[0-2]?[0-9])(?:[:.](?P<minute>[0-5][0-9]))?(?::[0-5][0-9])?\s?(?P<half>[aApP])\.?[mM]\b\.?"
)
CLOCK = r"(?<![0-9.,:])(?P<hour>[0-2]?[0-9]):(?P<minute>[0-5][0-9])(?P<half>)(?![0-9])"
MIXED = r"(?<![0-9])(?P<whole>[0-9]{0,9})(?P<over>[0-9])⁄(?P<under>[0-9]{1,2})(?![0-9])"
CODE = (
    rf"(?<![A-Za-z0-9])(?:(?!(?:{NOT_CODES})[0-9-])(?=[a-z]*+[A-Z])(?P<letters>[A-Za-z]++){HYPHEN}?"
    r"(?P<digits>[0-9]{1,18}(?:\.[0-9]{1,18})?)(?![0-9])|(?P<first>[0-9]{1,2})(?P<suffix>[DGKHPS])(?![A-Za-z0-9]))"
)

COMMON: list[tuple[Pattern[str], Callable[[Match[str]], Iterable[Figure]]]] = [
    (pattern(LINK, ASCII), nothing),
    (pattern(DATE), each_group),
    (pattern(TELEPHONE, ASCII), telephone),
    (pattern(SERIAL), serial),
    (pattern(HALF_DAY), clock),
    (pattern(CLOCK), clock),
    (pattern(MIXED), mixed),
    (pattern(CODE), name),
]
