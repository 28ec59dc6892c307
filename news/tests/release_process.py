"""Run in a process of its own, on a database that other processes use at the same moment.

python -m news.tests.release_process STEP [ARGUMENT]
"""

import itertools
import os
import random
import signal
import sys
import time
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def prepare(number):
    """That many releases, approved in both languages and due. Prints their keys and paths."""
    from django.contrib.auth import get_user_model
    from django.utils import timezone

    from news.models import Approval, Release
    from news.release.approvals import write
    from news.release.schedule import schedule
    from news.release.submission import start_translating
    from news.translation.drafts import save_draft

    from .pairs import member_of
    from .scene import Scene, moment

    publisher = member_of("Publishers", username="publisher")
    author = get_user_model().objects.create_user("author")
    for _count in range(int(number)):
        scene = Scene()
        scene.author = scene.translator = author
        start_translating(scene.page, author)
        scene.fill()
        translated = save_draft(scene.translation.localized, author)
        pair = scene.pair
        approval = write(pair.original, pair.original.page.latest_revision, publisher)
        write(pair.translation, translated, publisher, counterpart=approval.revision)
        schedule(pair.release, moment(hours=1), publisher)
        print(pair.release.pk, scene.page.slug, flush=True)
    Approval.objects.update(approved_at=timezone.now() - timedelta(hours=2))
    Release.objects.exclude(release_at=None).update(release_at=timezone.now() - timedelta(hours=1))


def half(command="release_due", seconds=600):
    """Release what is due by a command, and stop for so long between the two languages."""
    from django.core.management import call_command

    from news.release import publishing as module

    real = module.publish_revision

    def stops(version, *arguments):
        if not version.is_original:
            print("half", flush=True)
            time.sleep(float(seconds))
        return real(version, *arguments)

    module.publish_revision = stops
    call_command(command)


def killed(times):
    """Kill so many processes that release what is due, each before some statement; prints how many had released."""
    from django.db import connection, connections

    from news.release.schedule import release_due

    statements, ended = statements_of(release_due), 0
    connections.close_all()
    for _time in range(int(times)):
        number = random.randrange(statements)
        process = os.fork()
        if process == 0:
            seen = itertools.count()

            def die(execute, *arguments, number=number, seen=seen):
                if next(seen) == number:
                    os.kill(os.getpid(), signal.SIGKILL)
                return execute(*arguments)

            with connection.execute_wrapper(die):
                release_due()
            os._exit(0)
        ended += os.waitpid(process, 0)[1] == 0
        print(f"before statement {number} of {statements}:", file=sys.stderr)
        report()
        connections.close_all()
    print("ended", ended)


def statements_of(act):
    """How many there are, of something that has not happened then."""
    from django.db import connection, transaction

    seen = itertools.count()

    def see(execute, *arguments):
        next(seen)
        return execute(*arguments)

    with transaction.atomic(), connection.execute_wrapper(see):
        act()
        transaction.set_rollback(True)
    return next(seen)


def worker_that_cannot_send():
    """A worker whose notices break off each time."""
    from django.core.management import call_command

    from news.management.commands import send_notices

    def deliver():
        raise RuntimeError("no mail")

    send_notices.deliver = deliver
    call_command("worker")


def worker_that_waits_little():
    """A worker that does not wait for seconds or a minute after what failed."""
    from django.core.management import call_command

    from news.management import regular

    regular.OUTAGE = regular.MINUTE = 0.5
    call_command("worker")


def take_away():
    """Until `bring_back`, PostgreSQL lets nobody into the database, and on SQLite what is due cannot be read."""
    outage(
        "ALTER DATABASE {name} ALLOW_CONNECTIONS false",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'",
        sqlite="ALTER TABLE news_release RENAME TO news_release_away",
    )


def bring_back():
    outage(
        "ALTER DATABASE {name} ALLOW_CONNECTIONS true", sqlite="ALTER TABLE news_release_away RENAME TO news_release"
    )


def outage(*statements, sqlite):
    from django.db import connection

    if connection.vendor == "sqlite":
        connection.cursor().execute(sqlite)
        return
    with connection._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement.format(name=connection.settings_dict["NAME"]))


def postpone(seconds):
    """What is scheduled is due so many seconds from now."""
    from django.utils import timezone

    from news.models import Release

    at = timezone.now() + timedelta(seconds=float(seconds))
    Release.objects.exclude(release_at=None).update(release_at=at)


def beats():
    """A line a command: its name, whether it has run to its end, why it failed."""
    from news.models import Heartbeat

    for beat in Heartbeat.objects.order_by("command"):
        print(beat.command, bool(beat.ran_at), beat.failure or "-")


def break_one():
    """Make what was approved of the first release that is due unreadable."""
    from news.models import Approval

    due = Approval.objects.filter(language="zh-hans").exclude(release__release_at=None)
    approval = due.order_by("release_id").first()
    Approval.objects.filter(pk=approval.pk).update(face={})


def release_one_by_one():
    from django.contrib.auth import get_user_model

    from news.models import Release
    from news.release.publishing import release_both

    publisher = get_user_model().objects.get(username="publisher")
    for found in Release.objects.exclude(release_at=None).order_by("pk"):
        release_both(found, publisher)
        time.sleep(0.05)


def report():
    """A line a release, without sections: how many versions are live, how many lines of it stand in their trails."""
    from wagtail.models import Page, PageLogEntry

    from news.models import Release
    from news.release.sections import section_pages

    sections = section_pages().values("translation_key")
    for found in Release.objects.exclude(translation_key__in=sections).order_by("pk"):
        pages = Page.objects.filter(translation_key=found.translation_key)
        logged = PageLogEntry.objects.filter(page__in=pages, action="newsroom.release").count()
        print(pages.filter(live=True).count(), logged, found.failures)


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings.dev")

    import django

    django.setup()
    globals()[sys.argv[1]](*sys.argv[2:])
