"""Run in a process of its own, on a database that other processes use at the same moment.

python -m news.tests.mail_process STEP [ARGUMENT]
"""

import os
import sys
import time
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def prepare(number):
    """That many people, each with a notice that waits."""
    from news.models import Event, Notice

    from .pairs import member_of

    for count in range(int(number)):
        person = member_of("Publishers", username=f"p{count}", email=f"p{count}@office.test")
        Notice.objects.create(event=Event.SITE_WORDS, about="one", path="/cms/", recipient=person)


def stop_before_it_is_written():
    """Send, and stop when the server has said that it has the first message."""
    from news.notices import outbox

    def stops(notices):
        print("taken", flush=True)
        time.sleep(600)

    outbox.mark_as_sent = stops
    outbox.deliver()


def let_time_pass():
    from news.models import Notice

    for notice in Notice.objects.exclude(claimed_at=None):
        Notice.objects.filter(pk=notice.pk).update(claimed_at=notice.claimed_at - timedelta(minutes=11))


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings.dev")

    import django

    django.setup()
    globals()[sys.argv[1]](*sys.argv[2:])
