"""What many tests begin with is made once as the product makes it; after that its rows alone are written again.

To bring a release to both languages live takes most of a second, to write what that wrote some milliseconds. Rows are
written again only where making them anew would write the same: in a test that has written nothing else so far, patches
nothing, and runs under the settings and in the language of the first time, on the same day. On PostgreSQL, whose
sequences do not go back when a test is rolled back, everything is made anew.
"""

from contextlib import contextmanager
from dataclasses import dataclass, field

from django.conf import UserSettingsHolder, settings
from django.core import mail
from django.db import connection, transaction
from django.utils import timezone, translation

CHANGING = {"monkeypatch", "settings", "mocker"}
"""Fixtures by which a test may make the product do something else."""


@dataclass
class Made:
    """What was written, in which order, and by which keys its objects are found again."""

    statements: list = field(default_factory=list)
    objects: dict = field(default_factory=dict)
    letters: list = field(default_factory=list)
    after_commit: list = field(default_factory=list)


class Memory:
    def __init__(self):
        self.known = {}  # {(key, ...) of all that was made in a test, in order: Made}
        self.begin(set())

    def begin(self, fixtures):
        """A test begins, which uses these fixtures."""
        self.is_alike = not CHANGING & fixtures
        self.so_far = ()
        self.written = self.count()

    def count(self):
        """Rows written by this process so far, rolled back or not; None where there is no telling."""
        if connection.vendor == "sqlite" and connection.connection is not None:
            return connection.connection.total_changes
        return None

    def make(self, key, make):
        """The objects that `make()` returns, {name: instance of a model}; `key` says all that they depend on."""
        key = (key, translation.get_language(), timezone.localdate())
        is_alike = self.is_alike and self.written is not None and self.written == self.count()
        if not is_alike or isinstance(settings._wrapped, UserSettingsHolder):
            self.is_alike = False
            return make()
        self.is_alike = False  # what is made within is made, not remembered
        so_far = (*self.so_far, key)
        if so_far in self.known:
            objects = write_again(self.known[so_far])
        else:
            with recording() as made:
                objects = make()
            made.objects.update({name: (type(found), found.pk) for name, found in objects.items()})
            self.known[so_far] = made
        self.is_alike, self.so_far, self.written = True, so_far, self.count()
        return objects


@contextmanager
def recording():
    made = Made()
    letters, after_commit = len(mail.outbox), len(connection.run_on_commit)

    def note(execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        if not sql.startswith(("SELECT", "PRAGMA", "EXPLAIN")):
            made.statements.append((sql, params, many))
        return result

    with connection.execute_wrapper(note):
        yield made
    made.letters += mail.outbox[letters:]
    made.after_commit += connection.run_on_commit[after_commit:]


def write_again(made):
    with connection.cursor() as cursor:
        for sql, params, many in made.statements:
            (cursor.executemany if many else cursor.execute)(sql, params)
    mail.outbox += made.letters
    for _savepoints, function, robust in made.after_commit:
        transaction.on_commit(function, robust=robust)
    return {name: model._base_manager.get(pk=pk) for name, (model, pk) in made.objects.items()}


memory = Memory()
