"""Sending what is to be told. Safe to run on every node at once and after a crash."""

import logging
from datetime import datetime, timedelta
from uuid import uuid4

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from wagtail.models import WorkflowState

from home.languages import LANGUAGES
from news.models import Event, Notice
from news.pair.pair import Pair
from news.pair.readiness import ready

from . import mail, robots

logger = logging.getLogger(__name__)

PAUSE = timedelta(minutes=10)
"""Whoever got a mail within it gets the next ones together in one."""
AT_ONCE = {
    Event.BROUGHT_FORWARD,
    Event.EMBARGO_BROKEN,
    Event.FAILED,
    Event.MISSED,
    Event.TAKEN_DOWN,
    Event.URGENT,
    Event.URGENT_AHEAD,
    Event.WITHDRAWN,
}
CLAIM = timedelta(minutes=10)
"""How long a run that crashed keeps its notices from the others."""
ATTEMPTS = 8
KEPT = timedelta(days=90)


def deliver(now: datetime | None = None) -> tuple[int, int]:
    """Send what is due: (messages sent, messages that failed). What failed is tried again by the next runs."""
    now = now or timezone.now()
    sent = failed = 0
    for recipient in waiting(now).order_by().values_list("recipient", flat=True).distinct():
        if recipient is not None and pauses(recipient, now):
            continue
        notices = claim(recipient, now)
        true = [notice for notice in notices if still_true(notice)]
        try:
            if true:
                (mail.send if recipient else robots.post)(true)
                sent += 1
        except Exception:
            logger.exception("Not sent: %s", ", ".join(map(str, true)))
            failed += 1
            release_claim(notices)
        else:
            Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(sent_at=timezone.now())
    Notice.objects.filter(sent_at__lt=now - KEPT).delete()
    return sent, failed


def waiting(now: datetime) -> QuerySet[Notice]:
    free = Q(claim=None) | Q(claimed_at__lt=now - CLAIM)
    return Notice.objects.filter(free, sent_at=None, attempts__lt=ATTEMPTS)


def pauses(recipient: int, now: datetime) -> bool:
    mine = Notice.objects.filter(recipient=recipient)
    return (
        mine.filter(sent_at__gt=now - PAUSE).exists()
        and not waiting(now).filter(recipient=recipient, event__in=AT_ONCE).exists()
    )


def claim(recipient: int | None, now: datetime) -> list[Notice]:
    """The notices that this run sends and no other does. Not a lock: a slow mail server would hold the database."""
    token = uuid4()
    waiting(now).filter(recipient=recipient).update(claim=token, claimed_at=now, attempts=F("attempts") + 1)
    return list(Notice.objects.filter(claim=token).select_related("release", "recipient"))


def release_claim(notices: list[Notice]) -> None:
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(claim=None, claimed_at=None)


def still_true(notice: Notice) -> bool:
    """Whether there is still something to do: somebody else may have done it meanwhile."""
    if notice.release is None:
        return True
    pair = Pair(notice.release)
    if not pair.pages:
        return False
    if notice.event == Event.AWAITS_REVIEW:
        page = pair.versions[LANGUAGES[notice.language]].page
        if page is None:
            return False
        going_on = WorkflowState.objects.for_instance(page).filter(status=WorkflowState.STATUS_IN_PROGRESS)
        return bool(going_on.exists())
    return notice.event != Event.READY or bool(ready(pair))
