"""What runs by itself: whether it ever did, how it ended, and when the last backup was made."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from news import backup, health
from news.models import Heartbeat
from news.notices import undelivered

from .diagnosis import Diagnosis, mend, note, well

OLD = timedelta(days=2)
"""Of a backup: one is made every night."""


def commands() -> Iterator[Diagnosis]:
    beats = {beat.command: beat for beat in Heartbeat.objects.order_by("command")}
    never = [name for name in health.EVERY_MINUTE if name not in beats or beats[name].ran_at is None]
    if never and not settings.READ_ONLY:
        do = "Start the worker: systemctl enable --now newsroom-worker. Nothing is released by schedule without it."
        yield mend("commands", f"{', '.join(never)} never ran", do)
    for name, beat in beats.items():
        if beat.failure:
            do = f"Mend what this names; manage.py {name} tries it again."
            yield mend("commands", f"the last run of {name} failed: {beat.failure}", do)
        elif beat.ran_at:
            yield well("commands", f"{name} ran {ago(beat.ran_at)}")


def notices() -> Iterator[Diagnosis]:
    count = undelivered.counts()
    if count["failing"]:
        do = "They are tried again by themselves. Publishers see on their desk to whom, and why; manage.py check_mail."
        yield note("notices", f"{count['failing']} of {count['waiting']} that wait were tried in vain", do)
    else:
        yield well("notices", f"{count['waiting']} wait to be sent")


def backups() -> Iterator[Diagnosis]:
    """Of `manage.py backup`, wherever it wrote; else by what lies in its own folder."""
    if settings.READ_ONLY:
        return
    at = Heartbeat.objects.filter(command="backup").values_list("succeeded_at", flat=True).first()
    made = backup.made_in(settings.VAR_DIR / "backups")
    at = at or (made[-1][0] if made else None)
    do = "systemctl enable --now newsroom-backup.timer, and let something take them to another machine."
    if at is None:
        yield note("backups", "none is known of", f"{do} If you have others, verify them.")
    elif timezone.now() - at > OLD:
        yield mend("backups", f"the last was made {ago(at)}", do)
    else:
        yield well("backups", f"the last was made {ago(at)}")


def ago(at: datetime) -> str:
    seconds = round((timezone.now() - at).total_seconds())
    for unit, length in (("days", 86400), ("hours", 3600), ("minutes", 60)):
        if seconds >= 2 * length:
            return f"{seconds // length} {unit} ago"
    return f"{seconds} seconds ago"
