"""Text -> tokens, for the index and for what is typed. Pure Python.

A run of Han characters c1..cn is indexed as the bigrams c1c2, c2c3, ... and the last character, so that two characters
are one token and a word of any length a phrase, without any dictionary. Letters and digits split; English is stemmed.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer

from .characters import SIMPLIFIED, TRADITIONAL

VERSION = 2
"""Raise it when the same text gives other tokens than before: the index is then built anew."""
HAN = (
    "\u3005-\u3007\u3040-\u30ff\u3105-\u312f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Characters written without spaces, as a class of a regular expression: Han, kana and Hangul alike."""
MAX_QUERY = 200
"""Characters of a query that are looked at."""
MAX_TERMS = 24
MAX_TOKENS = 12_000
"""Of one field: PostgreSQL knows no positions past 16,383, beyond which phrases would fail."""
MAX_TOKEN = 40

_SIMPLIFY = str.maketrans(TRADITIONAL, SIMPLIFIED)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_ACCENTS = re.compile("[\u0300-\u036f]")
_QUOTES = "\"'“”‘’「」『』《》〈〉·・‧•"
_BETWEEN_HAN = re.compile(f"(?<=[{HAN}])[{_QUOTES}]+(?=[{HAN}])")
_TOKEN = re.compile(f"[{HAN}]+|[0-9]+|(?:(?![{HAN}])[^\\W\\d_])+")
_HAN = re.compile(f"[{HAN}]")
_BREAK = re.compile(r"[^\w\-./'’&+#@%]+")
"""Between what may stand apart; other punctuation keeps its neighbours together: `CO2-neutral` is a phrase."""
_POSSESSIVE = re.compile(r"(?<=[a-z])['’]s\b")
PASSED_OVER = (_BETWEEN_HAN, _POSSESSIVE)
"""What is folded away for what stands around it."""
_KNOWN_TO_ALL = re.compile("[a-z0-9\u4e00-\u9fa5]+")
"""Tokens that every tokeniser leaves whole."""
_STOP_WORDS = frozenset(
    (
        *("a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "from", "if", "in", "into", "is", "it", "its"),
        *("no", "not", "of", "on", "or", "such", "that", "the", "their", "then", "there", "these", "they", "this"),
        *("to", "was", "were", "will", "with"),
    )
)
_PARTICLES = frozenset("的了和与及在是等为对于将被把而")
_stem = lru_cache(20_000)(snowballstemmer.stemmer("english").stemWord)


class Token(NamedTuple):
    text: str
    start: int
    """Where it begins in the folded text."""
    end: int
    """Where its own characters end: of a bigram, after the first."""
    is_han: bool
    is_last: bool
    """Whether it ends its run: then it is a single character, if Han."""


@dataclass(frozen=True)
class SearchTerm:
    """Tokens that must follow each other; with `prefix`, the last is only the beginning of one."""

    tokens: tuple[str, ...]
    prefix: bool = False


def fold(text: str) -> str:
    """What looks or sounds the same, made the same: width, case, accents, traditional characters, quotes within Han."""
    text = fold_characters(text)
    for passed_over in PASSED_OVER:
        text = passed_over.sub("", text)
    return text


def fold_characters(text: str) -> str:
    """The part of folding that looks at no neighbours."""
    text = unicodedata.normalize("NFKC", text).casefold()
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", text)))
    return _INVISIBLE.sub("", text.translate(_SIMPLIFY))


def tokens_of(folded: str, stem: bool = True) -> Iterator[Token]:
    """The tokens with their places, for highlighting."""
    for run, start, is_han in _runs(folded):
        if is_han:
            last = len(run) - 1
            for i in range(len(run)):
                yield Token(_safe(run[i : i + 2]), start + i, start + i + 1, True, i == last)
        else:
            yield Token(_word(run, stem), start, start + len(run), False, True)


def _runs(folded: str) -> Iterator[tuple[str, int, bool]]:
    for found in _TOKEN.finditer(folded):
        run = found.group()
        yield run, found.start(), not run.isascii() and bool(_HAN.match(run))


def _word(run: str, stem: bool) -> str:
    return _safe((_stem(run) if stem and run.isascii() and len(run) <= MAX_TOKEN else run)[:MAX_TOKEN])


def _safe(token: str) -> str:
    """The databases' tokenisers disagree on rare characters: those are spelt in ASCII, five letters each."""
    if token.isascii() or _KNOWN_TO_ALL.fullmatch(token):
        return token
    return "".join(char if "\u4e00" <= char <= "\u9fa5" else f"z{_base36(ord(char))}" for char in token)


def _base36(number: int) -> str:
    digits = ""
    for _place in range(4):
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return digits


def analyse(text: str, stem: bool = True) -> str:
    """What the index holds of a text: its tokens, separated by spaces."""
    found: list[str] = []
    for run, _start, is_han in _runs(fold(text)):
        if is_han:
            bigrams = [run[i : i + 2] for i in range(len(run))]
            found += bigrams if _KNOWN_TO_ALL.fullmatch(run) else map(_safe, bigrams)
        else:
            found.append(_word(run, stem))
        if len(found) >= MAX_TOKENS:
            break
    return " ".join(found[:MAX_TOKENS])


_analyse_title = lru_cache(10_000)(analyse)


def terms_of(query: str, stem: bool = True, typing: bool = False) -> list[SearchTerm]:
    """[SearchTerm]: what a text must hold, all of it, to be found by a query. Nothing, if nothing is asked for.

    With `typing`, the last word may be unfinished, and none is taken apart or left out.
    """
    return list(_terms_of(query, stem, typing))


@lru_cache(1000)
def _terms_of(query: str, stem: bool, typing: bool) -> list[SearchTerm]:
    terms = []
    for chunk in _BREAK.split(fold(query[:MAX_QUERY]).replace('"', " ")):
        for part in [chunk] if typing or not _HAN.search(chunk) or len(chunk) < 4 else _words_of(chunk):
            term = _term(part, stem, typing)
            if term:
                terms.append(term)
    if typing:
        return [*map(_finished, terms[:-1]), *terms[-1:]][:MAX_TERMS]
    terms = list(dict.fromkeys(terms[:MAX_TERMS]))
    telling = [term for term in terms if term.tokens[0] not in _STOP_WORDS or len(term.tokens) > 1]
    return telling or terms


def _term(chunk: str, stem: bool, typing: bool) -> SearchTerm | None:
    tokens = list(tokens_of(chunk, stem))[:MAX_TERMS]
    if not tokens:
        return None
    last = tokens[-1]
    if last.is_han and len(tokens) > 1 and tokens[-2].is_han and not tokens[-2].is_last:
        return SearchTerm(tuple(token.text for token in tokens[:-1]))  # the bigrams cover the last character
    # A single character begins the bigrams that it stands first in, and is a token where it ends a run.
    return SearchTerm(tuple(token.text for token in tokens), prefix=last.is_han or typing)


def _finished(term: SearchTerm) -> SearchTerm:
    return term if _HAN.match(term.tokens[-1]) else SearchTerm(term.tokens)


def _words_of(chunk: str) -> list[str]:
    """An unspaced chunk, cut into words. A dictionary helps here alone: another one needs no new index.

    Particles go; single characters that stand together, often a name, stay together, and a lone one goes with the
    word before it.
    """
    import rjieba  # 30 MB and a fifth of a second, for those who look for long words alone

    words, single = [], False
    for word in rjieba.cut(chunk):
        if word in _PARTICLES:
            words.append("")
            single = False
            continue
        is_single = len(word) == 1 and bool(_HAN.match(word))
        if is_single and words and words[-1] and (single or _HAN.match(words[-1][-1])):
            words[-1] += word
        else:
            words.append(word)
        single = is_single
    return [word for word in words if word] or [chunk]


def matches(text: str, terms: Iterable[SearchTerm], stem: bool = True) -> int:
    """How many of the terms a text holds."""
    tokens = f" {(_analyse_title if len(text) < 256 else analyse)(text, stem)} "
    return sum(f" {' '.join(term.tokens)}{'' if term.prefix else ' '}" in tokens for term in terms)
