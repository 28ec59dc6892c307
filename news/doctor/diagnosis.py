"""One thing that was looked at: how it is, and what is to be done."""

from dataclasses import dataclass
from enum import StrEnum


class Gravity(StrEnum):
    WELL = "well"
    NOTE = "note"
    MEND = "mend"


@dataclass(frozen=True)
class Diagnosis:
    about: str
    gravity: Gravity
    said: str
    do: str = ""


def well(about: str, said: str) -> Diagnosis:
    return Diagnosis(about, Gravity.WELL, said)


def note(about: str, said: str, do: str) -> Diagnosis:
    """It may be meant so."""
    return Diagnosis(about, Gravity.NOTE, said, do)


def mend(about: str, said: str, do: str) -> Diagnosis:
    return Diagnosis(about, Gravity.MEND, said, do)
