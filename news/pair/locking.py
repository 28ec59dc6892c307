"""Who may write in a version now, and who may not."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from wagtail.locks import BaseLock, BasicLock

from .locks import ApprovedLock, ClaimedLock, CorrectionLock, FrozenLock, SignedOffLock

if TYPE_CHECKING:
    from wagtail.models import Page, Task, TaskState

    from news.models import Claim, SignOff

    from .face import Face
    from .pair import Pair


class Locking:
    """Part of a news.pair.version.Version."""

    pair: Pair
    page: Page | None

    if TYPE_CHECKING:

        @property
        def face(self) -> Face: ...

        @property
        def is_live(self) -> bool: ...

        @property
        def is_pending(self) -> bool: ...

        @property
        def task(self) -> Task | None: ...

        @property
        def task_state(self) -> TaskState | None: ...

        def is_decided_by(self, user: User) -> bool: ...

    @cached_property
    def signed(self) -> SignOff | None:
        """The newest SignOff of the stage that the review is at, be it of the words as they are now or not."""
        return self.pair.reading.sign_offs.get(self.task_state.pk) if self.task_state is not None else None

    @property
    def sign_off(self) -> SignOff | None:
        """What waits for somebody's yes."""
        is_waiting = self.signed is not None and self.task_state is not None and self.signed.stamp == self.face.stamp
        return self.signed if is_waiting else None

    @property
    def claim(self) -> Claim | None:
        """Whoever corrects it at the stage that the review is at, as long as that is theirs to decide."""
        claim = getattr(self.task_state, "claim", None)
        if claim is None or claim.user is None or not claim.user.is_active:
            return None
        return claim if self.is_decided_by(claim.user) else None

    @cached_property
    def house_lock(self) -> BaseLock | None:
        """What its release keeps as it is."""
        if self.page is None:
            return None
        if self.is_pending:
            return ApprovedLock(self.page)
        if self.pair.is_frozen:
            return FrozenLock(self.page, self.pair.release)
        if self.sign_off:
            return SignedOffLock(self.page)
        if self.is_live and self.pair.correction is not None:
            return CorrectionLock(self.page)
        return ClaimedLock(self.page, self.claim) if self.claim is not None else None

    @cached_property
    def lock(self) -> BaseLock | None:
        """What `page.get_lock()` would say, without asking again for what is known here."""
        if self.page is None or self.house_lock is not None:
            return self.house_lock
        if self.page.locked:
            return BasicLock(self.page)
        return self.task and self.task.lock_class(self.page, self.task)

    def is_locked_for(self, user: User) -> bool:
        return bool(self.lock and self.lock.for_user(user))
