"""What many tests begin with is made once as the product makes it; after that its rows alone are written again.

To bring a release to both languages live takes most of a second, to write what that wrote some milliseconds. Rows are
written again only where making them anew would write the same: in a test that has written nothing else so far, patches
nothing, and runs under the settings and in the language of the first time, in the same hour. On PostgreSQL, whose
sequences do not go back when a test is rolled back, everything is made anew.
"""

from contextlib import contextmanager
from dataclasses import dataclass, field

from django.conf import UserSettingsHolder, settings
from django.core import mail
from django.db import connection, transaction
from django.db.models.signals import post_save
from django.utils import timezone, translation
from wagtail.signals import page_published

from news.trail import recorded


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
        self.is_making = False

    def begin(self, patches):
        """A test begins; `patches`, pytest's monkeypatch, will hold what it patches."""
        self.patches = patches
        self.so_far = ()
        self.then = self.state()

    def state(self):
        """How many rows this process has written so far, rolled back or not, and what else may differ; None unknown."""
        if connection.vendor != "sqlite" or connection.connection is None:
            return None
        patched = [*self.patches._setattr, *self.patches._setitem]
        heard = [len(signal.receivers) for signal in (recorded, post_save, page_published)]
        is_set = isinstance(settings._wrapped, UserSettingsHolder)
        return connection.connection.total_changes, len(patched), heard, is_set

    def make(self, key, make):
        """The objects that `make()` returns, {name: instance of a model}; `key` says all that they depend on."""
        key = (key, translation.get_language(), timezone.now().strftime("%x %H"))
        if self.is_making or self.then is None or self.then != self.state():
            return make()
        so_far = (*self.so_far, key)
        if so_far in self.known:
            objects = write_again(self.known[so_far])
        else:
            self.is_making = True  # what is made within is made, not remembered
            try:
                with recording() as made:
                    objects = make()
            finally:
                self.is_making = False
            made.objects.update({name: (type(found), found.pk) for name, found in objects.items()})
            self.known[so_far] = made
        self.so_far, self.then = so_far, self.state()
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
