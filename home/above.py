"""Pages above what is released: a section, a front page, a plain page or a draft that others stand below.

Hidden, taken down, renamed, moved or deleted, each would take what is released below it along, in one language alone.
So each of it is refused, for superusers too, wherever something is released below either language version. Whoever
opens the gate of what stands below, or that of a page without a release, answers for it. Rule 22.
"""

from collections.abc import Collection
from typing import Any

from django.db.models import Model
from django.db.models.signals import pre_delete, pre_save
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail.signals import pre_page_move

from home import gate
from home.below import named, released_below
from home.gate import GatedQuerySet, Refused


class StandsAbove(Refused):
    withdrawn = False
    """Whether what was released and withdrawn counts as well: its address says so."""


class NotHidden(StandsAbove):
    message = _(
        "The privacy of “%(page)s” stays as it is: below it stands what is released, which would be hidden or shown in "
        "one language alone: %(releases)s."
    )


class NotTakenDown(StandsAbove):
    message = _("“%(page)s” stays public: below it stands what is released. Withdraw that first: %(releases)s.")


class NotDeleted(StandsAbove):
    message = _("“%(page)s” is not deleted: below it stands what is public. Withdraw that first: %(releases)s.")


class NotMoved(StandsAbove):
    message = _("“%(page)s” stays where it is: what is released below it would get another address: %(releases)s.")
    withdrawn = True


class NotRenamed(StandsAbove):
    message = _(
        "The address of “%(page)s” stays as it is: it is part of the address of what is released below it: "
        "%(releases)s."
    )
    withdrawn = True


class NotDated(StandsAbove):
    message = _("“%(page)s” gets no date to appear or to go: what is released below it would go along: %(releases)s.")


class NotAliased(StandsAbove):
    message = _(
        "“%(page)s” is not bound to another page, nor another one to it: below it stands what is released: "
        "%(releases)s."
    )


WATCHED: dict[str, type[StandsAbove]] = {
    "live": NotTakenDown,
    "slug": NotRenamed,
    "url_path": NotRenamed,
    "go_live_at": NotDated,
    "expire_at": NotDated,
    "alias_of_id": NotAliased,
}
"""{column: what changing it meets}"""


def refusal_of(refusal: type[StandsAbove], page: Page) -> Refused | None:
    if gate.is_open(page) and not gate.gates(page.specific_class):
        return None
    below = released_below(page, refusal.withdrawn, leave_out=gate.open_keys())
    if not below.exists():
        return None
    return refusal(page=page.draft_title or page.title, releases=named(below))


def refuse(refusal: type[StandsAbove], page: Page) -> None:
    """Raises StandsAbove."""
    found = refusal_of(refusal, page)
    if found is not None:
        raise found


class SectionQuerySet(GatedQuerySet):
    """`update()` sends no signal."""

    def update(self, **values: object) -> int:
        watched = {WATCHED[name] for name in WATCHED if name in values or name.removesuffix("_id") in values}
        for refusal in watched:
            for page in self:
                refuse(refusal, page)
        return super().update(**values)


@receiver(pre_save, dispatch_uid="home.above.saving")
def guard_row(
    sender: type[Model], instance: Any, raw: bool = False, update_fields: Collection[str] | None = None, **kwargs: Any
) -> None:
    if raw or not isinstance(instance, Page):
        return
    if instance.pk is None:
        if instance.alias_of_id is not None:
            refuse(NotAliased, instance.alias_of)
        return
    names = [name for name in WATCHED if name not in instance.get_deferred_fields()]
    if update_fields is not None:
        names = [name for name in names if {name, name.removesuffix("_id")} & set(update_fields)]
    if not names or not instance.specific_class or not instance.specific_class.clean_subpage_models():
        return
    stored = Page.objects.filter(pk=instance.pk).values(*names).first()
    if stored is None:
        return
    changed = {name for name in names if stored[name] != getattr(instance, name)}
    for name in WATCHED:
        is_taken_back = not getattr(instance, name, None) and name in ("go_live_at", "expire_at")
        is_published = name == "live" and instance.live
        if name in changed and not is_taken_back and not is_published:
            refuse(WATCHED[name], instance)


@receiver(pre_delete, sender=Page, dispatch_uid="home.above.deleting")
def guard_deletion(sender: type[Model], instance: Page, **kwargs: Any) -> None:
    refuse(NotDeleted, instance)


@receiver(pre_page_move, dispatch_uid="home.above.moving")
def guard_move(sender: type[Model], instance: Page, parent_page_after: Page, **kwargs: Any) -> None:
    """Within the same page the order alone changes."""
    if parent_page_after.pk != instance.get_parent().pk:
        refuse(NotMoved, instance)
