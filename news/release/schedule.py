"""An embargo: one moment for both languages. Rows 10, 11 and 22 of the transitions."""

import logging
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, Min, Q, QuerySet, Subquery
from django.utils import timezone

from home.gate import Refused
from news import trail
from news.findings.judged import require_settled
from news.models import Heartbeat, Release
from news.pair.embargo import ahead
from news.pair.pair import Pair
from news.pair.readiness import to_release
from news.pair.refusals import IdentityNotConfirmed, InThePast, Missed, NotScheduled
from news.pair.rules import require_identity, require_publisher, require_reason
from news.pair.stamps import approvals, require_seen
from news.pair.state import ATTEMPTS
from news.pair.stops import require_not_stopped_at

from .holding import locked
from .pictures import draw_approved
from .publishing import publish

logger = logging.getLogger(__name__)

SILENCE = timedelta(minutes=5)
"""How long nothing may have run; it runs every minute."""
LATE = timedelta(minutes=2)
"""How long what is due may wait for a run."""


def schedule(
    release: Release,
    at: datetime,
    user: User,
    seen: str | None = None,
    reason: str = "",
    password: str = "",
    is_confirmed: bool = False,
) -> None:
    """Set the moment of release; it may be set before everything is approved, and waits.

    `seen`: the stamp of what was shown to who sets it, see news.pair.stamps. Bringing an embargo forward that lies
    ahead takes a `reason` and the `password`, as breaking it does; not where who they are `is_confirmed` just now.
    """
    confirmed = is_confirmed or (bool(password) and require_identity(user, password))
    with locked(release) as pair:
        require_seen(pair, approvals, seen)
        require_publisher(user, pair)
        if at <= timezone.now():
            raise InThePast
        embargo = ahead(pair.release)
        if at == embargo:
            return
        details, action = {"at": at.isoformat()}, "schedule"
        if embargo is not None and at < embargo:
            require_reason(reason)
            if not confirmed:
                raise IdentityNotConfirmed
            action = "bring_forward"
            details |= {"until": embargo.isoformat(), "reason": reason}
        pair.release.release_at, pair.release.failures, pair.release.failure = at, 0, ""
        pair.release.save(update_fields=["release_at", "failures", "failure"])
        for page in pair.pages:
            trail.record(page, action, user, pair=pair, **details)


def unschedule(release: Release, user: User, reason: str = "") -> None:
    """Nothing goes out by itself any more. While the embargo lies ahead, a `reason` is due, and publishers are told."""
    with locked(release) as pair:
        require_publisher(user, pair)
        if pair.release.release_at is None:
            raise NotScheduled
        embargo = ahead(pair.release)
        if embargo is not None:
            require_reason(reason)
        until = embargo.isoformat() if embargo else ""
        pair.release.release_at, pair.release.failures, pair.release.failure = None, 0, ""
        pair.release.save(update_fields=["release_at", "failures", "failure"])
        for page in pair.pages:
            trail.record(page, "unschedule", user, pair=pair, until=until, reason=reason)


def release_due(now: datetime | None = None) -> tuple[list[Release], list[Release], list[Release]]:
    """Release what is due: ([released], [missed], [failed]) as Releases. Safe to start on every node at once.

    What cannot be released holds up nothing else: a failure is written down, tried again twice and then left to a
    publisher.
    """
    now = now or timezone.now()
    done, missed, failed = [], [], []
    due = Release.objects.filter(release_at__lte=now, failures__lt=ATTEMPTS).order_by("release_at", "pk")
    for found in list(due):
        try:
            if release_one(found, now):
                done.append(found)
        except Refused as refusal:
            logger.warning("Not released by schedule: %s (%s)", found, refusal)
            missed.append(found)
        except Exception as error:
            logger.exception("Release failed: %s", found)
            note_failure(found, error)
            failed.append(found)
    return done, missed, failed


def came_due(since: datetime, now: datetime) -> bool:
    """Whether a moment has come since another one."""
    return Release.objects.filter(release_at__gt=since, release_at__lte=now).exists()


def not_run_since(now: datetime) -> datetime | None:
    """Since when nothing releases what is due: a run that ended is too long ago, or none has come to what was due.

    None where all is well, and where nothing is due on a site that has never released anything by schedule. A run that
    lies ahead is of a clock that was set back.
    """
    ran_at = runs().values_list("ran_at", flat=True).first()
    return silent_since(ran_at, late(now).aggregate(since=Min("release_at"))["since"], now)


def silent_since(ran_at: datetime | None, late: datetime | None, now: datetime) -> datetime | None:
    """`late`: the first moment that no run has come to."""
    return ran_at if ran_at is not None and abs(now - ran_at) > SILENCE else late


def runs() -> QuerySet[Heartbeat]:
    return Heartbeat.objects.filter(command="release_due").exclude(ran_at=None)


def late(now: datetime) -> QuerySet[Release]:
    """What is due, and has waited too long for a run."""
    ran_at = Subquery(runs().values("ran_at")[:1])
    uncome = Q(ran_at=None) | Q(release_at__gt=F("ran_at"))
    return Release.objects.annotate(ran_at=ran_at).filter(uncome, release_at__lt=now - LATE)


def release_one(found: Release, now: datetime) -> bool:
    """Whether this call released it; another node may have been faster."""
    draw_approved(Pair(found))
    with transaction.atomic():
        row = Release.objects.select_for_update(skip_locked=True).filter(pk=found.pk, release_at__lte=now).first()
        if row is None or row.release_at is None:
            return False
        at = row.release_at
        with locked(row) as pair:
            require_not_stopped_at(pair, at)
            versions = to_release(pair)
            if any(version.approval and version.approval.approved_at > at for version in versions):
                raise Missed
            require_settled(pair, versions, {"embargo"})
            publish(pair, versions, None, is_lifted=True, at=at.isoformat())
    return True


def note_failure(found: Release, error: Exception) -> None:
    with transaction.atomic():
        row = Release.objects.select_for_update().get(pk=found.pk)
        row.failures += 1
        row.failure = f"{type(error).__name__}: {error}"
        row.save(update_fields=["failures", "failure"])
        for page in Pair(row).pages:
            trail.record(page, "release_failed", reason=row.failure)
