"""What whoever translates is shown: the terms that stand in each paragraph, and how the other language writes them."""

from news.checks.glossary import Status, glossary_of, mentions_in
from news.checks.text import Passage, plain

from .terms import entries_of_site, terms_of_site


def facts_of(texts, into_chinese, day=None):
    """{"terms": [what is shown of a term], "segments": {id: [numbers of its terms, in the order of the text]}}

    `texts` is {id: HTML}. A term is shown once a paragraph, and only if the other language has something to say of it.
    """
    entries = entries_of_site()
    glossary = glossary_of(terms_of_site(), day)
    shown, segments = {}, {}
    for key, html in texts.items():
        text = Passage([(0, plain(html))]).folded
        for mention in mentions_in(glossary, text, not into_chinese):
            words = text[mention.start : mention.end]
            for term, status in mention.meanings:
                fact = fact_of(entries[term], words, status, into_chinese)
                if fact:
                    number = shown.setdefault(fact, len(shown))
                    segments.setdefault(key, {})[number] = None
    names = ("source", "forms", "never", "office", "note")
    return {
        "terms": [dict(zip(names, fact, strict=True)) for fact in shown],
        "segments": {key: list(numbers) for key, numbers in segments.items()},
    }


def fact_of(entry, words, status, into_chinese):
    """(as it is written here, forms to write, forms never to write, title of an office, note); None if none help."""
    term = entry.term
    forms = term.chinese if into_chinese else term.english
    never = term.forbidden_chinese if into_chinese else term.forbidden_english
    if status is Status.APPROVED and words in (term.former_english if into_chinese else term.former_chinese):
        forms = (term.former_chinese if into_chinese else term.former_english) or forms  # an old text's own names
    return (words, forms, never, entry.offices[into_chinese], entry.note) if forms or never else None
