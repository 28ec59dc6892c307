"""The glossary: where its names stand in a text, and which of them may be written on a day."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cached_property, lru_cache

WORD = re.compile(r"[^\W_]+")
LATIN_PAIR = re.compile("[0-9A-Za-z]{2}")
ENDING = re.compile(r"(?:'s|s'|es|s|')?(?!\w)")
ALIKE = str.maketrans("’‘‐‑–•・‧\n\t\xa0", "''---···   ")
"""One for one, so that places stay."""


@dataclass(frozen=True)
class Term:
    """A name or an expression and how it is written. The first form of each language is the one to write.

    `former` are forms that are right in texts dated before `until`, forbidden ones never are.
    """

    english: tuple[str, ...]
    chinese: tuple[str, ...]
    forbidden_english: tuple[str, ...] = ()
    forbidden_chinese: tuple[str, ...] = ()
    former_english: tuple[str, ...] = ()
    former_chinese: tuple[str, ...] = ()
    until: date | None = None
    is_person: bool = False
    """`chinese` are then names in Han and `english` names in pinyin, or as their bearer spells them."""


class Status(Enum):
    APPROVED = 0
    FORMER = 1
    FORBIDDEN = 2


Meaning = tuple[Term, Status]


@dataclass(frozen=True)
class Form:
    """One way to write a name, and all that it is a name of."""

    words: str
    meanings: tuple[Meaning, ...]

    @cached_property
    def folded(self) -> str:
        return self.words.casefold()

    @cached_property
    def is_exact(self) -> bool:
        """Whether it has capitals within words: WHO is not who."""
        return any(letter.isupper() for word in WORD.findall(self.words) for letter in word[1:])

    @cached_property
    def is_capitalised(self) -> bool:
        """Whether it is a single word with a capital: Nature is not nature."""
        return self.words.istitle() and self.words.isalpha()

    @cached_property
    def may_have_hyphens(self) -> bool:
        """Whether it is an expression like shore power, as in shore-power connections."""
        is_approved = any(status is Status.APPROVED for _term, status in self.meanings)
        return self.words.islower() and "-" not in self.words and is_approved


@dataclass(frozen=True)
class Mention:
    start: int
    end: int
    meanings: tuple[Meaning, ...]

    @property
    def status(self) -> Status:
        """The mildest: what is forbidden for one can be the name of another."""
        return min((status for _term, status in self.meanings), key=lambda status: status.value)

    @property
    def is_approved(self) -> bool:
        return self.status is Status.APPROVED

    @property
    def terms(self) -> frozenset[Term]:
        return frozenset(term for term, _status in self.meanings)


class Glossary:
    """Terms by the beginnings of their forms: the first two words in English, the first two characters in Chinese."""

    def __init__(self, terms: Iterable[Term], day: date | None) -> None:
        english: dict[str, dict[Meaning, None]] = {}
        chinese: dict[str, dict[Meaning, None]] = {}
        for term in terms:
            is_old = term.until is not None and day is not None and day < term.until
            former = Status.APPROVED if is_old else Status.FORMER
            for forms, kinds in (
                (english, (term.english, term.former_english, term.forbidden_english)),
                (chinese, (term.chinese, term.former_chinese, term.forbidden_chinese)),
            ):
                for words, status in zip(kinds, (Status.APPROVED, former, Status.FORBIDDEN), strict=True):
                    for form in words:
                        forms.setdefault(form.translate(ALIKE).strip(), {})[term, status] = None
        self._english = by_beginning(english, english_beginning)
        self._chinese = by_beginning(chinese, chinese_beginning)

    def in_english(self, text: str) -> list[Mention]:
        """What is named, from left to right; of names within names only the longest."""
        text = text.translate(ALIKE)
        words = list(WORD.finditer(text))
        heads = [word[0].casefold() for word in words]
        found: list[Mention] = []
        for at, (word, head) in enumerate(zip(words, heads, strict=True)):
            start = word.start()
            if found and start < found[-1].end:
                continue
            keys = [f"{head} {second}" for second in numbers(heads[at + 1])] if at + 1 < len(heads) else []
            forms = (form for key in (*keys, *numbers(head)) for form in self._english.get(key, ()))
            form = next((form for form in forms if is_english_name(form, text, start)), None)
            if form:
                found.append(Mention(start, start + len(form.words), form.meanings))
        return found

    def in_chinese(self, text: str) -> list[Mention]:
        """The same; forms of a single character are not looked for."""
        text = text.translate(ALIKE)
        found: list[Mention] = []
        at = 0
        while at < len(text) - 1:
            forms = self._chinese.get(text[at : at + 2], ())
            form = next((form for form in forms if is_chinese_name(form.words, text, at)), None)
            if form:
                found.append(Mention(at, at + len(form.words), form.meanings))
            at += len(form.words) if form else 1
        return found


def by_beginning(forms: dict[str, dict[Meaning, None]], beginning: Callable[[str], str]) -> dict[str, list[Form]]:
    index: dict[str, list[Form]] = {}
    for words in sorted(forms, key=len, reverse=True):
        if beginning(words):
            index.setdefault(beginning(words), []).append(Form(words, tuple(forms[words])))
    return index


def english_beginning(words: str) -> str:
    return " ".join(WORD.findall(words)[:2]).casefold()


def numbers(word: str) -> dict[str, None]:
    """A word as it is, and as it was before the ending of a plural."""
    return dict.fromkeys((word, word.removesuffix("s"), word.removesuffix("es")))


def chinese_beginning(words: str) -> str:
    return words[:2] if len(words) > 1 else ""


def is_english_name(form: Form, text: str, start: int) -> bool:
    """Whether a name stands at the beginning of a word, in the plural or with 's as well."""
    end = start + len(form.words)
    said = text[start:end]
    if form.may_have_hyphens:
        said = said.replace("-", " ")
    if form.is_exact:
        is_said = said == form.words
    else:
        is_said = said.casefold() == form.folded and not (form.is_capitalised and said.islower())
    return is_said and bool(ENDING.match(text, end))


def is_chinese_name(form: str, text: str, start: int) -> bool:
    """Whether a name stands there; one in Latin letters must not be a piece of a longer word."""
    end = start + len(form)
    is_piece = LATIN_PAIR.fullmatch(text[start - 1 : start + 1]) or LATIN_PAIR.fullmatch(text[end - 1 : end + 1])
    return text.startswith(form, start) and not is_piece


@lru_cache(maxsize=16)
def glossary_of(terms: tuple[Term, ...], day: date | None) -> Glossary:
    return Glossary(terms, day)


@lru_cache(maxsize=512)
def mentions_in(glossary: Glossary, text: str, is_chinese: bool) -> tuple[Mention, ...]:
    return tuple(glossary.in_chinese(text) if is_chinese else glossary.in_english(text))


@lru_cache(maxsize=16)
def introductions(glossary: Glossary, texts: tuple[tuple[int, str], ...], is_chinese: bool) -> dict[Term, int]:
    """{term: number of the first text that names it}, of texts with their numbers."""
    first: dict[Term, int] = {}
    for number, text in texts:
        for mention in mentions_in(glossary, text, is_chinese):
            for term, _status in mention.meanings:
                first.setdefault(term, number)
    return first
