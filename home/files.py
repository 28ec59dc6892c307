"""Who may have a stored file. What shows it is not known here: `policy` is replaced by the app that knows releases."""

from collections.abc import Iterable, Iterator
from enum import Enum
from itertools import chain
from typing import Any, TypeAlias, TypeGuard

from django.contrib.auth.models import AnonymousUser, User
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.models import Collection, CollectionViewRestriction, Page, ReferenceIndex, get_page_models
from wagtail.permissions import policy_registry

from home import gate
from home.accounts.asking import asked, is_where_the_admin_opens
from home.images import CustomImage
from home.visibility import BeginsWithOne, restricted

LibraryFile: TypeAlias = CustomImage | AbstractDocument
"""What stands in one of the two libraries."""
ACTIONS = {"add", "change", "delete", "choose"}


class Access(Enum):
    EVERYBODY = "everybody"
    THIS_READER = "this reader"
    """Who is signed in to the admin, or has passed what closes the page or the collection to others."""
    GONE = "gone"
    """Taken down, or with a release that was withdrawn."""
    NOBODY = "nobody"

    @property
    def is_given(self) -> bool:
        return self in (Access.EVERYBODY, Access.THIS_READER)


class FilePolicy:
    """What is asked about the pages that show a file. This one knows of no releases."""

    def pages_showing(self, file: LibraryFile) -> Iterator[QuerySet[Page]]:
        """Live pages, whose readers get it now. Here: those that need no release for it."""
        index = ReferenceIndex.objects.filter(
            base_content_type=ContentType.objects.get_for_model(Page),
            to_content_type=ContentType.objects.get_for_model(file),
            to_object_id=str(file.pk),
        )
        keys = {int(key) for key in index.values_list("object_id", flat=True)}
        if keys:
            gated = ContentType.objects.get_for_models(*filter(gate.gates, get_page_models())).values()
            yield Page.objects.live().filter(pk__in=keys).exclude(content_type__in=list(gated))
            for model, name in unreleased_places(type(file)):
                shown = model._default_manager.filter(pk__in=keys, live=True, **{name: file.pk})
                yield Page.objects.filter(pk__in=shown.values("pk"))

    def documents_of(self, page: Page) -> set[int]:
        """The keys of all that a live page leads its readers to."""
        index = ReferenceIndex.objects.filter(
            base_content_type=ContentType.objects.get_for_model(Page),
            object_id=str(page.pk),
            to_content_type=ContentType.objects.get_for_model(get_document_model()),
        )
        return {int(key) for key in index.values_list("to_object_id", flat=True)}

    def was_withdrawn(self, files: Iterable[LibraryFile]) -> bool:
        """Whether a release that showed one of them was taken down."""
        return False

    def is_worked_with(self, file: LibraryFile, user: User) -> bool:
        """Whether somebody writes or reviews a page that shows it."""
        return False


def unreleased_places(kind: type[LibraryFile]) -> Iterator[tuple[type[Page], str]]:
    """(page type, field) of what names a file and is no part of a release, such as a front page's logo."""
    for model in filter(gate.gates, get_page_models()):
        for name in getattr(model, "unreleased_fields", ()):
            if model._meta.get_field(name).related_model is kind:
                yield model, name


policy: FilePolicy = FilePolicy()


def set_policy(new_policy: FilePolicy) -> None:
    global policy
    policy = new_policy


def closed(path: str = "collection__path") -> BeginsWithOne:
    """An annotation, `is_closed`: whether the collection of a file, or one above it, is private."""
    return BeginsWithOne(path, CollectionViewRestriction, "collection_id", Collection)


def access_to(request: HttpRequest, file: LibraryFile, pages: Iterable[QuerySet[Page]] | None = None) -> Access:
    """`file`: with `is_closed`, or its collection is asked. `pages`: those that may show it, if not any may."""
    taken_down = is_taken_down(file)
    if not taken_down:
        access = as_reader(request, file, policy.pages_showing(file) if pages is None else pages)
        if access.is_given:
            return access
    if may_see_in_admin(request.user, file):
        return Access.THIS_READER
    return Access.GONE if taken_down or policy.was_withdrawn([file]) else Access.NOBODY


def as_reader(request: HttpRequest, file: LibraryFile, pages: Iterable[QuerySet[Page]]) -> Access:
    barriers = list(file.collection.get_view_restrictions()) if getattr(file, "is_closed", True) else []
    if not accepted(request, barriers):
        return Access.NOBODY
    found = Access.NOBODY
    for page in chain.from_iterable(some.annotate(is_private=restricted()) for some in pages):
        if not page.is_private:
            return Access.THIS_READER if barriers else Access.EVERYBODY
        if accepted(request, page.get_view_restrictions()):
            found = Access.THIS_READER
    return found


def accepted(request: HttpRequest, restrictions: Iterable[Any]) -> bool:
    return all(restriction.accept_request(request) for restriction in restrictions)


def is_taken_down(file: LibraryFile) -> bool:
    try:
        return file.taken_down is not None
    except ObjectDoesNotExist:
        return False


def works_here(user: User | AnonymousUser) -> TypeGuard[User]:
    """In the admin, and from where it opens: what it alone shows is shown nowhere else."""
    return is_where_the_admin_opens(asked.get()) and user.is_active and user.has_perm("wagtailadmin.access_admin")


def may_see_in_admin(user: User | AnonymousUser, file: LibraryFile) -> bool:
    """Whoever may choose or change it in its library, or works with a page that shows it."""
    if not works_here(user):
        return False
    rights = policy_registry.get_by_type(type(file))
    return rights.user_has_any_permission_for_instance(user, ACTIONS, file) or policy.is_worked_with(file, user)
