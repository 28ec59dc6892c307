"""Bilingual checks. Nothing of the project, and nothing of Django, is imported here.

`run` is what approving and releasing ask; no check is written yet.
"""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    BLOCKS = "B"
    WARNS = "W"
    INFORMS = "I"


@dataclass(frozen=True)
class Texts:
    """Both versions of a document, each as (path, text) from top to bottom."""

    english: tuple[tuple[str, str], ...]
    chinese: tuple[tuple[str, str], ...]
    adapted: bool = False
    """The translation has its own blocks: paths mean nothing across the languages."""


@dataclass(frozen=True)
class Finding:
    check: str
    level: Level
    message: str


def run(texts: Texts) -> list[Finding]:
    return []
