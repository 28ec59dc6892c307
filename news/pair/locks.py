"""What keeps a version as it is: each of these locks, beside Wagtail's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.locks import BaseLock
from wagtail.models import Page

from home import clock
from home.languages import Words

from .refusals import Frozen

if TYPE_CHECKING:
    from news.models import Claim, Release

    from .pair import Pair


class HouseLock(BaseLock):
    """For everybody, superusers too."""

    message: Words = ""
    locked_by: Words = ""
    description: Words = ""

    def for_user(self, user: User | None) -> bool:
        return True

    def get_message(self, user: User | None) -> str:
        return str(self.message)

    def get_locked_by(self, user: User | None) -> str:
        return str(self.locked_by)

    def get_description(self, user: User | None) -> str:
        return str(self.description)


class ApprovedLock(HouseLock):
    """An approved version waits for its release as it is."""

    message = gettext_lazy("This version is approved and waits for its release. Take back the approval to change it.")
    locked_by = gettext_lazy("Locked by approval")
    description = gettext_lazy("Nobody can change an approved version")


class FrozenLock(HouseLock):
    """A publisher has opened the urgent release: what they read is what goes out."""

    locked_by = gettext_lazy("Locked for an urgent release")
    description = gettext_lazy("Nobody can change a version that is about to be released urgently")

    def __init__(self, page: Page, release: Release) -> None:
        super().__init__(page)
        self.release = release

    def get_message(self, user: User | None) -> str:
        return _(
            "%(name)s is about to release this urgently. Both versions stay as they are until %(time)s, %(zone)s: wait "
            "until then, or ask them to let others write again."
        ) % {"name": self.release.frozen_by_name, **moment(self.release)}


def refusal_of_freeze(pair: Pair) -> Frozen | None:
    """What anybody meets who would change what is being read for an urgent release."""
    release = pair.release
    return Frozen(name=release.frozen_by_name, **moment(release)) if pair.is_frozen else None


def require_not_frozen(pair: Pair) -> None:
    """Raises Frozen."""
    refusal = refusal_of_freeze(pair)
    if refusal is not None:
        raise refusal


def moment(release: Release) -> dict[str, str]:
    """The time of day at which a freeze ends, and whose time that is."""
    if release.frozen_until is None:
        return {"time": "", "zone": ""}
    time = date_format(clock.local(release.frozen_until), "H:i")
    return {"time": time, "zone": clock.name(release.frozen_until)}


class SignedOffLock(HouseLock):
    """What somebody signed off with corrections waits for another's yes as it is."""

    message = gettext_lazy(
        "This version is signed off with corrections and waits for somebody else to agree. Return it for changes to "
        "change it."
    )
    locked_by = gettext_lazy("Locked by sign-off")
    description = gettext_lazy("Nobody can change a version that is signed off")


class CorrectionLock(HouseLock):
    """A correction of what is public waits for another's yes as it was written."""

    message = gettext_lazy(
        "A correction of this version waits for somebody else to approve it. Give the correction up to change it."
    )
    locked_by = gettext_lazy("Locked by a correction")
    description = gettext_lazy("Nobody can change a version whose correction waits for approval")


class ClaimedLock(HouseLock):
    """A reviewer corrects it, and nobody else meanwhile."""

    locked_by = gettext_lazy("Locked by a reviewer who corrects")
    description = gettext_lazy("Only the reviewer who corrects can change it")

    def __init__(self, page: Page, claim: Claim) -> None:
        super().__init__(page)
        self.claim = claim

    def for_user(self, user: User | None) -> bool:
        return user is None or user.pk != self.claim.user_id

    def get_message(self, user: User | None) -> str:
        if not self.for_user(user):
            return _("You are correcting this version: nobody else can change it until you are done.")
        return _(
            "%(name)s is correcting this version. Wait until they are done; a reviewer can take it over on the "
            "release's page."
        ) % {"name": self.claim.user_name}
