"""What runs again and again: by `worker`, or each command by a line of a crontab."""

import logging
import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, OutputWrapper
from django.db import DatabaseError, InterfaceError, OperationalError, close_old_connections
from django.utils import timezone

from home import clock, reading
from news import jobs
from news.models import Heartbeat
from news.release.schedule import came_due

logger = logging.getLogger(__name__)

NIGHT = 3
"""The hour of the site's clock in which the daily commands run."""
OUTAGE = 10
"""Seconds until the next try where the database was away."""
MINUTE = 60


class RegularCommand(BaseCommand):
    """A command whose runs are written down, whoever starts them."""

    stealth_options = ("until",)
    """`until()`, of `worker` alone: says that what is left is to wait for the next run."""
    run: Callable[..., None]
    """What the command does, in place of `handle`."""

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.READ_ONLY:  # a timer that comes to nothing has not failed
            self.stdout.write(reading.said())
            return
        with written_down(self.__module__.rpartition(".")[2]):
            self.run(**options)


@contextmanager
def written_down(command: str) -> Iterator[None]:
    try:
        yield
    except CommandError as error:  # it has come to its end, and names what failed
        note(command, str(error))
        raise
    except Exception as error:
        note(command, f"{type(error).__name__}: {error}", has_ended=False)
        raise
    else:
        note(command)


def note(command: str, failure: str = "", has_ended: bool = True) -> None:
    """Where it cannot be written, the run counts all the same."""
    try:
        Heartbeat.objects.write(command, failure.replace("\0", ""), has_ended)
    except (DatabaseError, InterfaceError) as error:
        logger.warning("It is not written down that %s has run: %s", command, error)


def is_its_night(command: str) -> Callable[[datetime, datetime], bool]:
    def is_due(since: datetime, now: datetime) -> bool:
        here = clock.local(now)
        begins = here.replace(hour=NIGHT, minute=0, second=0, microsecond=0)
        return here.hour == NIGHT and Heartbeat.objects.take_up(command, begins)

    return is_due


@dataclass(frozen=True)
class Regular:
    command: str
    every: float = MINUTE
    """Seconds between two runs, at most."""
    look: float = MINUTE
    """Seconds between two looks whether it is due earlier."""
    is_due: Callable[[datetime, datetime], bool] | None = None
    """Asked with the moment of the last run, and now."""


REGULAR = [
    Regular("release_due", look=2, is_due=came_due),
    Regular("send_notices"),
    Regular("work", look=5, is_due=lambda since, now: jobs.is_due(now)),
    Regular("check_links", every=math.inf, is_due=is_its_night("check_links")),
]


def keep_running(regular: Regular, over: threading.Event, stdout: OutputWrapper | StringIO) -> None:
    """Run one command until it is `over`, after each failure as after success: nothing but `over` ends it.

    Intervals are counted by a clock that nobody sets. What an outage of the database broke off is tried again in
    seconds.
    """
    since = timezone.now()
    next_at = math.inf if regular.every == math.inf else time.monotonic()
    while not over.is_set():
        pause = regular.look
        close_old_connections()
        try:
            now = timezone.now()
            is_early = regular.is_due is not None and regular.is_due(min(since, now), now)
            if is_early or time.monotonic() >= next_at:
                try:
                    call_command(regular.command, until=over.is_set, stdout=stdout)
                except CommandError as error:  # it has come to its end, and names what failed
                    logger.error("%s: %s", regular.command, error)
                since, next_at = now, time.monotonic() + regular.every
        except (OperationalError, InterfaceError) as error:
            logger.error("%s: the database: %s", regular.command, error)
            pause = OUTAGE
        except Exception:
            logger.exception("%s", regular.command)
            pause = MINUTE
        finally:
            stdout.flush()
        over.wait(pause)
