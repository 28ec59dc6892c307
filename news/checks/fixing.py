"""Fixes: how they are made in a text, and rules that rewrite a text one after the other."""

from collections.abc import Callable, Iterable, Mapping
from html import escape

from .base import Fix
from .text import TAG, is_line_break, origins_in, plain

Edit = tuple[int, int, str]
"""(start, end, what is to stand there instead)"""
Rule = Callable[[str], Iterable[Edit]]
"""The edits of a text, in their order, none overlapping another."""


def fixed(text: str, fixes: Iterable[Fix]) -> str:
    """A plain text with the fixes of one of its checks, or of several, made."""
    return spliced(text, edits_of_all(text, fixes))


def fixed_html(html: str, fixes: Iterable[Fix]) -> str:
    """The same for a piece of HTML, whose marks stay."""
    origins = origins_in(html)
    made = []
    for start, end, words in edits_of_all(plain(html), fixes):
        first = origins[start][0] if start < len(origins) else len(html)
        last = origins[end - 1][1] if end > start else first
        marks = "".join(mark[0] for mark in TAG.finditer(html[first:last]) if not is_line_break(mark[0]))
        made.append((first, last, escape(words, quote=False).replace("\n", "<br/>") + marks))
    return spliced(html, made)


def edits_of_all(text: str, fixes: Iterable[Fix]) -> list[Edit]:
    """Of fixes that overlap, the longest and of equals the last: a rule knows what those before it will do."""
    edits: list[Edit] = [(fix.place.start, fix.place.end, fix.words) for fix in fixes]
    ranked = sorted(enumerate(edits), key=lambda each: (each[1][0] - each[1][1], -each[0]))
    taken, made = bytearray(len(text)), []
    for _number, (start, end, words) in ranked:
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            made.append((start, end, words))
    return sorted(made)


def spliced(text: str, edits: Iterable[Edit]) -> str:
    parts: list[str] = []
    at = 0
    for start, end, words in edits:
        parts += text[at:start], words
        at = end
    return "".join([*parts, text[at:]])


def rewritten(text: str, rules: Mapping[str, Rule]) -> dict[str, list[Edit]]:
    """{rule: its edits of `text`}, each rule reading what the rules before it leave.

    Where a rule edits what an earlier one has, its edit spans the earlier one and does the work of both.
    """
    draft, spans = text, [(at, at + 1) for at in range(len(text))]
    edits: dict[str, list[Edit]] = {}
    for name, rule in rules.items():
        found = widened(list(rule(draft)), draft, spans)
        if not found:
            continue
        edits[name] = [(spans[start][0], spans[end - 1][1], words) for start, end, words in found]
        left, at = [], 0
        for (start, end, words), (first, last, _words) in zip(found, edits[name], strict=True):
            left += spans[at:start]
            left += [(first, last)] * len(words)
            at = end
        draft, spans = spliced(draft, found), [*left, *spans[at:]]
    return edits


def widened(edits: list[Edit], draft: str, spans: list[tuple[int, int]]) -> list[Edit]:
    """Edits that cover whole the pieces which an earlier rule put in."""
    wide: list[Edit] = []
    for start, end, words in edits:
        first, last = start, end
        while first and spans[first - 1] == spans[first]:
            first -= 1
        while last < len(draft) and spans[last] == spans[last - 1]:
            last += 1
        before, after = draft[first:start], draft[end:last]
        if wide and first < wide[-1][1]:
            first, covered, earlier = wide.pop()
            before = earlier[: len(earlier) - (covered - start)]
        wide.append((first, last, before + words + after))
    return wide
