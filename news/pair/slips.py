"""Whether a correction is a mere slip of the pen, which needs no second look.

What a sentence means cannot be told here, so little counts as a slip: a word that is spelt otherwise, a character that
sounds the same, punctuation, white space. Whatever might be a figure, a name, a term, a mark or a negation does not.
"""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from html import unescape

from django.utils.html import strip_tags

from news.glossary.terms import terms_of_site
from news.pinyin import sounds_of
from news.translation.parts import PartKind

from .changes import words
from .face import FaceChange

MOST = 10
"""Characters, those that went and those that came."""
LETTERS = 2
"""That may differ in a word."""
SHORTEST = 4
"""Of the words that may be spelt otherwise: of shorter ones each is another word."""
HAN = r"[\u3400-\u9fff]"
WORD = re.compile(rf"<[^>]*>|{HAN}|[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,:/]\d+)*|\S")
NUMBER = re.compile(
    r"\d|[½⅓⅔¼¾Ⅰ-ↈ①-⓿〇零一二三四五六七八九十百千万亿两半几数双壹贰叁肆伍陆柒捌玖拾佰仟]"
    r"|^(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    r"|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?"
    r"|billions?|trillions?|half|third|quarter|dozen|first|second|fourth|fifth|sixth|seventh|eighth|ninth|tenth"
    r"|once|twice|double|triple)$",
    re.IGNORECASE,
)
NEGATION = re.compile(
    r"^(?:no|not|now|never|none|nor|neither|without|cannot|hardly|scarcely|barely|few|less|\w+n['’]t)$|[不没未无非否莫勿别禁]",
    re.IGNORECASE,
)
SIGN = re.compile(r"^[^\w\s,;:.!?，；：。！？、…“”‘’\"'()（）《》—–]$")
"""Anything but punctuation: currencies, plus and minus, degrees."""


def is_slip(changes: Iterable[FaceChange]) -> bool:
    """Of all changes together."""
    spent = 0
    for change in changes:
        if change.part.kind != PartKind.TEXT or change.before is None or change.after is None:
            return False
        before, after = words(change.before), words(change.after)
        if not is_spelling(before, after):
            return False
        spent += written(before, after)
    return spent <= MOST


def is_spelling(before: str, after: str) -> bool:
    """Whether word for word both say the same."""
    old, new = (WORD.findall(unescape(text)) for text in (before, after))
    old_said, new_said = ([word for word in found if is_word(word)] for found in (old, new))
    if len(old_said) != len(new_said) or kept(old) != kept(new) or terms_in(before) != terms_in(after):
        return False
    return all(was == now or is_respelt(was, now) for was, now in zip(old_said, new_said, strict=True))


def is_word(text: str) -> bool:
    return bool(re.match(r"\w|<", text))


def kept(found: list[str]) -> list[str]:
    """What a slip leaves as it is and where it is: marks, figures, signs, negations, and what is written large."""
    return [
        word
        for word in found
        if word.startswith("<")
        or NUMBER.search(word)
        or NEGATION.search(word)
        or SIGN.match(word)
        or word != word.lower()
        or (word in "-−–" and len(word) == 1)
    ]


def is_respelt(was: str, now: str) -> bool:
    if re.match(HAN, was) or re.match(HAN, now):
        return len(was) == len(now) == 1 and bool(sounds_of(was) & sounds_of(now))
    if min(len(was), len(now)) < SHORTEST or was[0] != now[0] or abs(len(was) - len(now)) > LETTERS:
        return False
    return written(was, now) <= 2 * LETTERS


def terms_in(text: str) -> list[tuple[int, str]]:
    """[(place among terms, term)], in the order in which they stand."""
    plain = unescape(strip_tags(text)).casefold()
    found = []
    for term in terms_of_site():
        for form in (*term.english, *term.chinese, *term.former_english, *term.former_chinese):
            found += [(match.start(), form) for match in re.finditer(re.escape(form.casefold()), plain)]
    return [(number, form) for number, (_start, form) in enumerate(sorted(found))]


def written(before: str, after: str) -> int:
    """How many characters went and came."""
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return sum(
        (end - start) + (new_end - new_start) for kind, start, end, new_start, new_end in steps if kind != "equal"
    )
