"""The figures of an English text: digits, number words, months, decades, Roman numerals."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from re import IGNORECASE, Match
from re import compile as pattern
from typing import NamedTuple

from .figures import DIGITS, Figure, Reader, Value, number, values
from .units import ENGLISH_AFTER, ENGLISH_BEFORE

ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
TEENS = "seventeen eighteen nineteen"
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
FIRSTS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
TEENTHS = "fifteenth sixteenth seventeenth eighteenth nineteenth"
MONTHS_SPELT = "january february march april may june july august september october november december"
UNIT_WORDS = [*ONES.split(), *TEENS.split()]
ORDINALS = [*FIRSTS.split(), *TEENTHS.split()]
MONTHS = MONTHS_SPELT.split()
SHORT_MONTHS = ["sept", *(month[:3] for month in MONTHS)]
LARGEST = 10**15


class Word(NamedTuple):
    value: Fraction
    kind: str = "word"
    """digits; small (below 100), ordinal, scale (multiplies what stands before), part (a fraction); suffix and letter
    (scales behind digits only); a word stands alone."""
    allows: frozenset[Value] = frozenset()


WORDS = {word: Word(Fraction(value), "small") for value, word in enumerate(UNIT_WORDS, 1)}
WORDS |= {word: Word(Fraction(10 * value), "small") for value, word in enumerate(TENS.split(), 2)}
WORDS |= {word: Word(Fraction(value), "ordinal") for value, word in enumerate(ORDINALS, 1)}
WORDS |= {f"{word[:-1]}ieth": Word(Fraction(10 * value), "ordinal") for value, word in enumerate(TENS.split(), 2)}
WORDS |= {f"{word[:-1]}ies": Word(Fraction(10 * value)) for value, word in enumerate(TENS.split(), 2)}
WORDS |= {f"{word}s": Word(Fraction(1, value), "part") for value, word in enumerate(ORDINALS[2:], 3)}
WORDS |= {f"{word}fold": Word(Fraction(value)) for value, word in enumerate(UNIT_WORDS, 1)}
SCALES: list[tuple[int, str, tuple[int, ...]]] = [
    (100, "hundred hundreds", ()),
    (1000, "thousand thousands", ()),
    (10**6, "million millions", ()),
    (10**9, "billion billions", ()),
    (10**12, "trillion trillions", ()),
    (10**5, "lakh lakhs", ()),
    (10**7, "crore crores", ()),
    (12, "dozen", (10,)),
    (10, "decade decades", ()),
    (14, "fortnight", (2, 15)),
    (100, "century centuries", ()),
]
WORDS |= {
    word: Word(Fraction(value), "scale", values(*allows)) for value, words, allows in SCALES for word in words.split()
}
WORDS |= {word: Word(Fraction(10), "small") for word in ["tens", "dozens"]}
WORDS["half"] = Word(Fraction(1, 2), "part", values(50))
WORDS["quarter"] = WORDS["quarters"] = Word(Fraction(1, 4), "part", values(25))
OTHER_WORDS: list[tuple[int, str, tuple[int, ...]]] = [
    (0, "zero nil nought no none without", ()),
    (1, "once single sole", ()),
    (2, "twice both couple pair pairs twin twins duo dual bilateral biennial either neither", ()),
    (2, "double doubles doubled doubling", (50, 100)),
    (2, "halve halves halved halving", (50,)),
    (3, "thrice trio triplets trilateral", ()),
    (3, "triple triples tripled tripling treble trebled", (200, 300)),
    (4, "quartet", ()),
    (4, "quadruple quadrupled quadrupling", (300, 400)),
    (5, "quintuple quintupled", (400, 500)),
    (12, "noon midday midnight", (0, 24)),
]
WORDS |= {
    word: Word(Fraction(value), "word", values(*allows))
    for value, words, allows in OTHER_WORDS
    for word in words.split()
}
WORDS |= {
    word: Word(Fraction(value), "suffix")
    for word, value in [("bn", 10**9), ("tn", 10**12), ("mn", 10**6), ("mln", 10**6)]
}
WORDS |= {word: Word(Fraction(value), "letter") for word, value in [("k", 1000), ("m", 10**6), ("b", 10**9)]}
JOINTS = {"", "a", "of", "of a", "and", "and a"}

TOKEN = pattern(rf"{DIGITS}|[A-Za-z]+")
DECADE = pattern(r"(?<![0-9.,])(?P<century>1[0-9]|20)?(?P<tens>[0-9]0)['’]?s\b")
MONTH = pattern(rf"\b(?:{'|'.join([*MONTHS, *SHORT_MONTHS])})\b", IGNORECASE)
SHARES = {
    pattern(r"[ -](?:an[ -])?hour|[ ]past", IGNORECASE): {"half": (30,), "quarter": (15,)},
    pattern(r"[ -](?:a[ -])?year|[ ]of (?:the year|[0-9]{4})", IGNORECASE): {"half": (6,), "quarter": (3,)},
    pattern(r"[ ]to\b", IGNORECASE): {"quarter": (45,)},
}
"""Parts of an hour and of a year, in minutes and months."""
BEFORE_DAY = pattern(r"\.?\s$")
AFTER_DAY = pattern(r"(?:st|nd|rd|th)?\s(?:of\s)?")
ROMAN = pattern(r"\b(?=[IVX]{2}|V\b|I[-–][IVX])(X{0,3})(IX|IV|V?I{0,3})\b")
OTHERS = pattern(r"[ ](?:[a-z]+[ ])?(?:others?|more)\b", IGNORECASE)
AROUND_THE_CLOCK = pattern(r"\b24/7\b")


@lru_cache(maxsize=8)
def read_english(text: str) -> tuple[Figure, ...]:
    reader = Reader(text, ENGLISH_AFTER, ENGLISH_BEFORE)
    reader.take(AROUND_THE_CLOCK, around_the_clock)
    reader.take(DECADE, decade)
    reader.take_common()
    reader.take(MONTH, month)
    reader.take(ROMAN, roman)
    reader.figures += [reader.measured(phrase.figure(text)) for phrase in phrases(reader)]
    return tuple(dated(reader.all(), text))


def dated(figures: Sequence[Figure], text: str) -> Iterator[Figure]:
    """The number beside a month is a day."""
    months = {edge for figure in figures if figure.shape == "month" for edge in (figure.start, figure.end)}
    for figure in figures:
        before = BEFORE_DAY.search(text, max(figure.start - 4, 0), figure.start)
        after = AFTER_DAY.match(text, figure.end)
        is_beside = (before and before.start() in months) or (after and after.end() in months)
        yield replace(figure, shape="day") if is_beside and not figure.shape and len(figure.words) <= 2 else figure


def around_the_clock(match: Match[str]) -> Iterable[Figure]:
    return [Figure(*match.span(), match[0], values(24), values(7))]


def decade(match: Match[str]) -> Iterable[Figure]:
    """The 1980s are 20世纪80年代, and the 80s may be; the 1800s, the 19th century."""
    tens, century = int(match["tens"]), int(match["century"] or 19)
    year = 100 * century + tens
    meant = values(tens, year) if match["century"] and tens else values(year if match["century"] else tens)
    return [Figure(*match.span(), match[0], meant, values(century + 1, year, 100 * century), is_strict=True)]


def month(match: Match[str]) -> Iterable[Figure]:
    value = [each[:3] for each in MONTHS].index(match[0][:3].lower()) + 1
    return [Figure(*match.span(), match[0], frozenset(), values(value), shape="month")]


def roman(match: Match[str]) -> Iterable[Figure]:
    ones = {"IX": 9, "IV": 4}.get(match[2], 5 * match[2].count("V") + match[2].count("I"))
    return [Figure(*match.span(), match[0], values(10 * len(match[1]) + ones))]


class Phrase:
    """Words, and digits before a scale, that make one number: "one and a half million"."""

    def __init__(self, start: int, end: int, word: Word, is_money: bool) -> None:
        self.is_money = is_money
        self.start, self.end, self.first, self.last = start, end, word.kind, word.kind
        self.scale = word.value if word.kind == "scale" else Fraction(1)
        self.past, self.value = (word.value, Fraction(0)) if self.scale >= 1000 else (Fraction(0), word.value)
        self.also: list[Value] = []
        self.allows: set[Value] = set(word.allows)

    def take(self, gap: str, end: int, word: Word) -> bool:
        """Whether the word belongs to this number; if so, it is taken."""
        gap = gap.replace("-", " ").lower()
        if gap.strip() not in JOINTS or (gap and not gap[0].isspace()):
            return False
        gap = gap.strip()
        if word.kind in ("suffix", "letter"):
            return self.last == "digits" and not gap and self.shorten(word, end)
        if word.kind == "scale" and self.last != "ordinal" and self.scale < LARGEST and gap in ("", "a", "of", "of a"):
            self.multiply(word)
        elif self.goes_on(gap, word):
            self.value += word.value
        elif word.kind == "part" and not gap and self.last == "small" and self.value < 20:
            self.allows |= {self.value, 1 / word.value, 100 * self.value * word.value}
            self.value *= word.value
        else:
            return False
        self.end, self.last = end, word.kind
        return True

    def shorten(self, word: Word, end: int) -> bool:
        """£30m is 30 million, 30m may be, or be metres."""
        is_sum = word.kind == "suffix" or self.is_money
        if is_sum:
            self.multiply(word)
            self.end, self.last = end, "scale"
        elif word.value < 10**9:
            self.also.append(self.value * word.value)
        return is_sum

    def multiply(self, word: Word) -> None:
        self.scale *= word.value
        self.allows = {each * word.value for each in self.allows if isinstance(each, Fraction)}
        self.allows |= word.allows
        if not self.value:
            self.past *= word.value
        elif word.value >= 1000:
            self.past, self.value = self.past + self.value * word.value, Fraction(0)
        else:
            self.value *= word.value

    def goes_on(self, gap: str, word: Word) -> bool:
        """Whether it adds to the number: twenty-five, a hundred and two, two and a half."""
        if word.kind == "part":
            return gap == "and a" and self.last in ("small", "digits")
        if word.kind not in ("small", "ordinal"):
            return False
        if self.last == "scale":
            return self.first != "digits" and gap in ("", "and") and word.value < self.scale
        return self.last == "small" and not gap and self.value % 100 >= 20 and word.value < 10

    def figure(self, text: str) -> Figure:
        value = self.past + self.value
        if self.last == "ordinal" and value > 2:
            self.allows.add(1 / value)
        if OTHERS.match(text, self.end):
            self.allows.add(value + 1)
        meant = frozenset([value, *self.also])
        for following, parts in SHARES.items():
            if self.last == "part" and following.match(text, self.end):
                self.allows |= values(*parts.get(text[self.start : self.end].lower(), ()))
        words, is_strict = text[self.start : self.end], self.first == "digits"
        return Figure(self.start, self.end, words, meant, frozenset(self.allows), is_strict, self.scale)


def phrases(reader: Reader) -> Iterator[Phrase]:
    phrase: Phrase | None = None
    for token in TOKEN.finditer(reader.text):
        start, end = token.span()
        is_digits = token[0][0].isdigit()
        word = Word(number(token[0]), "digits") if is_digits else WORDS.get(token[0].lower())
        if phrase and word and phrase.take(reader.text[phrase.end : start], end, word):
            continue
        if phrase and token[0].lower() in JOINTS:
            continue
        if phrase:
            yield phrase
        is_number = word and word.kind not in ("suffix", "letter")
        phrase = Phrase(start, end, word, is_digits and reader.is_money(start)) if word and is_number else None
    if phrase:
        yield phrase
