"""A site in a folder that goes away again, for the benchmarks that run in one process."""

import os
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@contextmanager
def scratch_site(**environment):
    """Within it Django is set up, and the database empty: SQLite in that folder, if no DATABASE_URL is given."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.pop("DATABASE_URL", None)
        os.environ.update(DJANGO_SETTINGS_MODULE="newsroom.settings.dev", ENV_FILE="", VAR_DIR=folder, **environment)
        sys.path[:0] = [str(ROOT), str(ROOT / "site")]

        import django

        django.setup()

        from django.conf import settings

        settings.DEBUG = False
        yield


def bootstrap():
    """As a new site begins."""
    from django.core.management import call_command

    from news import bootstrap

    call_command("migrate", verbosity=0)
    bootstrap.bootstrap()
