"""The one way into the public and out of it. A gated page goes live, changes or comes down only while its gate is open.

Who opens it, and when, is not decided here: `policy` is replaced by the app that knows releases.

Both halves are needed, as driving Wagtail's views shows: the permission tester takes the buttons away and shuts the
actions that never ask the page (the editor's Publish, bulk actions); the refusals below shut what asks no permission
(commands, the workflow's own finish, scheduled publishing, the ORM).
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, TextChoices
from django.db.models.signals import pre_delete, pre_save
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.locks import BaseLock
from wagtail.models import CommentPanelPlaceholder, Page, PagePermissionTester, PageQuerySet, Revision, TaskState
from wagtail.signals import pre_page_move

from home.below import stands_above
from home.copying import GatedCopyForm
from home.languages import LazyText, Words
from home.reviewed import ReviewedMixin, ReviewPolicy
from home.slugs import was_released

_open: ContextVar[frozenset[UUID]] = ContextVar("open_gates", default=frozenset())

BOOKKEEPING = {
    # What a page's row may change of itself while the public keeps seeing the same.
    "depth",
    "draft_title",
    "has_unpublished_changes",
    "latest_revision",
    "latest_revision_created_at",
    "locked",
    "locked_at",
    "locked_by",
    "numchild",
    "owner",
    "path",
}


class Refused(Exception):
    """Why something may not be done, in words for the person who tried. `url`: where to do what must be done first."""

    message: LazyText = _("This goes public, or comes down, only through its release.")
    url = ""

    def __init__(self, url: str = "", **details: object) -> None:
        self.url, self.details = url or self.url, details
        super().__init__(details)

    def __str__(self) -> str:
        return str(self.message % self.details)


class OnlyThroughItsRelease(Refused):
    """Raised by every door but the release itself."""


class SubmittedMeanwhile(Refused):
    message = _("Not saved: this version has been submitted or approved meanwhile.")


class ReleasePolicy(ReviewPolicy):
    """What gated pages ask about their releases. This one knows of none."""

    def lock(self, page: Page) -> BaseLock | None:
        """A wagtail.locks.BaseLock for a version that nobody may change now, or None."""

    def is_final(self, revision: Revision) -> bool:
        """Whether somebody approved exactly this revision: then its words stay."""
        return False

    def may_be_deleted(self, page: Page) -> bool:
        return not page.live and not stands_above(page)

    def may_lift(self, page: Page, user: User) -> bool:
        """Whether this person may lift the privacy of a page above what is released, in both languages at once."""
        return False

    def status(self, page: Page) -> Words | None:
        """How the page stands, in the words of the house, or None for Wagtail's."""

    def withdrawn_at(self, page: Page) -> datetime | None:
        """When the page was taken down, or None."""

    def stays_in_one_language(self, page: Page) -> bool:
        """Whether the page was released in its own language for good."""
        return False

    def refusal_to_show(self, page: Page) -> Refused | None:
        """The Refused that the page meets for what it shows, or None."""

    def refusal_to_approve(self, page: Page, user: User) -> Refused | None:
        """The Refused that approving the page's current review would meet, or None."""

    def refusal_to_return(self, page: Page, user: User) -> Refused | None:
        """The Refused that returning the page for changes would meet, or None."""

    def refusal_to_submit(self, page: Page) -> Refused | None:
        """The Refused that submitting the page meets where no review is set up for it, or None."""

    def deciding(self, page: Page, task_state: TaskState) -> AbstractContextManager[Any]:
        """A context in which nobody else decides about the page's release, with what stands of the page then.

        Raises Refused if `task_state` is not what its review waits for any more.
        """
        return nullcontext()

    def before_approval(self, task_state: TaskState, user: User, version: Any) -> bool:
        """Bring the reviewed revision up to date. `version`: what `deciding` has read of it. Raises Refused.

        Returns whether the stage is done with this; if not, somebody else has to agree first.
        """
        return True


policy: ReleasePolicy = ReleasePolicy()


def set_policy(new_policy: ReleasePolicy) -> None:
    global policy
    policy = new_policy


@contextmanager
def opened(*translation_keys: UUID) -> Iterator[None]:
    """Let the pages of these translation keys through."""
    token = _open.set(_open.get() | set(translation_keys))
    try:
        yield
    finally:
        _open.reset(token)


def open_keys() -> frozenset[UUID]:
    return _open.get()


def is_open(page: Page) -> bool:
    return page.translation_key in open_keys()


def gates(model: type[Model] | None) -> bool:
    return model is not None and issubclass(model, GatedMixin) and model.is_gated()


class SaidAs(TextChoices):
    """What readers are told that a page is which is not there, or not any more."""

    RELEASE = "release", pgettext_lazy("said to readers", "release")
    PROFILE = "profile", pgettext_lazy("said to readers", "profile")
    PAGE = "page", pgettext_lazy("said to readers", "page")


