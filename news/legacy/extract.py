"""Text of a saved page -> what it says: title, date, views, paragraphs. No Django models here.

A page of the old site reads, top to bottom: the title; a line `发布时间:2017-11-07 浏览次数:1715`; the body; a footer
with organiser, address, copyright and ICP number, the same on every page and therefore left out.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from .errors import UnreadableDocument

BEIJING = ZoneInfo("Asia/Shanghai")

DATE_LINE = re.compile(
    r"发布(?:时间|日期)\s*[:：]\s*(?P<date>\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2})日?(?:\s+(?P<time>\d{1,2}:\d{2})(?::\d{2})?)?"
)
VIEWS = re.compile(r"(?:浏览|点击|阅读)(?:次数|量|数)\s*[:：]\s*(?P<views>\d{1,9})(?!\d)")
SOURCE = re.compile(r"来源\s*[:：]\s*(?P<source>\S.{0,119}?)(?=\s*(?:浏览|点击|阅读|发布|作者|$))")

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
    """Aware, Beijing time; midnight where the page gave a date alone."""
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
        text = "\n".join((self.title, self.published.isoformat(), *self.paragraphs))
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
    views, source = VIEWS.search(lines[date_at]), SOURCE.search(lines[date_at])
    return LegacyDocument(
        title=title,
        published=published(date_line),
        paragraphs=tuple(paragraphs),
        views=int(views["views"]) if views else 0,
        source=source["source"] if source else "",
        language=language_of(title, paragraphs),
        left_out=tuple(left_out),
    )


def published(match: re.Match[str]) -> datetime:
    year, month, day = re.findall(r"\d+", match["date"])
    hour, minute = (match["time"] or "0:0").split(":")
    try:
        if not EARLIEST <= int(year) <= LATEST:
            raise ValueError
        return datetime(int(year), int(month), int(day), int(hour), int(minute), tzinfo=BEIJING)
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
