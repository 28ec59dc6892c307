"""The register of everything that takes a form: who may send it, and what comes of it when they do.

An entry is a function `(visitor, world)` that sends real data as a browser does and asserts the effect. It is called
for each role: for those of `may` its assertions hold; the others are refused in words, and nothing is written. `given`
makes the world it starts from, once for all entries that name it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from news.bootstrap import (
    BILINGUAL_REVIEWERS,
    CHINESE_AUTHORS,
    CHINESE_TRANSLATORS,
    ENGLISH_AUTHORS,
    ENGLISH_TRANSLATORS,
    PAGE_PERMISSIONS,
    PUBLISHERS,
)

ADMINISTRATOR = "administrator"
GUEST = "not signed in"

STAFF = frozenset([*PAGE_PERMISSIONS, ADMINISTRATOR])
ROLES = [ADMINISTRATOR, *reversed(PAGE_PERMISSIONS), GUEST]
"""In this order, so that who may is shown a form before who may not sends it all the same."""
ANYBODY = frozenset(ROLES)
ONLY_ADMINISTRATOR = frozenset([ADMINISTRATOR])
PUBLISHING = frozenset([PUBLISHERS, ADMINISTRATOR])
REVIEWING = frozenset([BILINGUAL_REVIEWERS, PUBLISHERS, ADMINISTRATOR])
"""Also those who change files and the glossary, and start translations."""
AUTHORS_OF_ENGLISH = frozenset([ENGLISH_AUTHORS, *PUBLISHING])
"""Who adds pages to the English tree."""
EDITORS_OF_ENGLISH = frozenset([ENGLISH_TRANSLATORS, *REVIEWING])
"""Who changes others' English pages."""
EDITORS_OF_CHINESE = frozenset([CHINESE_TRANSLATORS, *REVIEWING])
EDITORS = EDITORS_OF_ENGLISH | EDITORS_OF_CHINESE
NOBODY = frozenset()

__all__ = ["CHINESE_AUTHORS", "ENGLISH_AUTHORS"]


@dataclass(frozen=True)
class Entry:
    name: str
    address: str
    area: str
    post: Callable
    may: frozenset
    given: Callable | None
    refused: str
    """Where nobody may: what the administrator is told."""
    elsewhere: bool
    """Whether its form is sent to another address."""


REGISTER: list[Entry] = []
READS: dict[str, str] = {}
"""{address: what it shows} where a view takes no form, but does not say so; it is posted to, and writes nothing."""


def posted(*addresses, may, given=None, refused="", elsewhere=False):
    """Register a function for an address, as `addresses.py` gives it, or for each of several."""
    assert bool(refused) == (not may), addresses

    def register(function):
        name = function.__name__.replace("_", " ")
        area = function.__module__.rpartition(".")[2]
        REGISTER.extend(Entry(name, address, area, function, may, given, refused, elsewhere) for address in addresses)
        return function

    return register


def reads(what, *addresses):
    READS.update(dict.fromkeys(addresses, what))
