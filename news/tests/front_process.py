"""A process of one web node: does what each line on its standard input says, and answers with a line.

python -m news.tests.front_process
"""

import json
import os
import sys
import time
from functools import partial
from io import StringIO
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def get(path):
    """What this node's Python answers a guest. It is stored, where that may be."""
    from home.front.guest import Guest

    answer = Guest().get(path)
    return [answer.status_code, answer.content.decode()]


def release(key):
    """Release both languages by the product's own function. Says how long it took, and of that nodes."""
    from django.contrib.auth import get_user_model

    from home.front import process
    from news.models import Release
    from news.release.publishing import release_both

    publisher, found = get_user_model().objects.get(username="publisher"), Release.objects.get(pk=key)
    waited = measured(process.nodes())
    begun = time.perf_counter()
    release_both(found, publisher)
    return [time.perf_counter() - begun, sum(waited)]


def measured(nodes):
    """A list that fills with the seconds which nodes take."""
    seconds = []
    for name in ("shut", "open") if nodes else ():
        setattr(nodes, name, partial(timed, getattr(type(nodes), name), nodes, seconds))
    return seconds


def timed(function, nodes, seconds, *arguments):
    begun = time.perf_counter()
    function(nodes, *arguments)
    seconds.append(time.perf_counter() - begun)


def notice(words):
    """At the head of every page, in one statement outside of any transaction."""
    from wagtail.models import Site

    from home.models import Appearance

    words = {"notice_en": words, "notice_zh_hans": words}
    if not Appearance.objects.exists():
        Appearance.objects.bulk_create([Appearance(site=Site.objects.get(is_default_site=True), **words)])
    Appearance.objects.update(**words)


def just_before_commit(words, path):
    """As `notice`: all that follow have shut its doors, and it is committed once there is a file."""
    from django.db import transaction

    from home.front import process

    nodes = process.nodes()
    shut = nodes.shut

    def waiting(*arguments):
        shut(*arguments)
        while not Path(path).exists():
            time.sleep(0.01)

    nodes.shut = waiting
    with transaction.atomic():
        notice(words)
    nodes.shut = shut


def refused_at_commit(words):
    """As `notice`, in a transaction that the database takes until its very end. Which doors it shut is over by then."""
    from django.db import IntegrityError, connection, transaction

    from home.models import TakenDown

    try:
        with transaction.atomic():
            notice(words)
            TakenDown.objects.create(image_id=2**40, reason="There is no such picture")
    except IntegrityError:
        connection.cursor().execute("SELECT 1")
        return True
    return False


def command(*arguments):
    from django.core.management import call_command

    call_command(*arguments, verbosity=0, stdout=StringIO())


def is_refused(name, *arguments):
    """Whether what is called ends as a change that nodes cannot be told of."""
    from home.front.nodes import Untold

    try:
        globals()[name](*arguments)
    except Untold as error:
        return str(error)
    return ""


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings.dev")

    import django

    django.setup()
    from django.db import close_old_connections

    print("ready", flush=True)
    for line in sys.stdin:
        name, *given = json.loads(line)
        close_old_connections()  # as before a request
        print(json.dumps(globals()[name](*given)), flush=True)
