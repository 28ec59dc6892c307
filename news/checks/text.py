"""Plain text of HTML, and text as it is compared, with the way back to where it stood."""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from re import compile as pattern

TAG = pattern(r"<(?:br\s*/?|/?[a-zA-Z][^<>]*)>")
PIECE = pattern(rf"(?s)(?P<tag>{TAG.pattern})|&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);?|.")
LINE_BREAK = pattern(r"(?i)<br\b")


def plain(html: str) -> str:
    """The text of a piece of HTML, its line breaks as newlines. What only looks like a tag stays."""
    text: list[str] = []
    at = 0
    for tag in TAG.finditer(html):
        text += unescape(html[at : tag.start()]), "\n" * is_line_break(tag[0])
        at = tag.end()
    return "".join([*text, unescape(html[at:])])


def is_line_break(tag: str) -> bool:
    return bool(LINE_BREAK.match(tag))


def origins_in(html: str) -> list[tuple[int, int]]:
    """For each character of the plain text, where in the HTML it is written: an entity is one, or two."""
    origins: list[tuple[int, int]] = []
    for piece in PIECE.finditer(html):
        is_tag = bool(piece["tag"])
        letters = plain(piece[0]) if is_tag else unescape(piece[0])
        origins += [piece.span()] * len(letters)
    return origins


def is_han(letter: str) -> bool:
    return "\u3400" <= letter <= "\u9fff" or letter == "〇" or "\U00020000" <= letter <= "\U0003ffff"


@dataclass(frozen=True)
class Place:
    """A piece of one version: characters `start` to `end` of the plain text of its text number `number`."""

    number: int
    start: int
    end: int
    words: str


class Passage:
    """Some texts of one version, joined by newlines. `text` is as written, `folded` is NFKC."""

    def __init__(self, texts: Iterable[tuple[int, str]]) -> None:
        """`texts`: [(number in the document, plain text)]"""
        self.parts = list(texts)
        self.text = "\n".join(text for _number, text in self.parts)

    def __bool__(self) -> bool:
        return bool(self.text.strip())

    @cached_property
    def begins(self) -> list[int]:
        """Where in `text` each part begins."""
        begins, at = [], 0
        for _number, text in self.parts:
            begins.append(at)
            at += len(text) + 1
        return begins

    @cached_property
    def folding(self) -> tuple[str, list[int] | None]:
        """(folded text, where in `text` each of its characters came from, None if just there)"""
        if unicodedata.is_normalized("NFKC", self.text):
            return self.text, None
        letters, origins = [], []
        for at, letter in enumerate(self.text):
            for each in unicodedata.normalize("NFKC", letter):
                letters.append(each)
                origins.append(at)
        return "".join(letters), origins

    @property
    def folded(self) -> str:
        return self.folding[0]

    def place(self, start: int, end: int, in_folded: bool = True) -> Place:
        """The Place of a piece of `folded`, or of `text`. What reaches into another part is cut off."""
        origins = self.folding[1] if in_folded else None
        if origins is not None and origins:
            end = origins[end - 1] + 1 if end > start else origins[min(start, len(origins) - 1)]
            start = origins[min(start, len(origins) - 1)]
        which = max(bisect_right(self.begins, start) - 1, 0)
        if not self.parts:
            return Place(0, 0, 0, "")
        number, text = self.parts[which]
        start, end = start - self.begins[which], min(end - self.begins[which], len(text))
        return Place(number, start, end, text[start:end])
