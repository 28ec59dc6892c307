"""iCalendar (RFC 5545), as far as a list of moments needs it."""

from collections.abc import Iterable
from datetime import UTC, datetime

from home.characters import clean

WIDTH = 75
"""Octets of a line, its end apart."""
KIND = "text/calendar; charset=utf-8"
ESCAPED = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\r": "", "\n": "\\n"}

Properties = Iterable[tuple[str, str]]
"""[(name, with its parameters, and value as it is written)]"""


def text(words: str) -> str:
    """A value of type TEXT."""
    return "".join(ESCAPED.get(character, character) for character in clean(words.replace("\r\n", "\n")))


def moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def folded(line: str) -> bytes:
    """A line in pieces of 75 octets at most; no character is cut in two."""
    pieces, piece = [], b""
    for character in line:
        octets = character.encode()
        if len(piece) + len(octets) > WIDTH:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece]) + b"\r\n"


def component(name: str, properties: Properties, inside: Iterable[bytes] = ()) -> bytes:
    said = [folded(f"{key}:{value}") for key, value in properties]
    return b"".join([folded(f"BEGIN:{name}"), *said, *inside, folded(f"END:{name}")])


def calendar(name: str, program: str, events: Iterable[Properties], refresh: str = "PT15M") -> bytes:
    head = [
        ("VERSION", "2.0"),
        ("PRODID", text(program)),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
        ("NAME", text(name)),
        ("X-WR-CALNAME", text(name)),
        ("REFRESH-INTERVAL;VALUE=DURATION", refresh),
        ("X-PUBLISHED-TTL", refresh),
    ]
    return component("VCALENDAR", head, (component("VEVENT", event) for event in events))
