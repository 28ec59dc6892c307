"""The kinds of work."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from home.languages import Words

if TYPE_CHECKING:
    from .worker import Run

JobFunction = Callable[["Run"], None]
"""Is given each attempt at the work."""


@dataclass(frozen=True)
class JobKind:
    name: str
    label: Words
    run: JobFunction
    lease: timedelta
    """How long it may be silent before somebody else takes it up; each `Run.tell()` begins it anew."""


REGISTER: dict[str, JobKind] = {}
"""{name: JobKind}"""


def job(name: str, label: Words, lease: timedelta = timedelta(minutes=2)) -> Callable[[JobFunction], JobFunction]:
    """Register a function of a Run. It is called again after whatever broke it off, and must end all the same."""

    def registered(run: JobFunction) -> JobFunction:
        REGISTER[name] = JobKind(name, label, run, lease)
        return run

    return registered
