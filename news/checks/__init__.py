"""Bilingual checks. Nothing of the project, and nothing of Django, is imported here.

`run` is what approving and releasing ask.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from html import escape

from .base import REGISTER, About, Check, Document, Finding, Level, Said, TextPair
from .text import Passage, Place

__all__ = ["REGISTER", "About", "Document", "Finding", "Level", "Place", "Said", "run", "run_on", "run_on_plain"]


def run(
    english: Document | None,
    chinese: Document | None,
    about: About = About(),  # noqa: B008
    *,
    is_adapted: bool = False,
    off: Collection[str] = frozenset(),
) -> list[Finding]:
    """All Findings of two Documents, top to bottom. `off` names checks that are switched off.

    An adaptation has blocks of its own: there, the documents are compared whole. One Document can be None: the other is
    then read by the checks that compare nothing.
    """
    is_pair = english is not None and chinese is not None
    documents = (english or Document(()), chinese or Document(()))
    whole = whole_pair(documents, about, is_adapted)
    checks = [
        check
        for check in REGISTER.values()
        if check.name not in off and (is_pair or not check.needs_both) and (check.for_adapted or not is_adapted)
    ]
    found = found_in(whole, [check for check in checks if check.reads_whole])
    for pair in [whole] if is_adapted else aligned(documents, about):
        found += found_in(pair, [check for check in checks if not check.reads_whole])
    return found


def run_on(
    english: str,
    chinese: str,
    about: About = About(),  # noqa: B008
    off: Collection[str] = frozenset(),
) -> list[Finding]:
    """The Findings of two texts, HTML, that belong together; what asks for whole documents is left out."""
    documents = (Document((("", english),)), Document((("", chinese),)))
    pair = whole_pair(documents, about)
    return found_in(pair, [check for check in REGISTER.values() if not check.reads_whole and check.name not in off])


def run_on_plain(english: str, chinese: str) -> list[Finding]:
    """The same for two plain texts."""
    return run_on(escape(english, quote=False), escape(chinese, quote=False))


def whole_pair(documents: tuple[Document, Document], about: About, is_adapted: bool = False) -> TextPair:
    english, chinese = (Passage(enumerate(document.plain)) for document in documents)
    return TextPair(english, chinese, documents, about, is_adapted)


def found_in(pair: TextPair, checks: Iterable[Check]) -> list[Finding]:
    return [read_in(pair, finding, check) for check in checks for finding in check.find(pair)]


def read_in(pair: TextPair, finding: Finding, check: Check) -> Finding:
    """The Finding with the texts it stands in; with all of them only where it names no place."""
    sides = ((pair.english, finding.english), (pair.chinese, finding.chinese))
    if check.reads_whole and (finding.english or finding.chinese):
        numbers = [{place.number for place in places} for _passage, places in sides]
        english, chinese = (
            "\n".join(text for number, text in passage.parts if number in wanted)
            for (passage, _places), wanted in zip(sides, numbers, strict=True)
        )
        return replace(finding, texts=(english, chinese))
    return replace(finding, texts=(pair.english.text, pair.chinese.text))


def aligned(documents: tuple[Document, Document], about: About) -> Iterator[TextPair]:
    """Pairs of the texts with the same path, one by one; where their numbers differ, all of a path together."""
    at: list[dict[str, list[tuple[int, str]]]] = [{}, {}]
    for side, document in enumerate(documents):
        for number, ((path, _html), text) in enumerate(zip(document.texts, document.plain, strict=True)):
            at[side].setdefault(path, []).append((number, text))
    for path in {**at[0], **at[1]}:
        english, chinese = at[0].get(path, []), at[1].get(path, [])
        if len(english) == len(chinese):
            for one, other in zip(english, chinese, strict=True):
                yield TextPair(Passage([one]), Passage([other]), documents, about)
        else:
            yield TextPair(Passage(english), Passage(chinese), documents, about)


from . import completeness, readiness, timing, links, names, typography, characters  # noqa: E402,F401,I001
from . import numbers, dates, amounts  # noqa: E402,F401
