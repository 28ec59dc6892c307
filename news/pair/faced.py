"""What readers get of a version, who made it so, and what was approved of it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from .authors import authors_of, changes_of
from .face import FORMAT, NOTE, Face

if TYPE_CHECKING:
    from wagtail.models import Page

    from home.languages import Language
    from news.models import Approval

    from .pair import Pair


class Faced:
    """Part of a news.pair.version.Version."""

    pair: Pair
    language: Language
    newest: Page

    if TYPE_CHECKING:

        @property
        def approval(self) -> Approval | None: ...

        @property
        def is_original(self) -> bool: ...

    @cached_property
    def face(self) -> Face:
        """Of the newest draft."""
        return Face.of(self.newest, self.read_against, self.note)

    @property
    def note(self) -> str:
        """Of the correction that is open, in this language: readers get it with the next release."""
        correction = self.pair.correction
        return correction.note_in(self.language) if correction is not None else ""

    @property
    def is_note_approved(self) -> bool:
        part = self.approved_face.parts.get(NOTE) if self.approved_face is not None else None
        return self.note == (part.value if part else "") or not self.note

    @cached_property
    def authors(self) -> dict[str, set[int]]:
        """`authors_of` what the newest draft has otherwise than what was approved last."""
        return authors_of(self, changes_of(self))

    @property
    def read_against(self) -> Face | None:
        """The approved Face of a translation's original or, until there is one, that of its newest draft."""
        original = self.pair.original
        if self.is_original or original.page is None:
            return None
        return original.approved_face or original.face

    @cached_property
    def approved_face(self) -> Face | None:
        """What was approved last and stands, in today's format; None where that is not known."""
        approval = self.approval
        if approval is None or approval.face is None or approval.face_format != FORMAT:
            return None
        return Face.read(approval.face)
