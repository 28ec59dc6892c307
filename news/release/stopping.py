"""Putting a release on hold: for whoever works on it. Only a publisher lifts that. Rule 29."""

from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from news import trail
from news.models import Authorship, Release
from news.models.release import name_of
from news.pair.office_refusals import HeldAlready, NotHeld, NotYoursToHold
from news.pair.pair import Pair
from news.pair.rules import may_write, require_publisher, require_reason

from .holding import held

NOT_HELD: dict[str, Any] = {"held_at": None, "held_by": None, "held_by_name": "", "held_reason": ""}
"""What a Release says of a hold that there is none."""
FIELDS = [*NOT_HELD, "resumed_at"]


def may_hold(pair: Pair, user: User) -> bool:
    """Whoever may change either version, has it assigned, or wrote any of it."""
    if not user.is_active:
        return False
    if may_write(user, pair) or any(assigned.user_id == user.pk for assigned in pair.assignments.values()):
        return True
    if any(page.owner_id == user.pk for page in pair.pages):
        return True
    return Authorship.objects.filter(release=pair.release, user=user).exists()


def hold(release: Release, user: User, reason: str) -> None:
    """Nothing of it goes public until a publisher lifts this. What is public stays."""
    require_reason(reason)
    with held(release) as pair:
        if not may_hold(pair, user):
            raise NotYoursToHold
        row = pair.release
        if pair.is_held:
            raise HeldAlready(name=row.held_by_name)
        row.held_at, row.held_by, row.held_by_name = timezone.now(), user, name_of(user)
        row.held_reason = reason.strip()
        row.save(update_fields=FIELDS)
        for page in pair.pages:
            trail.record(page, "hold", user, page.latest_revision, pair, reason=row.held_reason)


def lift(release: Release, user: User) -> None:
    """A moment that has passed meanwhile is missed: somebody releases it, or sets another."""
    with held(release) as pair:
        require_publisher(user, pair)
        if not pair.is_held:
            raise NotHeld
        row, reason = pair.release, pair.release.held_reason
        for name, value in NOT_HELD.items():
            setattr(row, name, value)
        row.resumed_at = timezone.now()
        row.save(update_fields=FIELDS)
        for page in pair.pages:
            trail.record(page, "lift", user, page.latest_revision, pair, reason=reason)
