"""What keeps SQLite from reading all rows that nearly all pages are among, to sort them and show the newest twenty."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Func
from django.db.models.lookups import IsNull
from django.db.models.sql.compiler import SQLCompiler


class PastIndex(Func):
    """A column by which SQLite looks no rows up.

    Without statistics it takes any index for a narrow choice: it would read all that are of one language, or no alias.
    A unary plus is its own way to be told (https://sqlite.org/optoverview.html). PostgreSQL knows how many there are.
    """

    template = "%(expressions)s"
    arity = 1

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> tuple[str, Any]:
        return self.as_sql(compiler, connection, template="+%(expressions)s", **context)


def no_alias() -> IsNull:
    """A condition: a page copied as an alias is the same text at a second address."""
    return IsNull(PastIndex(F("alias_of_id")), True)
