"""Where a text holds what was asked for: in the text as it is written, not as it was folded."""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from . import analysis
from .analysis import SearchTerm

Pieces = list[tuple[str, bool]]
"""A text in pieces, each with whether it is a hit."""
WIDTH = 160
"""Characters of a snippet. A Han character is twice as wide as a letter."""


def snippet(text: str, terms: Iterable[SearchTerm], width: int = WIDTH) -> Pieces:
    """The part of the text that holds the most hits, cut off by …"""
    text = " ".join(text.split())
    if analysis._HAN.search(text[:width]):
        width //= 2
    hits = spans(text, terms)
    begin = 0
    if hits and hits[0][1] > width:
        densest = max(hits, key=lambda hit: sum(hit[0] <= other[0] < hit[0] + width for other in hits))
        begin = max(0, densest[0] - width // 4)
        space = text.rfind(" ", begin, densest[0])
        begin = space + 1 if space > 0 else begin
    end = min(len(text), begin + width)
    pieces = marked(text, hits, begin, end)
    if begin:
        pieces.insert(0, ("…", False))
    if end < len(text):
        pieces.append(("…", False))
    return pieces


def marked(text: str, hits: list[tuple[int, int]], begin: int = 0, end: int | None = None) -> Pieces:
    """The text from `begin` to `end`; `hits` are what `spans` gives."""
    end = len(text) if end is None else end
    pieces, at = [], begin
    for start, stop in hits:
        start, stop = max(start, at), min(stop, end)
        if start < stop:
            pieces += [(text[at:start], False), (text[start:stop], True)]
            at = stop
    pieces.append((text[at:end], False))
    return [piece for piece in pieces if piece[0]]


def spans(text: str, terms: Iterable[SearchTerm]) -> list[tuple[int, int]]:
    """[(start, end)] of all that matches a term, in order, overlapping ones joined."""
    folded, origin = fold_with_origin(text)
    tokens = list(analysis.tokens_of(folded))
    texts = [token.text for token in tokens]
    found = []
    for term in terms:
        for i in range(len(tokens)):
            if stands_at(texts, i, term):
                first, last = tokens[i], tokens[i + len(term.tokens) - 1]
                # A bigram covers two characters, unless only its first was asked for.
                end = last.end + (last.is_han and not last.is_last and not term.prefix)
                beyond = (place for place in origin[end:] if place > origin[end - 1])
                found.append((origin[first.start], next(beyond, len(text))))
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def stands_at(tokens: list[str], i: int, term: SearchTerm) -> bool:
    *head, last = term.tokens
    end = i + len(head)
    if end >= len(tokens) or tokens[i:end] != head:
        return False
    return tokens[end].startswith(last) if term.prefix else tokens[end] == last


def fold_with_origin(text: str) -> tuple[str, list[int]]:
    """(the folded text, for each of its characters the place in `text` that it came from)."""
    if all(len(folded_alone(each)) == 1 and not unicodedata.combining(each) for each in set(text)):
        characters, origin = list(map(folded_alone, text)), list(range(len(text)))
    else:
        characters, origin = folded_one_by_one(text)
    for pattern in analysis.PASSED_OVER:
        for gone in reversed(list(pattern.finditer("".join(characters)))):
            del characters[gone.start() : gone.end()], origin[gone.start() : gone.end()]
    return "".join(characters), origin


def folded_one_by_one(text: str) -> tuple[list[str], list[int]]:
    characters, origin = [], []
    start = 0
    while start < len(text):
        stop = start + 1
        while stop < len(text) and unicodedata.combining(text[stop]):
            stop += 1
        for character in folded_alone(text[start:stop]):
            characters.append(character)
            origin.append(start)
        start = stop
    return characters, origin


folded_alone = lru_cache(20_000)(analysis.fold_characters)
"""A character, with the marks that combine with it, as `fold` leaves it."""
