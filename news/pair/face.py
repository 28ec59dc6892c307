"""The face of a version: what a reader gets of it, as canonical data. What is public is exactly what was approved.

Three parts. *Own texts* are words of this language. *Own overrides* are pictures, documents, links and recordings that
a translation has for itself. *Shared* is all that both languages have in common: what approving one language carries
over to the other.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any, Self

from wagtail.models import Page

from news.models import Approval
from news.translation.parts import Part, PartKind, parts_of
from news.translation.units import unit_of

FORMAT = 2
"""Rises whenever the same page would give other data; `upgrade` then stamps anew what is approved."""
NOTE = "note"
"""With the key of the correction, the path of its note."""


def is_note(part: Part) -> bool:
    return part.path.partition(".")[0] == NOTE


@dataclass(frozen=True)
class Face:
    texts: tuple[Part, ...]
    overrides: tuple[Part, ...]
    shared: tuple[Part, ...]

    @classmethod
    def of(cls, page: Page, against: Face | None = None, note: Part | None = None) -> Self:
        """Of a page as a revision has it, or as its paragraphs have it.

        `against`: the Face of the original that a translation is read against. What a translation has in other form
        than that is its own. `note`: what readers will be told of an open correction.
        """
        texts, overrides, shared = [note] if note else [], [], []
        for part in parts_of(page):
            if part.kind == PartKind.TEXT:
                texts.append(part)
            elif against is None or against.parts.get(part.path) == part:
                shared.append(part)
            else:
                overrides.append(part)
        return cls(tuple(texts), tuple(overrides), tuple(shared))

    @classmethod
    def read(cls, stored: dict[str, Any]) -> Self:
        return cls(*(tuple(Part(*part) for part in stored[name]) for name in ("texts", "overrides", "shared")))

    @property
    def stored(self) -> dict[str, Any]:
        """As an Approval keeps it."""
        return {name: [list(part) for part in getattr(self, name)] for name in ("texts", "overrides", "shared")}

    @cached_property
    def parts(self) -> dict[str, Part]:
        return {part.path: part for part in (*self.texts, *self.overrides, *self.shared)}

    @cached_property
    def stamp(self) -> str:
        """The same as long as readers get the same, whichever of the three parts it stands in."""
        return digest([FORMAT, sorted(map(list, self.parts.values()), key=lambda part: part[0])])

    @cached_property
    def shared_stamp(self) -> str:
        """Of an original: what its translation has to show as well."""
        return digest([list(part) for part in self.shared])

    @cached_property
    def own_stamp(self) -> str:
        """Of what no approval of the other language covers, but for notes: each is approved by itself."""
        texts = [list(part) for part in self.texts if not is_note(part)]
        return digest([texts, self.stored["overrides"]])

    @cached_property
    def words(self) -> frozenset[str]:
        """Each text by itself."""
        values = [part.value for part in self.texts]
        return frozenset(text for value in values for text in (value if isinstance(value, list) else [value]))


def face_of(approval: Approval | None) -> Face | None:
    """What an Approval keeps, in today's format; None where that is not known."""
    if approval is None or approval.face is None or approval.face_format != FORMAT:
        return None
    return Face.read(approval.face)


@dataclass(frozen=True)
class FaceChange:
    """What one part was and is; None where it was not there, or is not any more."""

    before: Part | None
    after: Part | None

    @property
    def part(self) -> Part:
        return self.after or self.before or Part("", PartKind.FIELD, None)

    @property
    def unit(self) -> str:
        """What somebody wrote, see news.translation.units."""
        return unit_of(self.part.path)


def difference(before: Face | None, after: Face) -> list[FaceChange]:
    """What readers get otherwise, whichever of the three parts it stands in; in the order of the newer."""
    old = before.parts if before is not None else {}
    changed = [FaceChange(old.get(path), part) for path, part in after.parts.items() if old.get(path) != part]
    return changed + [FaceChange(part, None) for path, part in old.items() if path not in after.parts]


def units_of(changes: Iterable[FaceChange]) -> set[str]:
    return {change.unit for change in changes}


def digest(data: object) -> str:
    return sha256(json.dumps(data, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
