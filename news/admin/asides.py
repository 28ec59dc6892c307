"""What the desk says that is no summary's: rows of many tables, read as rows of one, so that they are one query."""

from datetime import date, datetime
from itertools import starmap
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, DateField, DateTimeField, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.urls import reverse

from home import clock


class SaidBeside(NamedTuple):
    """What a row says that stands beside a release, or beside all of them."""

    kind: str
    key: int
    """Of the release; of what is beside all, its own."""
    language: str
    name: str
    at: datetime | None
    words: str
    day: date | None

    @property
    def is_overdue(self) -> bool:
        return self.day is not None and self.day < clock.day()

    @property
    def url(self) -> str:
        """Of a file."""
        name = "wagtailimages:edit" if self.kind == "rights" else "newsroom_files:replacement"
        return reverse(name, args=[self.key])


def told(
    kind: str,
    rows: QuerySet[Any],
    name: Any,
    at: str = "",
    words: str = "",
    language: str = "",
    day: str = "",
    of: str = "release_id",
) -> QuerySet[Any, Any]:
    """Each row as a SaidBeside."""
    none = Value("", TextField())
    said = {
        "said_kind": Value(kind, TextField()),
        "said_of": Cast(of, BigIntegerField()),
        "said_language": Cast(language, TextField()) if language else none,
        "said_name": Cast(name, TextField()),
        "said_at": Cast(at or Value(None), DateTimeField()),
        "said_words": Cast(words, TextField()) if words else none,
        "said_day": Cast(day or Value(None), DateField()),
    }
    return rows.order_by().annotate(**said).values_list(*said)


def all_told(found: list[QuerySet[Any, Any]]) -> list[SaidBeside]:
    """In one query, the oldest first."""
    return list(starmap(SaidBeside, found[0].union(*found[1:], all=True).order_by("said_day", "said_at", "said_of")))
