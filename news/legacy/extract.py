"""Text of a saved page -> what it says: title, date, views, paragraphs. No Django models here.

A page of the old site reads, top to bottom: the title; a line `发布时间:2017-11-07 浏览次数:1715`; the body; a footer
with organiser, address, copyright and ICP number, the same on every page and therefore left out.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from unicodedata import normalize

from django.utils.translation import gettext_lazy as _

from home import clock

from .errors import UnreadableDocument

DATE_LINE = re.compile(
    r"发布(?:时间|日期)\s*[:：]\s*(?P<date>\d{4}[-/.年－／．]\d{1,2}[-/.月－／．]\d{1,2})日?"
    r"(?:\s+(?P<time>\d{1,2}[:：]\d{2})(?:[:：]\d{2})?)?"
)
VIEWS = re.compile(
    r"(?:(?:浏览|点击|阅读|访问)(?:次数|量|数|率)?|人气|\b(?:views?|hits|reads?))\s*:\s*"
    r"(?P<number>\d{1,3}(?:[, '’]\d{3})+(?!\d)|\d+(?:\.\d+)?)\s*(?P<unit>百万|千万|[千万萬亿億]|[kwm](?![a-z]))?",
    re.I,
)
UNITS = {"千": 10**3, "k": 10**3, "万": 10**4, "萬": 10**4, "w": 10**4, "百万": 10**6, "m": 10**6, "千万": 10**7}
UNITS |= {"亿": 10**8, "億": 10**8}
MOST_VIEWS = 2**31 - 1
SOURCE = re.compile(r"来源\s*[:：]\s*(?P<source>\S.{0,119}?)(?=\s*(?:浏览|点击|阅读|访问|人气|发布|作者|$))")

ADDRESS = re.compile(r"(?:add(?:ress)?|地址)\s*[.:：]", re.I)
COPYRIGHT = re.compile(r"©|ICP备|公网安备|^copyright\b(?!.*[.。]$)|^版权所有(?!.*。$)", re.I)
"""What only a footer says. A sentence about copyright law is none."""
FOOTER = re.compile(r"(?:tel(?:ephone)?|fax|e-?mail|电话|传真|邮箱|邮编|主办单位|承办单位|技术支持)\s*[.:：]", re.I)
SENTENCE_END = tuple('.!?。！？;；:："”')
HAN = re.compile(r"[\u4e00-\u9fff]")
LONGEST_TITLE = 255
EARLIEST, LATEST = 1900, 2100
LONGEST_ORGANISER = 120


@dataclass(frozen=True)
class LegacyDocument:
    title: str
    published: datetime
    """Aware, by the site's clock; midnight where the page gave a date alone."""
    paragraphs: tuple[str, ...]
    views: int
    source: str
    language: str
    """`en` or `zh-hans`."""
    left_out: tuple[str, ...]
    """The lines taken for the old site's footer."""

    @property
    def identity(self) -> str:
        """The same for every copy of the document, however it was saved and however often it had been viewed."""
        return self.identity_on(self.published)

    @property
    def identities(self) -> set[str]:
        """Its own, and the one it had while a time with a wide colon was not read."""
        midnight = self.published.replace(hour=0, minute=0)
        return {self.identity, self.identity_on(midnight)}

    def identity_on(self, published: datetime) -> str:
        text = "\n".join((self.title, published.isoformat(), *self.paragraphs))
        return f"sha256:{sha256(text.encode()).hexdigest()}"


def extract(text: str) -> LegacyDocument:
    """Raises UnreadableDocument where title, date or body cannot be made out."""
    lines = [" ".join(line.split()) for line in text.split("\n")]
    found = next(((number, match) for number, line in enumerate(lines) if (match := DATE_LINE.search(line))), None)
    if found is None:
        raise UnreadableDocument(_("There is no line with the date of publication (发布时间)."))
    date_at, date_line = found
    title = " ".join(line for line in lines[:date_at] if line)
    if not title:
        raise UnreadableDocument(_("There is no title above the date of publication."))
    if len(title) > LONGEST_TITLE:
        raise UnreadableDocument(_("What stands above the date of publication is too long for a title."))
    paragraphs, left_out = without_footer([line for line in lines[date_at + 1 :] if line])
    if not paragraphs:
        raise UnreadableDocument(_("There is no text below the date of publication."))
    source = SOURCE.search(lines[date_at])
    return LegacyDocument(
        title=title,
        published=published(date_line),
        paragraphs=tuple(paragraphs),
        views=views_of(lines[date_at]),
        source=source["source"] if source else "",
        language=language_of(title, paragraphs),
        left_out=tuple(left_out),
    )


def views_of(line: str) -> int:
    """`浏览次数:1715`, `1,204`, `1 204`, `１２０４`, `1.2万`, `10万+`; 0 where there is no number that may be one."""
    found = VIEWS.search(normalize("NFKC", line))
    if found is None:
        return 0
    number, unit = re.sub("[, '’]", "", found["number"]), (found["unit"] or "").lower()
    if not unit and re.fullmatch(r"\d{1,3}\.\d{3}", number):  # no view is a fraction: it parts thousands
        number = number.replace(".", "")
    views = int(Decimal(number) * UNITS.get(unit, 1))
    return views if views <= MOST_VIEWS else 0


def published(match: re.Match[str]) -> datetime:
    year, month, day = re.findall(r"\d+", match["date"])
    hour, minute = (match["time"] or "0:0").replace("：", ":").split(":")
    try:
        if not EARLIEST <= int(year) <= LATEST:
            raise ValueError
        return datetime(int(year), int(month), int(day), int(hour), int(minute), tzinfo=clock.zone())
    except ValueError:
        raise UnreadableDocument(
            _("“%(date)s” is not a date.") % {"date": match[0].partition("：")[2] or match[0].partition(":")[2]}
        ) from None


def without_footer(lines: list[str]) -> tuple[list[str], list[str]]:
    """(the lines, those at their end that say who runs the site).

    Address and telephone are the site's only with its copyright line beside them; else they may be a press contact.
    """
    end = len(lines)
    while end and in_footer(lines[end - 1]):
        end -= 1
    footer = lines[end:]
    if not any(COPYRIGHT.search(line) for line in footer):
        return lines, []
    # The organiser's name has no mark of its own: it is a line without a full stop right above the address.
    above = lines[end - 1] if end and ADDRESS.match(footer[0]) else ""
    if above and len(above) < LONGEST_ORGANISER and not above.endswith(SENTENCE_END):
        end -= 1
    return lines[:end], lines[end:]


def in_footer(line: str) -> bool:
    return bool(COPYRIGHT.search(line) or ADDRESS.match(line) or FOOTER.match(line))


def language_of(title: str, paragraphs: Iterable[str]) -> str:
    text = title + "".join(paragraphs)
    return "zh-hans" if len(HAN.findall(text)) > len(text) / 5 else "en"
