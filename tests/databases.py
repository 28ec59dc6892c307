"""The database that tests start on is made once and copied: two hundred migrations take longer than most test files.

What is kept bears in its name the packages, settings and migrations that made it. A copy is migrated and bootstrapped
all the same, which takes no time and brings it up to the models as they are now.
"""

import sqlite3
from contextlib import closing

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from news.bootstrap import bootstrap

from .kept import digest, locked

TABLES = ["*/migrations/*.py", "news/tests/*/migrations/*.py", "site/newsroom/settings/*.py"]


def connect_to_a_copy(folder, name):
    """Connect this process to a database of its own; `name` is nobody else's, `folder` is kept from run to run."""
    with locked(folder / "lock"):
        (copy_sqlite if connection.vendor == "sqlite" else copy_postgresql)(folder, name)
    call_command("migrate", interactive=False, run_syncdb=True, verbosity=0)
    bootstrap()


def destroy_the_copy():
    connection.creation.destroy_test_db(verbosity=0)


def use(name):
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
    connection.ensure_connection()


def copy_sqlite(folder, _name):
    """In memory, from a file of the folder."""
    kept = folder / f"{digest(*TABLES)}.sqlite3"
    if not kept.exists():
        connection.creation.create_test_db(verbosity=0, serialize=False)
        for former in folder.glob("*.sqlite3"):
            former.unlink()
        with closing(sqlite3.connect(kept.with_suffix(".part"))) as target:
            connection.connection.backup(target)
        kept.with_suffix(".part").rename(kept)
    else:
        use(connection.creation._get_test_db_name())
        with closing(sqlite3.connect(kept)) as source:
            source.backup(connection.connection)


def copy_postgresql(_folder, name):
    """On the server, from a database that stays there."""
    kept = f"test_newsroom_{digest(*TABLES)}"
    connection.settings_dict["TEST"]["NAME"] = kept
    connection.creation.create_test_db(verbosity=0, serialize=False, keepdb=True)
    connection.creation.clone_test_db(name, verbosity=0)
    use(f"{kept}_{name}")
