"""Run in a process of its own: `upgrade`, stopped or killed where a test wants it.

python -m news.tests.upgrade_process STEP [ARGUMENT]
"""

import os
import signal
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def former():
    """The database as a version before left it: a table is missing, data waits, the index is another analyser's."""
    from django.core.management import call_command

    from home.search.models import IndexState
    from news.models import Release

    Release.objects.update(addresses_known=False, files_known=False)
    IndexState.objects.update(analyser=0)
    call_command("migrate", "news", "0015", verbosity=0)


def upgrade(after="", then=""):
    """`then` is `kill`, `fail`, or `hold` until there is a line to read."""
    from django.core.management import call_command

    from news.management.commands.upgrade import Command

    def stops(command, *arguments):
        step(command, *arguments)
        if then == "kill":
            sys.stdout.flush()
            os.kill(os.getpid(), signal.SIGKILL)
        elif then == "fail":
            raise RuntimeError("no luck")
        print("holds", flush=True)
        sys.stdin.readline()

    if after:
        step = getattr(Command, after)
        setattr(Command, after, stops)
    call_command("upgrade", verbosity=0)


def report():
    """What waits, by whatever way it was come to this: nothing, where all is well."""
    from home.search.build import is_current
    from news.management import upgrading
    from news.upgrade import REGISTER

    migrations = upgrading.migrations_waiting()
    print(*migrations, *(name for name, step in REGISTER.items() if not migrations and step.waiting().exists()))
    print("index" if not is_current() else "")


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings.dev")

    import django

    django.setup()
    globals()[sys.argv[1]](*sys.argv[2:])
