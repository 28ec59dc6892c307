"""Where a release stands as a whole."""

from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .pair import Pair, VersionState
from .readiness import ready
from .stops import is_stopped_at

ATTEMPTS = 3
"""How often a release that fails is tried."""
IN_HAND = {VersionState.IN_REVIEW, VersionState.APPROVED}
"""Of a version that reviewers have, or have done with."""


class ReleaseState(models.TextChoices):
    DRAFTING = "drafting", _("Drafting")
    IN_REVIEW = "in_review", _("In review")
    RETURNED = "returned", _("Returned for changes")
    READY = "ready", _("Ready")
    SCHEDULED = "scheduled", _("Scheduled")
    MISSED = "missed", _("Missed")
    LIVE = "live", pgettext_lazy("state", "Live")
    LIVE_WITH_CHANGES = "live_with_changes", _("Live · changes pending")
    WITHDRAWN = "withdrawn", _("Withdrawn")


def state_of(pair: Pair) -> ReleaseState:
    at = pair.release.release_at
    missed = at is not None and at <= timezone.now() and is_missed(pair, at)
    return ReleaseState.MISSED if missed else state_at_any_time(pair)


def state_at_any_time(pair: Pair) -> ReleaseState:
    """Without asking what time it is: Scheduled stays Scheduled once its moment has passed."""
    release = pair.release
    states = {version.state for version in pair.versions.values()}
    if release.release_at:
        return ReleaseState.SCHEDULED
    if release.withdrawn_at and not pair.is_live and states <= {VersionState.MISSING, VersionState.DRAFTING}:
        return ReleaseState.WITHDRAWN
    if ready(pair):
        return ReleaseState.READY
    if pair.is_live:
        changed = states & IN_HAND or any(version.has_changes for version in pair.versions.values() if version.is_live)
        return ReleaseState.LIVE_WITH_CHANGES if changed else ReleaseState.LIVE
    if VersionState.CHANGES_ASKED in states and VersionState.IN_REVIEW not in states:
        return ReleaseState.RETURNED
    return ReleaseState.IN_REVIEW if states & IN_HAND else ReleaseState.DRAFTING


def is_missed(pair: Pair, at: datetime) -> bool:
    """Whether a moment that has passed releases nothing by itself: approved too late, stopped, or failed too
    often.
    """
    if is_stopped_at(pair, at):
        return True
    approved = [version.approval.approved_at for version in ready(pair) if version.approval]
    return not approved or max(approved) > at or pair.release.failures >= ATTEMPTS
