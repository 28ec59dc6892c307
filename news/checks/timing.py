"""Whether a release goes out at the right time: after its embargo, on the day it speaks of, and not out of date."""

import re
from collections.abc import Iterator

from .base import About, Finding, Level, Said, TextPair, check
from .dates import CHINESE, CHINESE_WEEKDAY, ENGLISH, ENGLISH_WEEKDAY, SHORT_MONTHS, ZONE, calendar, resolved
from .text import Passage, Place

QUOTATION = re.compile('“[^“”\n]*”|"[^"\n]*"|「[^「」\n]*」')
TODAY = (
    re.compile(
        r"(?i)\b(?P<today>today|tonight|this (?:morning|afternoon|evening))\b(?:\W{1,3}(?:on )?(?:(?P<first>\d{1,2}) )?"
        r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?: (?P<last>\d{1,2})(?!\d))?)?"
    ),
    re.compile(
        r"(?P<today>今[天日晨晚早])(?:[\s（(，,]{0,2}(?:\d{4}年)?(?P<month>\d{1,2})月(?P<first>\d{1,2})(?P<last>)[日号])?"
    ),
)

EMBARGO = (
    re.compile(
        r"(?i)^\W*(?:(?:strictly|press|news|under) )*embargo(?:ed)?\b"
        r"|^\W*not (?:for|to be) (?:release|publication|publish|broadcast)\w* (?:before|until)\b"
    ),
    re.compile(
        "^\\W*(?:解禁|禁发|禁止发布)|前[,\\s]*(?:请勿|严禁|禁止|不得)(?:提前|对外)*(?:发布|公开|刊发|刊登|播发|报道)"
    ),
)
EMBARGO_AT_MOST = 150
"""Characters of the line that says so: an article about the embargo of an oil field is left alone."""
CLOCK = (
    re.compile(
        r"(?i)(?<![\d:.])(?P<hour>[0-2]?\d)(?:[:.](?P<minute>[0-5]\d)|(?=\s?[ap]\.?m))(?:\s?(?P<half>[ap])\.?m\b)?"
    ),
    re.compile(
        r"(?P<half>凌晨|上午|下午|晚上|傍晚)?(?<![\d:])(?P<hour>[0-2]?\d)(?::(?=[0-5]\d)|[时点](?!间))(?P<minute>[0-5]\d)?"
    ),
)
AFTERNOON = {"p", "P", "下午", "晚上", "傍晚"}
MINUTES = "%Y-%m-%d %H:%M"


@check(
    "stale",
    ("Stale translation", "译文过期"),
    (
        "The original was approved in other words since the translation was.",
        "译文审定之后，原文又有改动并已审定。",
    ),
    reads_whole=True,
)
def stale(pair: TextPair) -> Iterator[Finding]:
    if pair.about.is_stale:
        said = Said(
            "The original has changed since the translation was approved.",
            "译文审定后原文已有改动，请核对译文是否仍然适用。",
        )
        yield Finding("stale", Level.BLOCKS, said)


@check(
    "embargo",
    ("Embargo", "解禁时间"),
    (
        "A line such as “EMBARGOED UNTIL 12 November 2026, 10:00” that names a moment after the release blocks. "
        "Otherwise the line informs, since it goes out with the text. Where another time zone is named, days alone "
        "are compared.",
        "“解禁时间：2026年11月12日10时”一类文字所写时间晚于发布时间，则阻止发布；"
        "其他情况下仅提示，因为这行文字会随稿件一并公开。写明其他时区的，只比较日期。",
    ),
    needs_both=False,
)
def embargo(pair: TextPair) -> Iterator[Finding]:
    out = pair.about.release_at
    for side, line in lines(pair):
        phrase = EMBARGO[side].search(line.folded)
        until = moment(line.folded, side, pair.about) if phrase else None
        if not phrase or not until:
            continue
        level = Level.INFORMS
        said = Said(
            f"This line goes out with the text: embargoed until {until}.", f"这行文字会随稿件公开：解禁时间{until}。"
        )
        if out and (now := out.strftime(MINUTES)) < until:
            level = Level.BLOCKS
            said = Said(
                f"The release goes out at {now}, but the text is embargoed until {until}.",
                f"发布时间为{now}，早于文中的解禁时间{until}。",
            )
        place = line.place(*phrase.span())
        yield Finding("embargo", level, said, () if side else (place,), (place,) if side else ())


def lines(pair: TextPair) -> Iterator[tuple[int, Passage]]:
    """(side, text) of all that are short enough to be such a line."""
    for side, passage in enumerate((pair.english, pair.chinese)):
        for number, text in passage.parts:
            if len(text) <= EMBARGO_AT_MOST:
                yield side, Passage([(number, text)])


def moment(text: str, side: int, about: About) -> str | None:
    """The latest day that a text names, with the latest time of day unless that is of another zone."""
    days = calendar(text, (ENGLISH, CHINESE)[side], (ENGLISH_WEEKDAY, CHINESE_WEEKDAY)[side]).days
    found = [when for day in days if (when := resolved(day, days, about.day))]
    zone, out = ZONE.search(text), about.release_at
    is_ours = not zone or bool(out and about.is_own_zone(zone[0]))
    clocks = [clock(match) for match in CLOCK[side].finditer(text)] if is_ours else []
    return f"{max(found)} {max(clocks, default='00:00')}" if found else None


def clock(match: re.Match[str]) -> str:
    hour, half = int(match["hour"]), match["half"]
    if half:
        hour = hour % 12 + 12 * (half in AFTERNOON)
    return f"{hour:02}:{match['minute'] or '00'}"


@check(
    "today",
    ("Today", "“今天”"),
    (
        "“Today”, 今日 and the like stand beside a date that is not the release's. Quotations are left alone.",
        "“今天”“今日”、today等与所附日期和稿件日期不符。引语除外。",
    ),
    needs_both=False,
)
def today(pair: TextPair) -> Iterator[Finding]:
    day = pair.about.day
    if day is None:
        return
    for side, passage in enumerate((pair.english, pair.chinese)):
        for place, month, number in todays(passage, side):
            if (month, number) != (day.month, day.day):
                yield Finding(
                    "today",
                    Level.WARNS,
                    Said(
                        f"“{place.words}” stands in a release of {day:%Y-%m-%d}.",
                        f"稿件日期为{day:%Y-%m-%d}，文中却写“{place.words}”。",
                    ),
                    () if side else (place,),
                    (place,) if side else (),
                )


def todays(passage: Passage, side: int) -> Iterator[tuple[Place, int, int]]:
    """(place, month, day) wherever a word for today has a date beside it, out of quotations."""
    text = QUOTATION.sub(lambda quotation: "\0" * len(quotation[0]), passage.folded)
    for match in TODAY[side].finditer(text):
        number = match["first"] or match["last"]
        if match["month"] and number:
            month = int(match["month"]) if side else SHORT_MONTHS.index(match["month"].capitalize()) + 1
            yield passage.place(*match.span()), month, int(number)
