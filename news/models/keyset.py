"""Long lists without counting or skipping: each part begins after the last article of the part before."""

from collections.abc import Sequence
from datetime import MAXYEAR, MINYEAR, UTC, datetime

from wagtail.models import Page

from .querysets import DatedQuerySet
from .released import newest_of

CURSOR_FORMAT = "%Y%m%dT%H%M%S%f"


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
