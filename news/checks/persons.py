"""How the names of people are spelt in Latin letters, rightly and wrongly."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise, product

from .glossary import Mention, Term
from .text import Passage, Place, is_han

CAPITALISED = re.compile(r"[A-ZÀ-Þ][\w’'-]*")
COMPOUND_SURNAMES = re.compile(
    "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|司空|夏侯|端木|百里|呼延|南宫|宇文|长孙|独孤"
)
READINGS_AT_MOST = 128
NEAR_FROM = 7
"""Letters that a name needs before one wrong letter is looked for."""


def misspellings(passage: Passage, english: Sequence[Mention], chinese: Sequence[Mention]) -> list[tuple[Term, Place]]:
    """Terms that the Chinese mentions, and where the English passage spells them otherwise."""
    people = dict.fromkeys(
        term for mention in chinese for term in mention.terms if term.is_person and term.english and term.chinese
    )
    if not people:
        return []
    taken = [(mention.start, mention.end) for mention in english]
    groups = [
        (start, end, letters)
        for start, end, letters in spelt(passage.folded)
        if not any(first < end and start < last for first, last in taken)
    ]
    found: list[tuple[Term, Place]] = []
    used = 0
    for start, end, letters in groups:
        term = next((term for term in people if is_misspelling(letters, passage.folded[start:end], term)), None)
        if term and start >= used:
            found.append((term, passage.place(start, end)))
            used = end
    return found


def spelt(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, small letters) of capitalised words, three or two side by side or one with a hyphen."""
    words = [match.span() for match in CAPITALISED.finditer(text)]
    for at, (start, end) in enumerate(words):
        lasts = [end]
        for (_start, before), (after, last) in pairwise(words[at : at + 3]):
            if text[before:after] not in (" ", "-", "\xa0"):
                break
            lasts.append(last)
        for last in reversed(lasts):
            said = re.sub(r"['’]s?\Z", "", text[start:last])
            if last != end or "-" in said:
                yield start, start + len(said), compact(said)


def compact(words: str) -> str:
    letters = "".join(letter for letter in words.casefold() if letter.isalpha())
    return re.sub("(?<=[ln])yu|[üv]", "u", letters)


def is_misspelling(letters: str, words: str, term: Term) -> bool:
    """Whether words mean a person and are none of the person's names, in whatever order and with whatever capitals."""
    right = {compact(form) for form in term.english}
    orders = {compact("".join(turned)) for form in term.english for turned in turns(tuple(form.split()))}
    if letters in right | orders:
        return "-" in words and not any("-" in form for form in term.english)
    readings = frozenset().union(*(spellings(form) for form in term.chinese))
    return letters in readings or any(len(form) >= NEAR_FROM and is_one_letter_off(letters, form) for form in right)


def turns(parts: Sequence[str]) -> list[Sequence[str]]:
    """The parts of a name in their order, and with the first, or the first two, at the end."""
    return [parts, *([*parts[at:], *parts[:at]] for at in (1, 2) if at < len(parts))]


@lru_cache(maxsize=1024)
def spellings(name: str) -> frozenset[str]:
    """All that a name of two to four Han could be in pinyin, the surname first or last."""
    if not 2 <= len(name) <= 4 or not all(map(is_han, name)):
        return frozenset()
    from pypinyin import Style, pinyin  # its tables are half a second to load

    syllables = [dict.fromkeys(map(compact, each)) for each in pinyin(name, style=Style.NORMAL, heteronym=True)]
    surname = 2 if COMPOUND_SURNAMES.match(name) else 1
    spelt: set[str] = set()
    for _number, parts in zip(range(READINGS_AT_MOST), product(*syllables), strict=False):
        spelt |= {"".join(parts), "".join([*parts[surname:], *parts[:surname]])}
    return frozenset(spelt)


def is_one_letter_off(one: str, other: str) -> bool:
    """One letter more, less or another, or two that changed places."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, other_rest = one[start:], other[start:]
    return (
        rest[1:] == other_rest[1:]
        or rest == other_rest[1:]
        or rest[1:] == other_rest
        or (rest[:2] == other_rest[1::-1] and rest[2:] == other_rest[2:])
    )
