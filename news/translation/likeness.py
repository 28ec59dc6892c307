"""Which paragraph is which, where a text has changed: by its key in the editor, by words, likeness and order."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from html import unescape
from itertools import pairwise
from typing import NamedTuple

from django.utils.html import strip_tags

WORDS = re.compile(r"[A-Za-z0-9]+|[^\sA-Za-z0-9]")
"""A Latin word or one character of anything else."""
ALIKE = 0.3
"""From here on two texts between the same neighbours are the same paragraph, changed."""
MOVED = 0.6
"""From here on they are wherever they stand."""
MOST = 100_000
"""Pairs that are compared between two neighbours; where there are more, order alone tells."""


class Line(NamedTuple):
    text: str
    """HTML."""
    key: str = ""
    """Of its block in the editor, empty where it is not known."""


def paired(old: Sequence[Line], new: Sequence[Line]) -> dict[int, int]:
    """{number among `new`: number among `old`} of paragraphs of one text; what is not in it came or went."""
    found: dict[int, int] = {}
    match(found, old, new, lambda line: line if line.key else None)
    match(found, old, new, lambda line: line.text)
    match(found, old, new, lambda line: line.key or None)
    words = [[words_of(line.text) for line in lines] for lines in (old, new)]

    def alike(before: int, after: int) -> float:
        return shared(words[0][before], words[1][after])

    for olds, news in list(gaps(found, len(old), len(new))):
        found.update(most_alike(olds, news, alike))
    for olds, news in list(gaps(found, len(old), len(new))):
        if len(olds) == len(news):
            found.update(zip(news, olds, strict=True))
    add_moved(found, old, new, alike)
    return found


def likeness(old: str, new: str) -> float:
    return shared(words_of(old), words_of(new))


def words_of(html: str) -> Counter[str]:
    return Counter(WORDS.findall(unescape(strip_tags(html))))


def shared(old: Counter[str], new: Counter[str]) -> float:
    """From 0 to 1: how many of the words of both are in both."""
    both = old.total() + new.total()
    return 2 * (old & new).total() / both if both else 1.0


def match(
    found: dict[int, int], old: Sequence[Line], new: Sequence[Line], mark: Callable[[Line], object | None]
) -> None:
    """What has the same mark, in order, where there are as many of it as there were."""
    taken = set(found.values())
    before: dict[object, list[int]] = defaultdict(list)
    after: dict[object, list[int]] = defaultdict(list)
    for marked, lines, is_taken in ((before, old, taken.__contains__), (after, new, found.__contains__)):
        for number, line in enumerate(lines):
            if not is_taken(number) and mark(line) is not None:
                marked[mark(line)].append(number)
    for what, numbers in after.items():
        if len(numbers) == len(before.get(what, ())):
            found.update(zip(numbers, before[what], strict=True))


def gaps(found: dict[int, int], olds: int, news: int) -> Iterator[tuple[list[int], list[int]]]:
    """Between neighbours that kept their order: (numbers of the old that are not found, of the new)."""
    anchors = [(-1, -1), *in_order(sorted(found.items())), (news, olds)]
    taken = set(found.values())
    for (new, old), (next_new, next_old) in pairwise(anchors):
        left = [number for number in range(old + 1, next_old) if number not in taken]
        come = [number for number in range(new + 1, next_new) if number not in found]
        if left and come:
            yield left, come


def in_order(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The most of them whose second numbers rise."""
    tails: list[int] = []
    lengths = []
    for _new, old in pairs:
        at = bisect_left(tails, old)
        tails[at : at + 1] = [old]
        lengths.append(at + 1)
    kept: list[tuple[int, int]] = []
    wanted = len(tails)
    for pair, length in zip(reversed(pairs), reversed(lengths), strict=True):
        if length == wanted and (not kept or pair[1] < kept[-1][1]):
            kept.append(pair)
            wanted -= 1
    return kept[::-1]


def most_alike(olds: list[int], news: list[int], alike: Callable[[int, int], float]) -> dict[int, int]:
    """In their order, those that are most alike in all; of equals the first."""
    if len(olds) * len(news) > MOST:
        return {}
    best = [[0.0] * (len(news) + 1) for _ in range(len(olds) + 1)]
    like: dict[tuple[int, int], float] = {}
    for one in reversed(range(len(olds))):
        for other in reversed(range(len(news))):
            like[one, other] = alike(olds[one], news[other])
            together = like[one, other] + best[one + 1][other + 1] if like[one, other] >= ALIKE else 0.0
            best[one][other] = max(together, best[one + 1][other], best[one][other + 1])
    found, one, other = {}, 0, 0
    while one < len(olds) and other < len(news):
        if like[one, other] >= ALIKE and best[one][other] == like[one, other] + best[one + 1][other + 1]:
            found[news[other]] = olds[one]
            one, other = one + 1, other + 1
        elif best[one][other] == best[one][other + 1]:
            other += 1
        else:
            one += 1
    return found


def add_moved(
    found: dict[int, int], old: Sequence[Line], new: Sequence[Line], alike: Callable[[int, int], float]
) -> None:
    taken = set(found.values())
    left = [number for number in range(len(old)) if number not in taken]
    come = [number for number in range(len(new)) if number not in found]
    if len(left) * len(come) > MOST:
        return
    ranked = sorted((-alike(before, after), after, before) for before in left for after in come)
    for unlike, after, before in ranked:
        if -unlike >= MOVED and after not in found and before not in taken:
            found[after] = before
            taken.add(before)
