"""Asking for work, taking it up and ending it. Each is one statement, so that of two processes one is too late."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import User
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from news.models import Job
from news.models.release import name_of

from .register import REGISTER

KEPT = timedelta(days=30)
"""How long what has ended stays in the list."""


class TakenAway(Exception):
    """Somebody else has the lease: this process was too slow, and what it does counts no more."""


class Cancelled(Exception):
    """Somebody asked for the end."""


def ask(
    kind: str, key: object, data: dict[str, Any] | None = None, user: User | None = None, due_at: datetime | None = None
) -> None:
    """Ask for work, unless the same is waiting or being done already. `key` says what it is about."""
    wanted = Job(
        kind=kind,
        key=str(key),
        data=data or {},
        asked_by=user,
        asked_by_name=name_of(user),
        due_at=due_at or timezone.now(),
    )
    Job.objects.bulk_create([wanted], ignore_conflicts=True)


def waiting(now: datetime) -> QuerySet[Job]:
    """Open Jobs that nobody holds."""
    free = Q(lease=None) | Q(leased_until__lt=now)
    return Job.objects.filter(free, ended_at=None)


def is_due(now: datetime) -> bool:
    """Whether there is anything to do."""
    return waiting(now).filter(due_at__lte=now, kind__in=REGISTER).exists()


def claim(rows: QuerySet[Job]) -> Job | None:
    """The first Job of a queryset that this call gets, or None."""
    now = timezone.now()
    for key, kind in rows.order_by("due_at", "pk").values_list("pk", "kind")[:20]:
        taken = {"lease": uuid4(), "leased_until": now + REGISTER[kind].lease, "claims": F("claims") + 1}
        if waiting(now).filter(pk=key).update(**taken):
            return Job.objects.get(pk=key)
    return None


def renew(job: Job, lease: timedelta, **progress: int) -> None:
    """Say that it is still being worked on, and how far it is. Raises TakenAway or Cancelled."""
    if not held(job).update(leased_until=timezone.now() + lease, **progress):
        raise TakenAway
    if Job.objects.filter(pk=job.pk, cancel_asked=True).exists():
        raise Cancelled


def end(job: Job, outcome: str, error: str = "") -> bool:
    """Whether this process ended it."""
    return bool(held(job).update(ended_at=timezone.now(), outcome=outcome, error=error, lease=None))


def put_back(job: Job, due_at: datetime, error: str) -> None:
    """Let it wait for another attempt."""
    held(job).update(lease=None, due_at=due_at, error=error, failures=F("failures") + 1)


def held(job: Job) -> QuerySet[Job]:
    """The row of a Job that this process still holds."""
    return Job.objects.filter(pk=job.pk, lease=job.lease, ended_at=None)


def cancel(job: Job) -> bool:
    """End a job that nobody is at, or have it end at its next step; whether that was in time."""
    now = timezone.now()
    if waiting(now).filter(pk=job.pk).update(ended_at=now, outcome=Job.Outcome.CANCELLED, lease=None):
        return True
    return bool(Job.objects.filter(pk=job.pk, ended_at=None).update(cancel_asked=True))


def forget_old(now: datetime | None = None) -> None:
    """Delete what ended longer ago than KEPT."""
    Job.objects.filter(ended_at__lt=(now or timezone.now()) - KEPT).delete()
