"""The kinds of work."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any


@dataclass(frozen=True)
class JobKind:
    name: str
    label: Any
    run: Callable
    """Called with a news.jobs.worker.Run."""
    lease: timedelta
    """How long it may be silent before somebody else takes it up; each `Run.tell()` begins it anew."""


REGISTER: dict[str, JobKind] = {}
"""{name: JobKind}"""


def job(name, label, lease=timedelta(minutes=2)):
    """Register a function of a Run. It is called again after whatever broke it off, and must end all the same."""

    def registered(run):
        REGISTER[name] = JobKind(name, label, run, lease)
        return run

    return registered
