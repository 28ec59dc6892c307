"""What readers get of a version, who made it so, and what was approved of it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from .authors import authors_of, changes_of
from .face import FORMAT, Face

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
        return Face.of(self.newest, self.read_against)

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
