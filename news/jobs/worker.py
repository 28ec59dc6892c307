"""Doing what was asked for."""

import logging
from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from news.models import Job

from . import queue
from .register import REGISTER, JobKind

logger = logging.getLogger(__name__)

ATTEMPTS = 5
"""How often work that fails is tried; between attempts it waits 1, 2, 4, 8 minutes."""
CLAIMS = 100
"""How often work is taken up that ends neither well nor badly: its process is killed each time."""
FIRST_PAUSE = timedelta(minutes=1)


class Run:
    """One attempt at a job, as its function sees it."""

    def __init__(self, job: Job, kind: JobKind) -> None:
        self.job, self.kind = job, kind
        self.data = job.data

    @property
    def done(self) -> int:
        """The step that an earlier attempt came to."""
        return self.job.done

    def tell(self, done: int, total: int) -> None:
        """Say how far it is. Raises what ends the attempt, so that nobody needs to ask."""
        queue.renew(self.job, self.kind.lease, done=done, total=total)
        self.job.done, self.job.total = done, total


def work(until: Callable[[], bool] | None = None) -> list[Job]:
    """Do everything that is due; returns the Jobs that this call ended. `until()` says when to leave the rest."""
    ended = []
    while until is None or not until():
        now = timezone.now()
        job = queue.claim(queue.waiting(now).filter(due_at__lte=now, kind__in=REGISTER))
        if job is None:
            break
        try:
            if attempt(job):
                ended.append(job)
        except Exception:  # not even the failure could be noted: the lease ends by itself
            logger.exception("Broken off: %s", job)
    queue.forget_old()
    return ended


def do_now(kind: str, key: object) -> bool:
    """Do open work at once, in this process. Whether there was any, and it was done; raises what it raises."""
    rows = queue.waiting(timezone.now()).filter(kind=kind, key=str(key))
    job = queue.claim(rows)
    if job is None:
        return False
    return attempt(job, quietly=False)


def attempt(job: Job, quietly: bool = True) -> bool:
    """Whether it ended the job."""
    kind = REGISTER[job.kind]
    if job.claims > CLAIMS:
        return queue.end(job, Job.Outcome.FAILED, job.error or "taken up too often")
    try:
        if job.cancel_asked:
            raise queue.Cancelled
        kind.run(Run(job, kind))
    except queue.TakenAway:
        logger.warning("Taken away: %s", job)
        return False
    except queue.Cancelled:
        return queue.end(job, Job.Outcome.CANCELLED)
    except Exception as error:
        logger.exception("Failed: %s", job)
        words = f"{type(error).__name__}: {error}".replace("\0", "")
        if not quietly:
            queue.put_back(job, timezone.now() + FIRST_PAUSE, words)
            raise
        if job.failures + 1 >= ATTEMPTS:
            return queue.end(job, Job.Outcome.FAILED, words)
        queue.put_back(job, timezone.now() + FIRST_PAUSE * 2**job.failures, words)
        return False
    return queue.end(job, Job.Outcome.DONE)
