"""Who may read a page: its restrictions are guarded here, whoever changes them and however.

What a page stands above says one thing (`home.above`), what a release says of its own two versions another
(`home.both`). `update()` and the methods in bulk send no signal, so restrictions have a queryset of ours. Rules 22, 23.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Manager, Model, Q, QuerySet
from django.db.models.signals import m2m_changed, pre_delete, pre_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction

from home import above, both

_lifted: ContextVar[frozenset[UUID]] = ContextVar("lifted_privacy", default=frozenset())


@contextmanager
def lifting(translation_key: UUID) -> Iterator[None]:
    """Let the privacy of what stands above releases go. Whoever asks for it answers for both languages."""
    token = _lifted.set(_lifted.get() | {translation_key})
    try:
        yield
    finally:
        _lifted.reset(token)


def require_open(pages: Iterable[Page], is_deleted: bool = False) -> None:
    """Raises StandsAbove or PrivacyIsOfBoth. `is_deleted`: their rows go along with the pages."""
    for page in pages:
        if page.translation_key not in _lifted.get():
            above.refuse(above.NotHidden, page)
        if not is_deleted:
            both.require_release(page)


def pages_of(rows: Iterable[PageViewRestriction]) -> list[Page]:
    """Those that the rows stand at, and those where they stood before."""
    rows = list(rows)
    before, now = [row.pk for row in rows if row.pk], [row.page_id for row in rows]
    return list(Page.objects.filter(Q(view_restrictions__in=before) | Q(pk__in=now)).distinct())


@receiver([pre_save, pre_delete], sender=PageViewRestriction, dispatch_uid="home.restricting.row")
def guard_row(
    sender: type[Model], instance: PageViewRestriction, raw: bool = False, origin: object = None, **kwargs: Any
) -> None:
    source = origin.model if isinstance(origin, QuerySet) else type(origin)
    if not raw:
        require_open(pages_of([instance]), is_deleted=issubclass(source, Page))


@receiver(m2m_changed, sender=PageViewRestriction.groups.through, dispatch_uid="home.restricting.groups")
def guard_groups(
    sender: type[Model],
    instance: PageViewRestriction | Group,
    action: str,
    pk_set: Collection[int] | None = None,
    **kwargs: Any,
) -> None:
    """Which groups are let in, from whichever side."""
    if not action.startswith("pre_"):
        return
    if isinstance(instance, PageViewRestriction):
        require_open(pages_of([instance]))
        return
    rows = PageViewRestriction.objects.all()
    require_open(pages_of(rows.filter(groups=instance) if pk_set is None else rows.filter(pk__in=pk_set)))


class GuardedQuerySet(QuerySet[Any]):
    """What sends no signal, for the rows of either table."""

    def require_open(self, rows: Iterable[Any]) -> None:
        require_open(pages_of(rows))

    @transaction.atomic
    def update(self, **values: Any) -> int:
        """`bulk_update()` comes by here, too. Where they stand afterwards may be an expression's to say."""
        rows = self.model._default_manager.filter(pk__in=list(self.order_by().values_list("pk", flat=True)))
        self.require_open(rows)
        count = super().update(**values)
        self.require_open(rows.all())
        return count

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        objs = list(objs)
        self.require_open(objs)
        return super().bulk_create(objs, *args, **kwargs)


class LetInQuerySet(GuardedQuerySet):
    """Of the rows that say which groups are let in: none of their changes sends a signal of its own."""

    def require_open(self, rows: Iterable[Any]) -> None:
        keys = [row.pageviewrestriction_id for row in rows]
        require_open(pages_of(PageViewRestriction.objects.filter(pk__in=keys)))

    def create(self, **values: Any) -> Any:
        self.require_open([self.model(**values)])
        return super().create(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        self.require_open(self)
        return super().delete()


def install() -> None:
    for model, queryset in (
        (PageViewRestriction, GuardedQuerySet),
        (PageViewRestriction.groups.through, LetInQuerySet),
    ):
        manager: Any = Manager.from_queryset(queryset)()
        model._meta.local_managers.clear()
        manager.contribute_to_class(model, "objects")
