"""Sending what is to be told: one run at a time, however many are started, and nothing is lost where one crashes.

What was sent is sent once. Between a server's word that it has a message and the row that says so there is a moment in
which a run may be killed: then that one message goes out again, under the same Message-ID, which mail programs know.
"""

import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError, InterfaceError
from django.utils import timezone

from home import one_process, smtp
from home.http_client import Deadline
from news.models import Carrier, Notice

from . import due, failures, mail, robots
from .robot_address import Robot
from .standing import still_stands

logger = logging.getLogger(__name__)

KEY = 0x4E6F7465
"""Of the lock on PostgreSQL."""
RUN = 120
"""Seconds for all that one run sends; the next goes on where it ended."""
KEPT = timedelta(days=90)


class AnotherRunSends(Exception):
    pass


@dataclass
class Tally:
    """Messages."""

    sent: int = 0
    failed: int = 0


def deliver(now: datetime | None = None) -> tuple[int, int]:
    """Send what is due: (messages sent, messages that failed). What failed is tried again, later and later."""
    now = now or timezone.now()
    tally = Tally()
    try:
        with one_process.alone("send_notices", KEY, another_run_sends), smtp.within(RUN) as deadline:
            to_people(now, tally, deadline)
            to_robots(now, tally, deadline)
    except AnotherRunSends:
        return 0, 0
    Notice.objects.filter(created_at__lt=now - KEPT).exclude(sent_at=None, given_up_at=None).delete()
    return tally.sent, tally.failed


def another_run_sends() -> None:
    raise AnotherRunSends


def to_people(now: datetime, tally: Tally, deadline: Deadline) -> None:
    carrier = Carrier.objects.named(Carrier.MAIL)
    if carrier.pauses(now):
        return
    for recipient in due.recipients(now):
        for notices in due.batches(recipient, now):
            failure = try_to_send(notices, carrier, tally)
            if failure is not None:
                put_off(notices, failure, now)
                if failure.is_outage:
                    leave_alone(carrier, failure, now)
                    return
                if failure.reason in failures.OF_A_PERSON:
                    break
            if deadline.is_over:
                return


def try_to_send(notices: list[Notice], carrier: Carrier, tally: Tally) -> failures.Failure | None:
    """One message to one person, or none where nothing of it stands any more."""
    standing = [notice for notice in notices if still_stands(notice)]
    try:
        if standing and mail.send(standing):
            tally.sent += 1
            carrier.answers()
    except (DatabaseError, InterfaceError):
        raise
    except Exception as error:
        failure = failures.of(error)
        logger.warning("Not sent: %s (%s)", ", ".join(map(str, standing)), failure)
        tally.failed += 1
        if not failure.is_outage:
            carrier.answers()
        return failure
    mark_as_sent(notices)
    return None


def to_robots(now: datetime, tally: Tally, deadline: Deadline) -> None:
    """Each by itself: one that is away keeps nothing from the others, and they get nothing twice when it is back."""
    there = robots.there()
    Carrier.objects.exclude(name__in=[Carrier.MAIL, *(robot.name for robot in there)]).delete()
    waiting = list(Notice.objects.waiting().filter(recipient=None).select_related("release"))
    standing = [notice for notice in waiting if still_stands(notice)]
    for robot in there:
        carrier = Carrier.objects.named(robot.name)
        if not carrier.pauses(now):
            to_robot(
                robot, carrier, [found for found in standing if robot.name not in told(found)], now, tally, deadline
            )
    everybody = {robot.name for robot in there}
    mark_as_sent([notice for notice in waiting if notice not in standing or told(notice) >= everybody])


def to_robot(
    robot: Robot, carrier: Carrier, notices: list[Notice], now: datetime, tally: Tally, deadline: Deadline
) -> None:
    for part, text in robots.parts(notices):
        if deadline.is_over:
            return
        try:
            robots.post(robot, text)
        except Exception as error:
            failure = failures.of(error)
            logger.warning("Not sent to %s: %s (%s)", robot.name, ", ".join(map(str, part)), failure)
            tally.failed += 1
            put_off(part, failure, now)
            leave_alone(carrier, failure, now)
            return
        tally.sent += 1
        carrier.answers()
        for notice in part:
            notice.robots_told = " ".join(sorted({*told(notice), robot.name}))
        Notice.objects.bulk_update(part, ["robots_told"])


def told(notice: Notice) -> set[str]:
    """Names of the robots that have it."""
    return set(notice.robots_told.split())


def put_off(notices: list[Notice], failure: failures.Failure, now: datetime) -> None:
    for notice in notices:
        notice.fail(failure.reason, failure.said, now)
        notice.claimed_at = None
        notice.refusals += failure.is_refusal
        notice.given_up_at = now if notice.refusals >= failures.REFUSALS else None
        times = notice.refusals if failure.is_refusal else notice.attempts
        notice.next_at = None if failure.is_outage else now + failure.wait(times)
    changed = ["reason", "said", "failing_since", "claimed_at", "refusals", "given_up_at", "next_at"]
    Notice.objects.bulk_update(notices, changed)


def leave_alone(carrier: Carrier, failure: failures.Failure, now: datetime) -> None:
    carrier.fail(failure.reason, failure.said, now)
    carrier.attempts += 1
    carrier.next_at = now + failure.wait(carrier.attempts)
    carrier.save()


def mark_as_sent(notices: Collection[Notice]) -> None:
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(sent_at=timezone.now())
