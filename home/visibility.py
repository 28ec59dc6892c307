"""Which pages are private, without a query for each time it is asked, and what becomes of that."""

from collections import defaultdict
from functools import reduce
from operator import or_
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, Func, Model, Q, QuerySet
from django.db.models.functions import Left
from django.db.models.lookups import In
from django.db.models.sql.compiler import SQLCompiler
from wagtail.models import Page, PageViewRestriction
from wagtail.models.sites import SiteRootPath

from home.kept import fetched
from home.mixins import BeforePage


class BeginsWithOne(Func):
    """Whether a path begins with that of what one of some restrictions is on.

    Each is looked up by its key. Joined instead, SQLite goes through the whole tree for each row, once it was told by
    ANALYZE how large that is. It is written out: to have it compiled took longer than all the rest of most queries.
    """

    template = (
        "EXISTS(SELECT 1 FROM %(restrictions)s restriction WHERE %(place)s(%(expressions)s, "
        "(SELECT tree.path FROM %(tree)s tree WHERE tree.id = restriction.%(key)s)) = 1)"
    )
    arity = 1
    output_field = BooleanField()

    def __init__(self, path: str, restrictions: type[Model], key: str, tree: type[Model]) -> None:
        super().__init__(
            path, restrictions=restrictions._meta.db_table, tree=tree._meta.db_table, key=key, place="STRPOS"
        )

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> tuple[str, Any]:
        return self.as_sql(compiler, connection, place="INSTR", **context)


def restricted() -> BeginsWithOne:
    """An annotation: whether a page, or one above it, is private. Wagtail's `.public()` costs a query of its own.

    For one page, or the few of a list; where all pages are gone through, `private()` is asked once.
    """
    return BeginsWithOne("path", PageViewRestriction, "page_id", Page)


def private() -> Q:
    """A condition, of any type of page: that it, or one above it, is private. The paths are read now, once."""
    by_length: defaultdict[int, list[str]] = defaultdict(list)
    for path in set(PageViewRestriction.objects.values_list("page__path", flat=True)):
        by_length[len(path)].append(path)
    conditions = [Q(In(Left("path", length), sorted(paths))) for length, paths in sorted(by_length.items())]
    return reduce(or_, conditions) if conditions else Q(pk__in=[])


class PublicPageMixin(BeforePage):
    """For pages that `home.routing` found: what it learned about restrictions is not asked again."""

    known_public = False

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        return PageViewRestriction.objects.none() if self.known_public else super().get_view_restrictions()

    def _get_site_root_paths(self, cache_object: Any = None) -> list[SiteRootPath]:
        """An address asked for without a request reads them from the cache: a list, once for each of its pages."""
        return super()._get_site_root_paths(cache_object or fetched())
