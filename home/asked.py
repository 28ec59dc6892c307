"""What the query of an address asks of a list. A value that names nothing is a 404."""

from datetime import MAXYEAR, MINYEAR

from django.http import Http404, HttpRequest

from home.front.recording import asks_for


def one(request: HttpRequest, name: str) -> str:
    """The value of a parameter, or an empty text. Two different ones ask for nothing that there is."""
    asks_for(name)
    values = set(request.GET.getlist(name)) or {""}
    if len(values) > 1:
        raise Http404
    return values.pop()


def number(text: str) -> int | None:
    """A positive integer that a database takes, or None."""
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 10 else None


def year_of(text: str) -> int | None:
    """A year whose first and last moment exist in every time zone, or None."""
    year = number(text) if len(text) == 4 else None
    return year if year and MINYEAR < year < MAXYEAR else None
