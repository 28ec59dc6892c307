"""Keeping each ReleaseSummary true: marked in the transaction of whatever changes its release, made anew after it.

A mark is a column of the row, so that it is there exactly if the change is. What is killed between the two, or failed,
stays marked: the next list that is read makes it anew, or the next run of `release_due`.
"""

import logging
from collections.abc import Collection, Iterable, Iterator
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import Model, Q, QuerySet
from django.db.models.functions import Cast
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, TaskState, WorkflowState
from wagtail.signals import post_page_move

from home.gate import gates
from news.models import Amendment, Approval, Assignment, Correction, Release, ReleaseSummary
from news.models.followed import rows_updated
from news.pair.facts import MANY, facts, stored
from news.pair.pair import Pair
from news.pair.states import VersionState

logger = logging.getLogger(__name__)

AT_ONCE = 50
"""How many are made anew before a list is read."""
PARTS: tuple[type[Model], ...] = (Amendment, Approval, Assignment, Correction)
NOT_IN_IT = {
    *("addresses_known", "authors_known", "files_known", "pictures_speak", "settled_here"),
    *("failure", "frozen_by", "frozen_by_name", "frozen_until", "source_hash", "source_revision"),
}
"""Fields of Release that no summary is made of."""


def mark(keys: Iterable[int]) -> None:
    """Those of these releases. Asked for on commit each time: what knew of earlier ones would know too much after a
    rollback.
    """
    keys = sorted(set(keys))
    if not keys:
        return
    rows = [ReleaseSummary(release_id=key) for key in keys]
    ReleaseSummary.objects.bulk_create(rows, update_conflicts=True, unique_fields=["release"], update_fields=["dirty"])
    transaction.on_commit(partial(make_anew, keys), robust=True)


def mark_translations(translation_keys: Iterable[UUID]) -> None:
    mark(Release.objects.filter(translation_key__in=translation_keys).values_list("pk", flat=True))


def mark_reviewed(reviews: QuerySet[WorkflowState]) -> None:
    pages = Page.objects.filter(pk__in=reviews.values(key=Cast("object_id", Page._meta.pk)))
    mark_translations(pages.values("translation_key"))


def mark_approved() -> None:
    """Whatever could be released by now, or no more: something above it has changed."""
    approved = Q(state_en=VersionState.APPROVED) | Q(state_zh_hans=VersionState.APPROVED)
    mark(ReleaseSummary.objects.filter(approved).values_list("pk", flat=True))


def tidy(at_most: int = AT_ONCE) -> None:
    """What has stayed marked, as far as it can be made anew: whoever asks goes on all the same."""
    try:
        while at_most > 0 and make_anew():
            at_most -= AT_ONCE
    except DatabaseError:
        logger.exception("Summaries are not made anew")


def make_anew(keys: Collection[int] | None = None) -> int:
    """The first that are marked, of some releases or of all; returns how many. One that fails stays marked."""
    if settings.READ_ONLY:
        return 0
    marked = ReleaseSummary.objects.filter(dirty=True)
    marked = marked.filter(pk__in=keys) if keys is not None else marked
    found = list(marked.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    return write(found) if found else 0


@transaction.atomic
def write(keys: Collection[int]) -> int:
    """Whoever holds a row makes it anew, or changes its release and does so afterwards: nobody waits for them."""
    rows = ReleaseSummary.objects.select_for_update(skip_locked=True).filter(pk__in=keys, dirty=True).in_bulk()
    releases = Release.objects.filter(pk__in=rows).order_by("pk")
    done = 0
    for pair in Pair.many(releases) if rows else ():
        try:
            with transaction.atomic():
                write_one(rows[pair.release.pk], facts(pair))
            done += 1
        except Exception:
            logger.exception("No summary of %s", pair.release)
    return done


def differences(keys: Iterable[int]) -> Iterator[tuple[Release, dict[str, tuple[Any, Any]]]]:
    """[(Release, {field: (what its summary says, what it should say)})] of those of these releases that nothing has
    marked; without a summary, all of its fields, said by nobody.
    """
    keys = list(keys)
    for start in range(0, len(keys), AT_ONCE):
        releases = Release.objects.filter(pk__in=keys[start : start + AT_ONCE]).select_related("summary").order_by("pk")
        for pair in Pair.many(releases):
            summary = getattr(pair.release, "summary", None)
            if summary is not None and summary.dirty:
                continue
            said, wanted = stored(summary) if summary is not None else {}, facts(pair)
            other = {name: (said.get(name), value) for name, value in wanted.items() if said.get(name) != value}
            if other:
                yield pair.release, other


def write_one(summary: ReleaseSummary, found: dict[str, Any]) -> None:
    told = {name: value for name, value in found.items() if name not in MANY}
    if summary.changed is None or any(getattr(summary, name) != value for name, value in told.items()):
        summary.changed = timezone.now()
    for name, value in told.items():
        setattr(summary, name, value)
    summary.dirty = False
    summary.save()
    for name in MANY:
        getattr(summary, name).set(found[name])


def concerned(instance: Model, fields: Collection[str] | None) -> None:
    """Mark what is made of a row that was written, in all its fields or in these, or deleted."""
    if isinstance(instance, Release):
        if fields is None or not set(fields) <= NOT_IN_IT:
            mark([instance.pk])
    elif isinstance(instance, PARTS):
        mark([instance.release_id])  # type: ignore[attr-defined]  # each of these has one
    elif isinstance(instance, Page):
        if gates(instance.specific_class):
            mark_translations([instance.translation_key])
        if instance.numchild:
            mark_approved()
    elif isinstance(instance, WorkflowState | TaskState):
        review = instance.pk if isinstance(instance, WorkflowState) else instance.workflow_state_id
        mark_reviewed(WorkflowState.objects.filter(pk=review))
    elif isinstance(instance, PageViewRestriction):
        mark_approved()


@receiver(post_save, dispatch_uid="news.release.summaries.saved")
def after_save(
    sender: type[Model],
    instance: Model,
    raw: bool = False,
    update_fields: Collection[str] | None = None,
    **kwargs: Any,
) -> None:
    if not raw:
        concerned(instance, update_fields)


@receiver(post_delete, dispatch_uid="news.release.summaries.deleted")
def after_deletion(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    if not isinstance(instance, Release):
        concerned(instance, None)


@receiver(rows_updated, dispatch_uid="news.release.summaries.updated")
def after_update(sender: type[Model], keys: set[int], fields: set[str], **kwargs: Any) -> None:
    if sender is not Release or not fields <= NOT_IN_IT:
        mark(keys)


@receiver(post_page_move, dispatch_uid="news.release.summaries.moved")
def after_move(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    mark_translations([instance.translation_key])
    mark_approved()
