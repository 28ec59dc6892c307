"""What readers get of a version, who made it so, and what was approved of it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from django.utils import timezone

from news.translation.parts import Part, PartKind

from .authors import Former, Hand, changes_of, former_of, hands_of
from .face import NOTE, Face, face_of

if TYPE_CHECKING:
    from datetime import datetime

    from wagtail.models import Page, Revision, TaskState

    from home.languages import Language
    from news.models import Approval
    from news.translation.drafts import Paragraph

    from .pair import Pair


class Faced:
    """Part of a news.pair.version.Version."""

    pair: Pair
    language: Language
    newest: Page
    approvals: list[Approval]

    if TYPE_CHECKING:

        @property
        def approval(self) -> Approval | None: ...

        @property
        def paragraphs(self) -> list[Paragraph]: ...

        @property
        def task_state(self) -> TaskState | None: ...

        @property
        def is_original(self) -> bool: ...

        @property
        def is_live(self) -> bool: ...

    @cached_property
    def face(self) -> Face:
        """Of the newest draft."""
        return Face.of(self.newest, self.read_against, self.note_part)

    @property
    def note(self) -> str:
        """Of the correction that is open, in this language: readers get it with the next release."""
        correction = self.pair.correction
        return correction.note_in(self.language) if correction is not None else ""

    @property
    def note_part(self) -> Part | None:
        """By its correction: the same words said of another one are another note."""
        correction = self.pair.correction
        if correction is None or not self.note:
            return None
        return Part(f"{NOTE}.{correction.pk}", PartKind.TEXT, self.note)

    @property
    def is_note_approved(self) -> bool:
        part = self.note_part
        return part is None or (self.approved_face is not None and self.approved_face.parts.get(part.path) == part)

    @cached_property
    def former(self) -> Former | None:
        """`former_of` the version."""
        return former_of(self)

    @cached_property
    def hands(self) -> list[Hand]:
        """`hands_of` what the newest draft has otherwise than what was approved last."""
        return hands_of(self, changes_of(self))

    @property
    def began_at(self) -> datetime:
        """When the stage did that the review is at; where there is none, now."""
        return (self.task_state.started_at if self.task_state is not None else None) or timezone.now()

    @property
    def read_against(self) -> Face | None:
        """The approved Face of a translation's original or, until there is one, that of its newest draft."""
        original = self.pair.original
        if self.is_original or original.page is None:
            return None
        return original.approved_face or original.face

    @cached_property
    def approved_face(self) -> Face | None:
        """`face_of` what was approved last and stands."""
        return face_of(self.approval)

    @property
    def read_revision(self) -> Revision | None:
        """The original's that a translation is read against: the approved one or, where the original was withdrawn
        and the translation stayed, the one that it was read against last.
        """
        approved = self.pair.original.approval
        if self.is_original or approved is not None:
            return None if self.is_original or approved is None else approved.revision
        return self.approval.counterpart_revision if self.stands_alone and self.approval is not None else None

    @property
    def stands_alone(self) -> bool:
        """Whether it is the public translation of an original that was withdrawn, in the words of that."""
        pair = self.pair
        if self.is_original or not self.is_live or self.approval is None or pair.original.approval is not None:
            return False
        was_withdrawn = pair.original.language.code in pair.release.withdrawn_languages
        return was_withdrawn and self.approval.counterpart_hash == pair.release.source_hash