class GatedMixin(ReviewedMixin):
    """For page types that go public through a release alone. It comes before Page in the bases."""

    copy_form_class = GatedCopyForm
    # No publishing panel: a go-live or expiry date would move one language alone.
    settings_panels = [CommentPanelPlaceholder()]
    is_renewed = False
    """While one of its files gives way to another: the next that was taken down may wait for its turn."""
    said_as = SaidAs.PAGE
    is_section = False
    """Whether it is a front page or a section: others stand below it, and it stays where it is."""
    unreleased_fields: Collection[str] = ()
    """Those that have an act of their own, and are no text of the release."""

    @classmethod
    def is_gated(cls) -> bool:
        return True

    def permissions_for_user(self, user: User) -> PagePermissionTester:
        from home.permissions import GatedPermissionTester

        return GatedPermissionTester(user, self) if self.is_gated() else PagePermissionTester(user, self)

    def clean(self) -> None:
        super().clean()
        if self.is_gated() and (self.go_live_at or self.expire_at):
            raise ValidationError(str(_("A release has one schedule for both languages: set it there.")))
        refusal = policy.refusal_to_show(self) if self.is_gated() and not self.is_renewed else None
        if refusal:
            raise ValidationError(str(refusal))

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> None:
        if self.is_gated() and not is_open(self):
            raise OnlyThroughItsRelease
        return super().publish(revision, *args, **kwargs)

    def unpublish(self, *args: Any, **kwargs: Any) -> None:
        if self.is_gated() and not is_open(self):
            raise OnlyThroughItsRelease
        return super().unpublish(*args, **kwargs)

    def copy(self, *args: Any, **kwargs: Any) -> Page:
        """Always a draft."""
        if self.is_gated():
            kwargs["keep_live"] = False
        return super().copy(*args, **kwargs)

    def create_alias(self, *args: Any, **kwargs: Any) -> Page:
        if self.is_gated():
            raise OnlyThroughItsRelease
        return super().create_alias(*args, **kwargs)

    @transaction.atomic
    def save_revision(self, *args: Any, **kwargs: Any) -> Revision:
        """The editor's drafts, and they alone, say whether they write over a revision made before.

        An autosave may be on its way while the same editor's "Submit for review" is answered: it would bring older
        words after the submitted ones. And what was submitted or approved is never written over.
        """
        if "overwrite_revision" in kwargs and self.is_gated():
            stored, user = type(self).objects.select_for_update(of=("self",)).get(pk=self.pk), kwargs.get("user")
            lock = stored.get_lock()
            if lock and user and lock.for_user(user):
                raise SubmittedMeanwhile
            if kwargs["overwrite_revision"] is not None and policy.is_final(kwargs["overwrite_revision"]):
                kwargs["overwrite_revision"] = None
        return super().save_revision(*args, **kwargs)

    def get_lock(self) -> BaseLock | None:
        return (policy.lock(self) if self.is_gated() else None) or super().get_lock()

    @property
    def status_string(self) -> Words:
        return (policy.status(self) if self.is_gated() else None) or super().status_string

    @property
    def withdrawn_at(self) -> datetime | None:
        return policy.withdrawn_at(self)

    @property
    def stays_in_one_language(self) -> bool:
        return policy.stays_in_one_language(self)


class SectionMixin(GatedMixin):
    """For front pages and sections, which `bootstrap` makes. It comes before Page in the bases."""

    is_section = True

    def permissions_for_user(self, user: User) -> PagePermissionTester:
        from home.permissions import SectionPermissionTester

        return SectionPermissionTester(user, self)


def is_section(page: Page) -> bool:
    return bool(getattr(page.specific_class, "is_section", False))


class GatedQuerySet(PageQuerySet):
    """`update()` sends no signal: it would pass by the guard below."""

    def update(self, **values: object) -> int:
        if beside_bookkeeping(self.model, values) and not _open.get() and gates(self.model):
            raise OnlyThroughItsRelease
        return super().update(**values)


def beside_bookkeeping(model: type[Model], names: Iterable[str]) -> set[str]:
    """Those of the fields, or of their columns, that the public sees and a release changes."""
    own = {*BOOKKEEPING, *getattr(model, "unreleased_fields", ())}
    return {name for name in names if not {name, name.removesuffix("_id")} & own}


@receiver(pre_save, dispatch_uid="home.gate.saving")
def guard_row(
    sender: type[Model], instance: Model, raw: bool = False, update_fields: Collection[str] | None = None, **kwargs: Any
) -> None:
    """The row of a page is what the public sees: it goes live, comes down or changes only while the gate is open."""
    if raw or not isinstance(instance, Page) or not gates(instance.specific_class):
        return
    if instance.alias_of_id is not None:
        raise OnlyThroughItsRelease
    model = instance.specific_class
    if is_open(instance) or (update_fields is not None and not beside_bookkeeping(model, update_fields)):
        return
    stored: Page | None = sender._default_manager.filter(pk=instance.pk).first() if instance.pk else None
    was_live = stored is not None and stored.live
    if instance.live != was_live or (was_live and differs(stored, instance)):
        raise OnlyThroughItsRelease


def differs(stored: Page, instance: Page) -> bool:
    deferred = instance.get_deferred_fields()
    released = beside_bookkeeping(instance.specific_class, [field.name for field in instance._meta.concrete_fields])
    return any(
        field.get_prep_value(field.value_from_object(stored)) != field.get_prep_value(field.value_from_object(instance))
        for field in instance._meta.concrete_fields
        if field.name in released and field.attname not in deferred
    )


@receiver(pre_delete, dispatch_uid="home.gate.deleting")
def guard_deletion(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    if isinstance(instance, Page) and instance.live and gates(instance.specific_class) and not is_open(instance):
        raise OnlyThroughItsRelease


@receiver(pre_page_move, dispatch_uid="home.gate.moving")
def guard_move(sender: type[Model], instance: Page, parent_page_after: Page, **kwargs: Any) -> None:
    """A move within the same section changes the order alone; any other one changes the address or the language."""
    if parent_page_after.pk == instance.get_parent().pk or not gates(instance.specific_class):
        return
    if parent_page_after.locale_id != instance.locale_id or (was_released(instance) and not is_open(instance)):
        raise OnlyThroughItsRelease
