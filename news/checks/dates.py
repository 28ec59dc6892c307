"""Dates that contradict each other: across the languages, or their own day of the week."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from re import Match, Pattern
from re import compile as pattern
from typing import NamedTuple

from .base import Finding, Level, Said, TextPair, check
from .figures_chinese import readings

YEAR_ROUND = "January February March April May June July August September October November December"
MONTHS = YEAR_ROUND.split()
SHORT_MONTHS = [month[:3] for month in MONTHS]
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
HAN_WEEKDAYS = "一二三四五六日"

MONTH = rf"(?P<month>{'|'.join([*MONTHS, *(month[:3] for month in MONTHS), 'Sept'])})\b\.?"
YEAR = r"(?:,?\s(?P<year>(?:19|20)[0-9]{2})\b)?"
DAY = (
    r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?\b"
    r"(?:\s?(?:[-–—&]|to|and)\s?(?P<last>[0-9]{1,2})(?:st|nd|rd|th)?\b(?!\.?[0-9]|\s?%))?"
)
NUMERIC = pattern(
    r"(?<![0-9.,/-])(?P<year>(?:19|20)[0-9]{2})[./-](?P<month>[01]?[0-9])[./-](?P<day>[0-3]?[0-9])(?P<last>)(?![0-9.])"
)
ENGLISH = [pattern(rf"\b{MONTH}\s{DAY}{YEAR}"), pattern(rf"(?<![0-9.,])\b{DAY}\s(?:of\s)?{MONTH}{YEAR}"), NUMERIC]
NUMBER = "[0-9]{1,2}|[一二三四五六七八九十]{1,3}"
CHINESE = [
    pattern(
        r"(?:(?P<year>(?:19|20)[0-9]{2}|[一二][〇零一二三四五六七八九]{3})\s?年\s?)?"
        rf"(?<![0-9一二三四五六七八九十])(?P<month>{NUMBER})\s?月\s?(?P<day>{NUMBER})\s?"
        rf"(?:[日号]|(?=[-–—~至到、和]))(?:\s?[-–—~至到、和]\s?(?P<last>{NUMBER})\s?(?=[日号]))?"
    ),
    NUMERIC,
]
ENGLISH_WEEKDAY = pattern(rf"\b(?P<day>{'|'.join(WEEKDAYS)})")
CHINESE_WEEKDAY = pattern("(?:周|星期|礼拜)(?P<day>[一二三四五六日天])(?![年次天致])")
CITIES = (
    "Beijing|Berlin|Brussels|Cairo|Dubai|Geneva|Hong Kong|London|Los Angeles|Moscow|New York|Paris|Rome|Seoul|"
    "Singapore|Sydney|Taipei|Tokyo|Washington",
    "北京|柏林|布鲁塞尔|开罗|迪拜|日内瓦|香港|伦敦|洛杉矶|莫斯科|纽约|巴黎|罗马|首尔|新加坡|悉尼|台北|东京|华盛顿",
)
ZONE = pattern(
    rf"(?:{CITIES[1]}|当地|[东西中]部|太平洋|格林[尼威]治)时间|夏令时|标准时间|"
    rf"\b(?:[Ll]ocal|{CITIES[0]}|Eastern|Pacific|Central) [Tt]ime\b|\b(?:[A-Z]{{1,3}}[DS]?T|GMT|UTC)\b"
)
BESIDE = pattern(r"[\s,(]{0,3}(?:the\s)?")
"""Between a date and its weekday."""


class Day(NamedTuple):
    """`year` is 0 where it is not said."""

    year: int
    month: int
    day: int
    start: int
    end: int

    def agrees(self, other: "Day") -> bool:
        return self[1:3] == other[1:3] and (self.year == other.year or 0 in (self.year, other.year))

    def on(self, year: int) -> date | None:
        """None where there is no such day."""
        try:
            return date(self.year or year, self.month, self.day)
        except ValueError:
            return None


class Weekday(NamedTuple):
    number: int
    start: int
    end: int


class Calendar(NamedTuple):
    """The dates and the weekdays that a text names."""

    text: str
    days: Sequence[Day]
    weekdays: Sequence[Weekday]

    def together(self) -> Iterator[tuple[Day, Weekday]]:
        """Dates with the weekday that stands beside them."""
        begins = {weekday.start: weekday for weekday in self.weekdays}
        ends = {weekday.end: weekday for weekday in self.weekdays}
        for day in self.days:
            after = begins.get(gap.end()) if (gap := BESIDE.match(self.text, day.end)) else None
            before = [ends[at] for at in range(max(day.start - 7, 0), day.start + 1) if at in ends]
            if after:
                yield day, after
            elif before and BESIDE.fullmatch(self.text, before[-1].end, day.start):
                yield day, before[-1]


@check(
    "dates",
    ("Dates", "日期"),
    (
        "Dates, with or without a year, of which each language has one that the other lacks; days of the week that "
        "differ between the languages; a day of the week that is not that of the date beside it. Where one language "
        "alone names a time zone, dates and weekdays may be one day apart.",
        "两种语言各有一个对方没有的日期（有无年份均可）；两种语言的星期不一致；星期与其旁边的日期不符。"
        "仅一种语言写明时区的，日期和星期可以相差一天。",
    ),
)
def dates(pair: TextPair) -> Iterator[Finding]:
    english = calendar(pair.english.folded, ENGLISH, ENGLISH_WEEKDAY)
    chinese = calendar(pair.chinese.folded, CHINESE, CHINESE_WEEKDAY)
    in_zones = bool(ZONE.search(english.text)) != bool(ZONE.search(chinese.text))
    for one, other in contradictions(english.days, chinese.days):
        if not (in_zones and is_day_apart(one, other)) and (not pair.is_adapted or is_near(one, other)):
            yield differing(pair, ("dates", "日期"), one, other)
    misnamed = []
    for which, side in enumerate((english, chinese)):
        for day, weekday in side.together():
            when = resolved(day, (*english.days, *chinese.days), pair.about.day)
            if when and when.weekday() != weekday.number:
                misnamed.append(weekday)
                yield misnaming(pair, which, when, day, weekday)
    for named, other_named in different(english.weekdays, chinese.weekdays):
        is_neighbour = (named.number - other_named.number) % 7 in (1, 6)
        if not (pair.is_adapted or (in_zones and is_neighbour) or named in misnamed or other_named in misnamed):
            yield differing(pair, ("days of the week", "星期"), named, other_named)


def calendar(text: str, days: Sequence[Pattern[str]], weekdays: Pattern[str]) -> Calendar:
    found = [day for each in days for match in each.finditer(text) for day in days_of(match)]
    named = [Weekday(weekday(match["day"]), *match.span()) for match in weekdays.finditer(text)]
    return Calendar(text, sorted(found, key=lambda day: day.start), named)


def days_of(match: Match[str]) -> Iterator[Day]:
    """One, or the ends of a range."""
    month, year = match["month"], int(numeral(match["year"] or "0"))
    number = SHORT_MONTHS.index(month[:3]) + 1 if month[:3] in SHORT_MONTHS else numeral(month)
    for day in filter(None, (match["day"], match["last"])):
        if 1 <= number <= 12 and 1 <= numeral(day) <= 31:
            yield Day(year, number, numeral(day), *match.span())


def numeral(written: str) -> int:
    return int(written) if written.isdigit() else int(readings(written)[-1])


def weekday(name: str) -> int:
    return WEEKDAYS.index(name) if name in WEEKDAYS else HAN_WEEKDAYS.index(name.replace("天", "日"))


def contradictions(english: Sequence[Day], chinese: Sequence[Day]) -> Iterator[tuple[Day, Day]]:
    """Pairs of those that the other language has not. A date more on one side alone contradicts nothing."""
    return zip(lacking(english, chinese), lacking(chinese, english), strict=False)


def lacking(days: Sequence[Day], others: Sequence[Day]) -> list[Day]:
    known: dict[tuple[int, int], set[int]] = {}
    for other in others:
        known.setdefault((other.month, other.day), set()).add(other.year)
    return [day for day in days if not is_known(day.year, known.get((day.month, day.day), set()))]


def is_known(year: int, years: set[int]) -> bool:
    return bool(years) and (not year or 0 in years or year in years)


def different(english: Sequence[Weekday], chinese: Sequence[Weekday]) -> Iterator[tuple[Weekday, Weekday]]:
    """Pairs of those that the other language has not, or, where both name as many, not as often."""
    if len(english) != len(chinese):
        ours, theirs = {each.number for each in english}, {each.number for each in chinese}
        english = [each for each in english if each.number not in theirs]
        chinese = [each for each in chinese if each.number not in ours]
    return zip(surplus(english, chinese), surplus(chinese, english), strict=False)


def surplus(ours: Sequence[Weekday], theirs: Sequence[Weekday]) -> list[Weekday]:
    """One of each weekday that is named more often here than there."""
    more = Counter(each.number for each in ours) - Counter(each.number for each in theirs)
    return list({each.number: each for each in ours if each.number in more}.values())


def is_day_apart(one: Day, other: Day) -> bool:
    """As the same moment can be, in two time zones."""
    ours, theirs = one.on(other.year or 2000), other.on(one.year or 2000)
    return bool(ours and theirs and abs(ours - theirs) <= timedelta(days=1))


def is_near(one: Day, other: Day) -> bool:
    """Whether all but one of year, month and day are the same."""
    return sum(a != b for a, b in zip(one[:3], other[:3], strict=True)) == 1


def resolved(day: Day, days: Sequence[Day], release: date | None) -> date | None:
    """With the year that either text gives to the same day; else, the year that brings it closest to the release."""
    year = day.year or next((each.year for each in days if each.year and each.agrees(day)), 0)
    if year or not release:
        return day.on(year) if year else None
    nearest = [when for year in range(release.year - 1, release.year + 2) if (when := day.on(year))]
    return min(nearest, key=lambda when: abs(when - release), default=None)


def differing(pair: TextPair, what: tuple[str, str], one: Day | Weekday, other: Day | Weekday) -> Finding:
    english = pair.english.place(one.start, one.end)
    chinese = pair.chinese.place(other.start, other.end)
    said = Said(
        f"The {what[0]} differ: “{english.words}” in the English, “{chinese.words}” in the Chinese",
        f"{what[1]}不一致：英文为“{english.words}”，中文为“{chinese.words}”",
    )
    return Finding("dates", Level.WARNS, said, (english,), (chinese,))


def misnaming(pair: TextPair, which: int, when: date, day: Day, weekday: Weekday) -> Finding:
    passage = (pair.english, pair.chinese)[which]
    places = (passage.place(day.start, day.end), passage.place(weekday.start, weekday.end))
    name = WEEKDAYS[when.weekday()], f"星期{HAN_WEEKDAYS[when.weekday()]}"
    said = Said(
        f"{when.day} {MONTHS[when.month - 1]} {when.year} is a {name[0]}, not “{places[1].words}”",
        f"{when.year}年{when.month}月{when.day}日是{name[1]}，不是“{places[1].words}”",
    )
    return Finding("dates", Level.WARNS, said, places if which == 0 else (), places if which == 1 else ())
