"""Bilingual checks. Nothing of the project, and nothing of Django, is imported here.

`run` is what approving and releasing ask.
"""

from dataclasses import replace

from .base import REGISTER, About, Document, Finding, Level, Pair, Said
from .text import Passage, Place, plain

__all__ = ["REGISTER", "About", "Document", "Finding", "Level", "Place", "Said", "run", "run_on"]


def run(english, chinese, about=About(), *, is_adapted=False, off=frozenset()):  # noqa: B008
    """All Findings of two Documents, in the order of the register. `off` names checks that are switched off.

    An adaptation has blocks of its own: there, the documents are compared whole.
    """
    documents = (english, chinese)
    texts = [[plain(html) for _path, html in document.texts] for document in documents]
    whole = Pair(*map(Passage, map(list, map(enumerate, texts))), documents, about, is_adapted)
    parts = [whole] if is_adapted else list(aligned(documents, texts, about))
    found = []
    for check in REGISTER.values():
        if check.name in off or (is_adapted and not check.for_adapted):
            continue
        for pair in [whole] if check.reads_whole else parts:
            read = (pair.english.text, pair.chinese.text)
            found += [replace(finding, texts=read) for finding in check.find(pair)]
    return found


def run_on(english, chinese, about=About(), off=frozenset()):  # noqa: B008
    """The Findings of two texts, HTML, that belong together; what asks for whole documents is left out."""
    documents = (Document((("", english),)), Document((("", chinese),)))
    pair = Pair(Passage([(0, plain(english))]), Passage([(0, plain(chinese))]), documents, about)
    texts = (pair.english.text, pair.chinese.text)
    checks = [check for check in REGISTER.values() if not check.reads_whole and check.name not in off]
    return [replace(finding, texts=texts) for check in checks for finding in check.find(pair)]


def aligned(documents, texts, about):
    """Pairs of the texts with the same path, one by one; where their numbers differ, all of a path together."""
    at = [{}, {}]
    for side, document in enumerate(documents):
        for number, (path, _html) in enumerate(document.texts):
            at[side].setdefault(path, []).append((number, texts[side][number]))
    for path in {**at[0], **at[1]}:
        english, chinese = at[0].get(path, []), at[1].get(path, [])
        if len(english) == len(chinese):
            for one, other in zip(english, chinese, strict=True):
                yield Pair(Passage([one]), Passage([other]), documents, about)
        else:
            yield Pair(Passage(english), Passage(chinese), documents, about)


from . import completeness, readiness, links, names, typography, characters  # noqa: E402,F401,I001
from . import numbers, dates, amounts  # noqa: E402,F401
