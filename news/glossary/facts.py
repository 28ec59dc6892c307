"""What whoever translates is shown: the terms that stand in each paragraph, and how the other language writes them."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from news.checks.glossary import Status, glossary_of, mentions_in
from news.checks.text import Passage, plain

from .terms import Entry, entries_of_site, terms_of_site


class Fact(NamedTuple):
    source: str
    """As it is written here."""
    forms: tuple[str, ...]
    """To write in the other language."""
    never: tuple[str, ...]
    office: str
    """The title of a person's office."""
    note: str


def facts_of(texts: Mapping[int, str], into_chinese: bool, day: date | None = None) -> dict[str, Any]:
    """{"terms": [what is shown of a term], "segments": {id: [numbers of its terms, in the order of the text]}}

    `texts` is {id: HTML}. A term is shown once a paragraph, and only if the other language has something to say of it.
    """
    entries = entries_of_site()
    glossary = glossary_of(terms_of_site(), day)
    shown: dict[Fact, int] = {}
    segments: dict[int, dict[int, None]] = {}
    for key, html in texts.items():
        text = Passage([(0, plain(html))]).folded
        for mention in mentions_in(glossary, text, not into_chinese):
            words = text[mention.start : mention.end]
            for term, status in mention.meanings:
                fact = fact_of(entries[term], words, status, into_chinese)
                if fact:
                    number = shown.setdefault(fact, len(shown))
                    segments.setdefault(key, {})[number] = None
    return {
        "terms": [fact._asdict() for fact in shown],
        "segments": {key: list(numbers) for key, numbers in segments.items()},
    }


def fact_of(entry: Entry, words: str, status: Status, into_chinese: bool) -> Fact | None:
    """None if none of it helps."""
    term = entry.term
    forms = term.chinese if into_chinese else term.english
    never = term.forbidden_chinese if into_chinese else term.forbidden_english
    if status is Status.APPROVED and words in (term.former_english if into_chinese else term.former_chinese):
        forms = (term.former_chinese if into_chinese else term.former_english) or forms  # an old text's own names
    return Fact(words, forms, never, entry.offices[into_chinese], entry.note) if forms or never else None
