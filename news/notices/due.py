"""Which notices are to be sent now, in one message: how long somebody is left in peace, and who is told once a day."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from uuid import UUID, uuid4

from django.db.models import F, Max, Min, Q, QuerySet

from home import clock
from news.models import DailyDigest, Event, Notice

from .failures import OF_A_PERSON

PAUSE = timedelta(minutes=10)
"""Whoever got a mail within it gets the next ones together in one."""
AT_ONCE = {
    Event.AMENDMENT,
    Event.BROUGHT_FORWARD,
    Event.CORRECTION,
    Event.EMBARGO_BROKEN,
    Event.FAILED,
    Event.HELD,
    Event.HELD_OVER,
    Event.MISSED,
    Event.NOT_AGREED,
    Event.TAKEN_DOWN,
    Event.URGENT,
    Event.URGENT_AHEAD,
    Event.WITHDRAWN,
}
"""Neither the pause nor the hour of a digest holds these up."""
CLAIM = timedelta(minutes=10)
"""How long a run that crashed keeps its notices from the others. Longer than a run may take."""


def recipients(now: datetime) -> list[int]:
    """Keys of the accounts for whom something waits: first whose was never tried, then whose waits longest.

    So nobody for whom the server breaks off each time holds up the others.
    """
    found = free(now).exclude(recipient=None).order_by().values("recipient")
    ordered = found.annotate(tries=Max("attempts"), oldest=Min("pk")).order_by("tries", "oldest")
    return list(ordered.values_list("recipient", flat=True))


def free(now: datetime) -> QuerySet[Notice]:
    """What no other run is sending."""
    return Notice.objects.waiting().filter(Q(claimed_at=None) | Q(claimed_at__lt=now - CLAIM))


def batches(recipient: int, now: datetime) -> Iterator[list[Notice]]:
    """Somebody's notices, oldest first, as messages; each is claimed when it is asked for. Not a lock: a slow mail
    server would hold the database.
    """
    tried: set[UUID] = set()
    while token := next_token(recipient, now, tried):
        tried.add(token)
        yield list(Notice.objects.waiting().filter(claim=token).select_related("release", "recipient"))


def next_token(recipient: int, now: datetime, tried: set[UUID]) -> UUID | None:
    """What went into a message that may have arrived goes out in the same one again, and under the same name."""
    mine = free(now).filter(recipient=recipient)
    is_urgent = mine.filter(attempts=0, event__in=AT_ONCE).exists()
    if not is_urgent and mine.filter(next_at__gt=now, reason__in=OF_A_PERSON).exists():
        return None
    mine = mine.filter(Q(next_at=None) | Q(next_at__lte=now))
    begun = mine.exclude(claim=None).exclude(claim__in=tried).order_by("pk").values_list("claim", flat=True).first()
    mine = mine.filter(claim=begun) if begun else of_now(recipient, now, mine.filter(claim=None))
    token = begun or uuid4()
    return token if mine.update(claim=token, claimed_at=now, attempts=F("attempts") + 1) else None


def of_now(recipient: int, now: datetime, fresh: QuerySet[Notice]) -> QuerySet[Notice]:
    """Of those that are in no message yet, those whose time has come."""
    hour = DailyDigest.objects.filter(user=recipient).values_list("hour", flat=True).first()
    urgent = Q(event__in=AT_ONCE)
    if hour is not None:
        return fresh.filter(urgent | Q(created_at__lt=last_digest(hour, now)))
    was_told = Notice.objects.filter(recipient=recipient, sent_at__gt=now - PAUSE).exists()
    return fresh.none() if was_told and not fresh.filter(urgent).exists() else fresh


def last_digest(hour: int, now: datetime) -> datetime:
    """The newest moment at which it was that hour. Where the clocks skip it, the one that they show instead."""
    here = clock.local(now)
    at = datetime.combine(here.date(), time(hour), tzinfo=clock.zone())
    return at if at <= here else datetime.combine(here.date() - timedelta(days=1), time(hour), tzinfo=clock.zone())
