"""Long work that nobody waits for.

A kind of work is a function that is registered by name and may be broken off anywhere: it is called again, and goes on
where it finds itself. `ask()` asks for work in the transaction of whatever needs it. `manage.py work` does it, by
`worker` or from a crontab, on as many nodes as one likes; `do_now()` does it at once.
"""

from .queue import ask, cancel, forget_old, is_due
from .register import REGISTER, JobKind, job
from .worker import Run, do_now, work

__all__ = ["REGISTER", "JobKind", "Run", "ask", "cancel", "do_now", "forget_old", "is_due", "job", "work"]
