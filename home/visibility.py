"""Which pages are private, without a query for each time it is asked, and what becomes of that."""

from collections import defaultdict
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Left, StrIndex
from django.db.models.lookups import In
from wagtail.models import Collection, Page, PageViewRestriction

from home.mixins import BeforePage


def restricted() -> Exists:
    """An annotation: whether a page, or one above it, is private. Wagtail's `.public()` costs a query of its own.

    For one page, or the few of a list; where all pages are gone through, `private()` is asked once.
    """
    return begins_with_one(PageViewRestriction.objects.all(), "page_id", Page, "path")


def begins_with_one(restrictions: QuerySet[Any], key: str, tree: type[Page | Collection], path: str) -> Exists:
    """Whether what stands at `path` stands at, or below, what one of the restrictions is on.

    Each is looked up by its key. Joined instead, SQLite goes through the whole tree for each row, once it was told by
    ANALYZE how large that is.
    """
    own = tree.objects.filter(pk=OuterRef(key)).values("path")[:1]
    return Exists(restrictions.alias(found_at=StrIndex(OuterRef(path), Subquery(own))).filter(found_at=1))


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
