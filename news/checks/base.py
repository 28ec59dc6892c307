"""What every check is given and what it answers: texts, places in them, findings, and the register of checks."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from hashlib import sha256

from .glossary import Glossary, Term, glossary_of
from .text import Passage, Place, plain


class Level(StrEnum):
    BLOCKS = "B"
    WARNS = "W"
    INFORMS = "I"


@dataclass(frozen=True)
class Said:
    """The same sentence in both languages of the admin."""

    en: str
    zh: str


@dataclass(frozen=True)
class Link:
    """`number` is that of the text it stands in. `language` is that of the page of this site it leads to, or empty."""

    number: int
    href: str
    language: str = ""
    is_elsewhere: bool = False
    """Whether the page it leads to exists in the language of the text that links, and is not the one linked to."""
    is_broken: bool = False
    is_external: bool = False
    is_absent: bool = False
    """Whether readers do not have the page in the language of the text; `language` is then empty if they have none."""
    was_withdrawn: bool = False
    """Whether they had."""
    title: str = ""
    """Of the page it leads to, where that is absent."""


@dataclass(frozen=True)
class Picture:
    """An image as a version shows it; `path` is the same in both versions."""

    path: str
    alt: str
    caption: str = ""
    is_decorative: bool = False
    file_name: str = ""
    title: str = ""
    """Its name in the library."""
    paths: tuple[str, str] = ("", "")
    """Of its texts: alternative text and caption, whether there are any or not."""
    has_library_caption: bool = False
    """Whether the library has a caption for it, in whichever language."""


@dataclass(frozen=True)
class Document:
    """One version of a release. `texts` are (path, HTML) from top to bottom; paths can repeat."""

    texts: tuple[tuple[str, str], ...]
    parts: Counter[str] = field(default_factory=Counter)
    """How many there are of: heading, image, table, quote, item (of a list)."""
    links: tuple[Link, ...] = ()
    pictures: tuple[Picture, ...] = ()
    slug: str | None = None
    """None where a document has no head: title, summary and slug."""
    needs_body: bool = True
    open_numbers: frozenset[int] = frozenset()
    """Which texts show the original's words, because nobody has translated them yet."""

    @cached_property
    def plain(self) -> tuple[str, ...]:
        return tuple(plain(html) for _path, html in self.texts)


TWO_ZONES = {"CST", "IST"}
"""Abbreviations that more than one zone has: nobody knows whose is meant."""


@dataclass(frozen=True)
class About:
    """What is known beside the texts."""

    terms: tuple[Term, ...] = ()
    day: date | None = None
    """The day of the release, in its own time zone."""
    release_at: datetime | None = None
    """In the time zone of the site."""
    is_stale: bool = False
    """Whether the original was approved in other words since the translation was."""
    zones: tuple[str, ...] = ("Beijing time", "北京时间")
    """What the site's own time zone is called."""

    def is_own_zone(self, words: str) -> bool:
        own = {zone.casefold() for zone in self.zones}
        abbreviation = self.release_at.tzname() if self.release_at else None
        return words.casefold() in own or (words == abbreviation and words not in TWO_ZONES)

    @cached_property
    def glossary(self) -> Glossary:
        return glossary_of(self.terms, self.day)


@dataclass(frozen=True)
class TextPair:
    """Both versions, whole, or texts of theirs that belong together. Either passage can be empty."""

    english: Passage
    chinese: Passage
    documents: tuple[Document, Document]
    about: About
    is_adapted: bool = False


@dataclass(frozen=True)
class Fix:
    """`place.words` are to be replaced. It stands in the language of the tuple that it is in."""

    place: Place
    words: str


@dataclass(frozen=True)
class Finding:
    check: str
    level: Level
    message: Said
    english: tuple[Place, ...] = ()
    chinese: tuple[Place, ...] = ()
    fix_english: tuple[Fix, ...] = ()
    fix_chinese: tuple[Fix, ...] = ()
    texts: tuple[str, str] = ("", "")
    """The plain texts that were read, English and Chinese; filled in by run()."""
    what: str = ""
    """What it is about if that is no place in a text: an address, the path of a picture with its words."""
    missing: tuple[str, str] = ("", "")
    """Path of a text that is not there and should be, English and Chinese."""

    @cached_property
    def key(self) -> str:
        """The same as long as check, both texts, the places in them and what it is about are."""
        spots = [(place.start, place.end) for place in (*self.english, *self.chinese)]
        return sha256(repr((self.check, self.texts, spots, self.what)).encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def spot(self) -> str:
        """The numbers of the texts it stands in: of two with the same key it tells which."""
        return " ".join(str(place.number) for place in (*self.english, *self.chinese))

    @property
    def is_fixable(self) -> bool:
        return bool(self.fix_english or self.fix_chinese)


FindFunction = Callable[[TextPair], Iterator[Finding]]


@dataclass(frozen=True)
class Check:
    name: str
    title: Said
    explains: Said
    """What is flagged, at which level, and what is left alone: a few sentences for the manual."""
    find: FindFunction
    reads_whole: bool = False
    """Whether it is given both documents whole, once, instead of each pair of texts."""
    for_adapted: bool = True
    needs_both: bool = True
    """Whether it compares; else it reads each version for itself, and one without the other."""
    family: str = ""


REGISTER: dict[str, Check] = {}
"""{name: Check}, in the order of the manual."""


def check(
    name: str,
    title: tuple[str, str],
    explains: tuple[str, str],
    *,
    reads_whole: bool = False,
    for_adapted: bool = True,
    needs_both: bool = True,
) -> Callable[[FindFunction], FindFunction]:
    """Register a function of a TextPair that yields Findings."""

    def registered(find: FindFunction) -> FindFunction:
        family = find.__module__.rpartition(".")[2]
        REGISTER[name] = Check(name, Said(*title), Said(*explains), find, reads_whole, for_adapted, needs_both, family)
        return find

    return registered
