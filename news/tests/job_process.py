"""Work that is killed, in processes of its own on a database of its own.

python -m news.tests.job_process FILE
"""

import os
import random
import signal
import sys
import time
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STEPS, KILLS = 30, 20
LEASE = timedelta(seconds=0.15)


def main(file):
    """Kills whoever works twenty times, then lets one go on; prints the job as it is then."""
    from django.db import connections

    from news import jobs
    from news.models import Job

    @jobs.job("count", "Counting", LEASE)
    def count(run):
        for number in range(run.done, STEPS):
            note(file, f"step {number}")
            run.tell(number + 1, STEPS)
            time.sleep(0.02)

    jobs.ask("count", "to thirty")
    connections.close_all()
    for _kill in range(KILLS):
        worker = os.fork()
        if worker == 0:
            for _job in jobs.work():
                note(file, "ended")
            os._exit(0)
        time.sleep(random.uniform(0, 0.3))
        os.kill(worker, signal.SIGKILL)
        os.waitpid(worker, 0)
    deadline = time.monotonic() + 20
    while Job.objects.filter(ended_at=None).exists() and time.monotonic() < deadline:
        for _job in jobs.work():
            note(file, "ended")
        time.sleep(0.05)
    job = Job.objects.get()
    print(job.outcome or f"open: {job.error}", job.done, job.total, job.claims)


def note(file, words):
    with Path(file).open("a") as log:
        log.write(f"{words}\n")


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]

    import django

    django.setup()
    main(sys.argv[1])
