"""Long lists without counting or skipping: each part begins after the last article of the part before.

And what a part is in the list of the other language.
"""

from collections.abc import Iterable, Sequence
from datetime import MAXYEAR, MINYEAR, UTC, datetime

from django.http import Http404, HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Page

from home import clock
from home.asked import one

from .querysets import DatedQuerySet
from .released import newest_of

CURSOR_FORMAT = "%Y%m%dT%H%M%S%f"
PAGE_SIZE = 20


class Slice:
    """A part of a newest-first list of news, which may be of several types: a queryset for each.

    `cursor` is the `?page=` of a link that an earlier part made, or empty for the first part. `articles` has at most
    `size` of them; `next` is the cursor of what follows, or empty.
    """

    def __init__(self, querysets: Sequence[DatedQuerySet], cursor: str, size: int) -> None:
        position = read_cursor(cursor)
        self.is_first = position is None
        if position:
            querysets = [queryset.older_than(*position) for queryset in querysets]
        found = newest_of([queryset.newest_first() for queryset in querysets], size + 1)
        self.articles = found[:size]
        self.next = write_cursor(self.articles[-1]) if len(found) > size else ""


def cursor_of(request: HttpRequest) -> str:
    """What `?page=` asks for: 404 for a place that no list wrote."""
    cursor = one(request, "page")
    if cursor and read_cursor(cursor) is None:
        raise Http404
    return cursor


def place_said(cursor: str) -> list[str]:
    """What title and headline say of where a part begins: [`before 7 November 2017`], or nothing of the first."""
    position = read_cursor(cursor)
    if position is None:
        return []
    return [_("before %(day)s") % {"day": date_format(clock.local(position[0]), "DATE_FORMAT")}]


def place_elsewhere(cursor: str, other: Page, news: Iterable[DatedQuerySet]) -> str:
    """The cursor of the same place in `other`, the list of the other language, or empty if nothing follows there."""
    position = read_cursor(cursor)
    if position is None:
        return ""
    date, pk = position[0], counterpart(position[1], other)
    return write_position(date, pk) if any(pages.older_than(date, pk).exists() for pages in news) else ""


def counterpart(pk: int, other: Page) -> int:
    """The key of a page's version in the language of another page; the same where there is none."""
    version = Page.objects.filter(locale=other.locale_id, alias_of=None)
    version = version.filter(translation_key__in=Page.objects.filter(pk=pk).values("translation_key"))
    found: int | None = version.values_list("pk", flat=True).first()
    return found or pk


def write_cursor(article: Page) -> str:
    return write_position(article.date, article.pk)


def write_position(date: datetime, pk: int) -> str:
    return f"{date.astimezone(UTC).strftime(CURSOR_FORMAT)}-{pk}"


def read_cursor(text: str) -> tuple[datetime, int] | None:
    """The date and key after which a part begins; None for what no list wrote."""
    moment, _hyphen, pk = text.partition("-")
    if not text.isascii() or not pk.isdigit() or len(pk) >= 19:
        return None
    try:
        date = datetime.strptime(moment, CURSOR_FORMAT).replace(tzinfo=UTC)
    except ValueError:
        return None
    return (date, int(pk)) if MINYEAR < date.year < MAXYEAR else None
