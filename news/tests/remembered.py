"""What many tests begin with is made once as the product makes it; after that its rows alone are written again.

To bring a release to both languages live takes most of a second, to write what that wrote some milliseconds. Rows are
written again only where making them anew would write the same: after all that this test has written so far was the
same, under the same settings, patches and receivers, in the same language and in the same hour.
"""

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from django.conf import UserSettingsHolder, settings
from django.core import mail
from django.core.cache import cache
from django.db import connection, transaction
from django.db.models.signals import post_save
from django.utils import timezone, translation
from wagtail.signals import page_published

from home.languages import Language
from news.trail import recorded


@dataclass
class Made:
    """What was written, in which order, and by which keys its objects are found again."""

    statements: list = field(default_factory=list)
    objects: dict = field(default_factory=dict)
    letters: list = field(default_factory=list)
    after_commit: list = field(default_factory=list)


READS = ("SELECT", "PRAGMA", "EXPLAIN")
POINTS = ("SAVEPOINT", "RELEASE")
"""Their names differ from test to test, and they change nothing."""
PLAIN = (str, int, bool, date, Language, type(None))


def is_plain(value):
    """Whether a value says all that there is to say of it."""
    if isinstance(value, list | tuple):
        return all(map(is_plain, value))
    if isinstance(value, dict):
        return is_plain([*value.items()])
    return isinstance(value, PLAIN)


class Memory:
    def __init__(self):
        self.patches = None  # pytest's monkeypatch; outside a test nothing is remembered
        self.known = {}  # {what was written before and what was to be made: Made}
        self.is_making = False
        self.numbers = {}  # {sequence of PostgreSQL: the last number it had given before any test}

    def begin(self, patches):
        """A test begins; `patches` will hold what it patches."""
        self.patches = patches
        self.so_far = ""
        if self.note not in connection.execute_wrappers:
            connection.execute_wrappers.append(self.note)

    def note(self, execute, sql, params, many, context):
        said = str(sql)
        if not said.startswith((*READS, *POINTS)):
            if not self.so_far:
                self.begin_to_count()
            if not self.is_making:
                self.add("ROLLBACK" if said.startswith("ROLLBACK") else (said, params))
        return execute(sql, params, many, context)

    def add(self, written):
        self.so_far = self.after(written)

    def after(self, *written):
        return sha256(repr((self.so_far, *written)).encode()).hexdigest()

    def begin_to_count(self):
        """Where the test before it began: sequences do not go back when it is rolled back."""
        self.add("begun")
        if connection.vendor != "postgresql":
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'")
            numbers = dict(cursor.fetchall())
            self.numbers = self.numbers or numbers
            for name, number in self.numbers.items():
                if numbers[name] != number:
                    cursor.execute("SELECT setval(%s, %s, %s)", [f'"{name}"', number or 1, number is not None])

    def around(self):
        """What else it depends on; None where that cannot be said."""
        if self.patches is None:
            return None
        patched = [(repr(target), name, getattr(target, name, None)) for target, name, _was in self.patches._setattr]
        is_set = isinstance(settings._wrapped, UserSettingsHolder)
        if is_set or self.patches._setitem or not is_plain(patched):
            return None
        heard = [len(signal.receivers) for signal in (recorded, post_save, page_published)]
        return translation.get_language(), timezone.now().strftime("%x %H"), patched, heard

    def make(self, key, make):
        """The objects that `make()` returns, {name: instance of a model}; `key` says all that they depend on."""
        around = None if self.is_making else self.around()
        if around is None:
            return make()
        so_far = self.after(key, around)
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
        self.so_far = so_far
        return objects


@contextmanager
def recording():
    made = Made()
    letters, after_commit = len(mail.outbox), len(connection.run_on_commit)

    def note(execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        if not sql.startswith(READS):
            made.statements.append((sql, params, many))
        return result

    with connection.execute_wrapper(note):
        yield made
    made.letters += mail.outbox[letters:]
    made.after_commit += connection.run_on_commit[after_commit:]


def write_again(made):
    memory.is_making = True
    try:
        write(made)
    finally:
        memory.is_making = False
    cache.clear()  # as what is kept is forgotten when it is made
    mail.outbox += made.letters
    for _savepoints, function, robust in made.after_commit:
        transaction.on_commit(function, robust=robust)
    return {name: model._base_manager.get(pk=pk) for name, (model, pk) in made.objects.items()}


def write(made):
    with connection.cursor() as cursor:
        for sql, params, many in made.statements:
            (cursor.executemany if many else cursor.execute)(sql, params)


memory = Memory()
