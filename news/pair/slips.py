"""Whether a correction is a mere slip of the pen, which needs no second look."""

import re
from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher
from html import unescape

from django.utils.html import strip_tags

from news.glossary.terms import terms_of_site
from news.translation.parts import PartKind

from .changes import words
from .face import FaceChange

MOST = 10
"""Characters, those that went and those that came."""
MEANT = re.compile(
    r"""
    <[^>]*>                                             # a mark or a link
    | [0-9０-９][0-9０-９.,:/%]*                         # a figure
    | [〇零一二三四五六七八九十百千万亿两半几数]+           # a figure in Han characters
    | \b[A-Z]\w*                                        # a name, or what opens a sentence
    | \b(?:no|not|never|none|nor|neither|without|cannot|un\w+|non\w*|\w+n['’]t)\b
    | [不没未无非否莫勿别]
    """,
    re.VERBOSE,
)
"""What a slip leaves as it is: figures, names, marks, links and negations."""


def is_slip(changes: Iterable[FaceChange]) -> bool:
    """Of all changes together."""
    spent = 0
    for change in changes:
        if change.part.kind != PartKind.TEXT or change.before is None or change.after is None:
            return False
        before, after = words(change.before), words(change.after)
        if meant(before) != meant(after):
            return False
        spent += written(before, after)
    return spent <= MOST


def meant(text: str) -> Counter[str]:
    found = Counter(MEANT.findall(text))
    plain = unescape(strip_tags(text)).casefold()
    for term in terms_of_site():
        for form in (*term.english, *term.chinese, *term.former_english, *term.former_chinese):
            found[form] += plain.count(form.casefold())
    return +found


def written(before: str, after: str) -> int:
    """How many characters went and came."""
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return sum(
        (end - start) + (new_end - new_start) for kind, start, end, new_start, new_end in steps if kind != "equal"
    )
