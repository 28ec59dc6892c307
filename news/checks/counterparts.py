"""Which figures of one text the other one has not."""

from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from re import IGNORECASE, Pattern
from re import compile as pattern

from .figures import Figure, Value, values
from .figures_chinese import read_chinese
from .figures_english import read_english
from .units import YUAN, Quantities, family

RESTATED = pattern(
    r"[(](?:约|about |approximately |around |roughly |some |or )?"
    r"(?:合|折合|相当于|equivalent to |equal to )?(?:人民币)?$"
    r"|(?:约合|折合|相当于|equivalent to|equal to|or about|or some)\s?(?:about |人民币|约)?$",
    IGNORECASE,
)
"""Before a sum or a measure that is given again in the money or the units of the readers."""

ONE = values(1)
"""An article, or 一, may stand for it, but not in a date or a score."""

NEAR_BY = r"(?:this|last|next|previous|following|same|that|coming)"
DAY_ENGLISH = r"\b(?:today|tonight|yesterday|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
DAY_CHINESE = "[今昨明当次同][天日]|周|星期"
RELATIVE_ENGLISH = {
    "year": rf"\b{NEAR_BY} (?:year|spring|summer|autumn|fall|winter)",
    "month": rf"\b{NEAR_BY} month|{DAY_ENGLISH}",
    "day": DAY_ENGLISH,
}
RELATIVE_CHINESE = {
    "year": "[今去明同前后当次翌]年",
    "month": f"[本上下同当次]个?月|{DAY_CHINESE}",
    "day": DAY_CHINESE,
}


def relatives(written: dict[str, str]) -> dict[str, Pattern[str]]:
    return {part: pattern(words, IGNORECASE) for part, words in written.items()}


SAID_RELATIVELY = {"english": relatives(RELATIVE_ENGLISH), "chinese": relatives(RELATIVE_CHINESE)}


class Text:
    """One version with its figures, and what they say together."""

    def __init__(self, language: str, text: str) -> None:
        self.text = text
        self.figures = (read_english if language == "english" else read_chinese)(text)
        self.values = frozenset[Value]().union(*(figure.values for figure in self.figures))
        self.meanings = self.values.union(*(figure.allows for figure in self.figures))
        self.codes = codes_of(self.figures)
        self.units = frozenset[str]().union(*(figure.units for figure in self.figures))
        self.dated = {date_part(figure) for figure in self.figures}
        self.relative = SAID_RELATIVELY[language]

    def has(self, figure: Figure) -> bool:
        if figure.code in self.codes:
            return figure.values in self.codes[figure.code]
        if figure.words.startswith("1") and figure.values == ONE and not figure.shape:
            return True
        return not (figure.values.isdisjoint(self.meanings) and figure.allows.isdisjoint(self.values))

    def says_when(self, figure: Figure) -> bool:
        """Whether a year, a month or a day is said relatively: "last year"."""
        part = date_part(figure)
        return part in self.relative and part not in self.dated and bool(self.relative[part].search(self.text))


def codes_of(figures: Iterable[Figure]) -> dict[str, set[frozenset[Value]]]:
    codes: dict[str, set[frozenset[Value]]] = {}
    for figure in figures:
        if figure.code:
            codes.setdefault(figure.code, set()).add(figure.values)
    return codes


def date_part(figure: Figure) -> str:
    """Year, month or day, if it is part of a date; else empty."""
    if figure.shape in ("year", "month", "day"):
        return figure.shape
    is_year = len(figure.words) == 4 and figure.words.isdigit() and "1800" <= figure.words <= "2100"
    return "year" if is_year else ""


class Missing:
    """The figures of an English and a Chinese text that the other has not, words among them."""

    def __init__(self, english: str, chinese: str) -> None:
        texts = Text("english", english), Text("chinese", chinese)
        self.texts = texts
        lacking = [[f for f in one.figures if not other.has(f)] for one, other in (texts, texts[::-1])]
        measured = [Quantities(quantities(figures)) for figures in lacking]
        left = [
            [f for f in figures if is_telling(f, other) and not any(held.hold(*each) for each in quantities([f]))]
            for figures, other, held in zip(lacking, reversed(texts), reversed(measured), strict=True)
        ]
        left = [
            [f for f in figures if not is_restated(f, text.text, other)]
            for figures, text, other in zip(left, texts, reversed(texts), strict=True)
        ]
        self.english, self.chinese = left
        if not self.english:
            self.chinese = [figure for figure in self.chinese if not texts[0].says_when(figure)]
        if not self.chinese:
            self.english = [figure for figure in self.english if not texts[1].says_when(figure)]


def is_telling(figure: Figure, other: Text) -> bool:
    """Whether it must be found again: what is in digits, and a code of which the other text has another number."""
    return figure.is_strict or figure.code in other.codes


def quantities(figures: Iterable[Figure]) -> list[tuple[Fraction, frozenset[str]]]:
    return [(value, f.units) for f in figures if f.units for value in f.values if isinstance(value, Fraction)]


def is_restated(figure: Figure, text: str, other: Text) -> bool:
    """Whether it converts for its readers what stands before it, in a unit that the other text has not at all."""
    alike = figure.units | (frozenset(["CNY", YUAN]) if figure.units & {"CNY", YUAN} else frozenset())
    if not figure.units or alike & other.units or family(figure.units) in ("percent", "time"):
        return False
    return bool(RESTATED.search(text, max(figure.start - 24, 0), figure.start))


@lru_cache(maxsize=256)
def missing(english: str, chinese: str) -> Missing:
    return Missing(english, chinese)
