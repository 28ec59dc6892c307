"""Wagtail's bulk actions for pages, which say and ask of each page what its own form does.

What would be refused of one page is left out of the action, with the words for it. Nothing is approved, published or
withdrawn in bulk.
"""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.pages.bulk_actions import (
    DeleteBulkAction,
    MoveBulkAction,
    PublishBulkAction,
    UnpublishBulkAction,
)
from wagtail.models import Page

from home.gate import OnlyThroughItsRelease, Refused
from home.languages import language_of
from news.models.review import is_released
from news.pair.cascade_refusals import StillPublic
from news.pair.pair import release_of
from news.release.deletion import goes_along, refusal_to_delete_all

from .cascades import refusal_to_move_to, said_of_deletion, said_of_move

Found = tuple[list[Page], dict[str, Any]]


class Telling:
    """Before a bulk action of Wagtail's."""

    request: Any

    def refusal(self, page: Page) -> Refused | None:
        """What the form for one page would say."""
        raise NotImplementedError

    def along(self, pages: list[Page]) -> list[str]:
        """What else the action does, a sentence each."""
        return []

    def get_actionable_objects(self) -> Found:
        found: Found = super().get_actionable_objects()  # type: ignore[misc]  # of the action
        objects, without = found
        refused = [(page, refusal) for page in objects if (refusal := self.refusal(page)) is not None]
        out = {page.pk for page, _refusal in refused}
        return [page for page in objects if page.pk not in out], {**without, "items_refused": rows(refused)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]  # of the action
        return {**context, "along": self.along([row["item"] for row in context["items"]])}


def rows(refused: Iterable[tuple[Page, Refused]]) -> list[dict[str, Any]]:
    """As the templates show them: with the release, where there is one to go to."""
    return [
        {
            "item": page,
            "words": refusal,
            "url": reverse("newsroom_releases:release", args=[release_of(page).pk]) if is_released(page) else "",
        }
        for page, refusal in refused
    ]


def still_public(page: Page) -> Refused:
    return StillPublic(language=language_of(page).label, title=page.draft_title)


class DeletePages(Telling, DeleteBulkAction):
    template_name = "news/admin/bulk/delete.html"

    def refusal(self, page: Page) -> Refused | None:
        return refusal_to_delete_all(page, self.request.user)

    def get_actionable_objects(self) -> Found:
        """What is public misses no permission: it has to be withdrawn first."""
        objects, without = super().get_actionable_objects()
        missing = without["items_with_no_access"]
        public = [page for page in missing if page.live and is_released(page)]
        without["items_with_no_access"] = [page for page in missing if page not in public]
        without["items_refused"] += rows((page, still_public(page)) for page in public)
        return objects, without

    def along(self, pages: list[Page]) -> list[str]:
        return [said_of_deletion(other) for other in goes_along(pages)]

    @classmethod
    def execute_action(cls, objects: Iterable[Page], user: Any = None, **kwargs: Any) -> tuple[int, int]:
        """Of two versions that were both chosen the second is gone with the first."""
        chosen, below = 0, 0
        for page in objects:
            if Page.objects.filter(pk=page.pk).exists():
                below += super().execute_action([Page.objects.get(pk=page.pk)], user=user, **kwargs)[1]
            chosen += 1
        return chosen, below


class MovePages(Telling, MoveBulkAction):
    template_name = "news/admin/bulk/move.html"

    def refusal(self, page: Page) -> Refused | None:
        target = self.target
        return refusal_to_move_to(self.request, page, target) if target is not None else None

    @property
    def target(self) -> Page | None:
        """Where they go, once that is chosen."""
        form: Any = self.cleaned_form
        return form.cleaned_data["chooser"] if form is not None else None

    def along(self, pages: list[Page]) -> list[str]:
        return [words for page in pages for words in said_of_move(page, self.target)]

    def prepare_action(self, pages: list[Page], pages_without_access: dict[str, Any]) -> Any:
        """As Wagtail does where one of them cannot go there: nothing is moved, and it is said why."""
        if pages_without_access["items_refused"]:
            self.destination = self.target
            return self.render_to_response({"destination": self.target, **self.get_context_data()})
        return super().prepare_action(pages, pages_without_access)


class ThroughItsRelease(Telling):
    """Of what is released, Wagtail's would say that a permission is missing."""

    def refusal(self, page: Page) -> Refused | None:
        return OnlyThroughItsRelease() if is_released(page) else None

    def get_actionable_objects(self) -> Found:
        objects, without = super().get_actionable_objects()
        missing = without["items_with_no_access"]
        released = [(page, OnlyThroughItsRelease()) for page in missing if is_released(page)]
        without["items_with_no_access"] = [page for page in missing if not is_released(page)]
        without["items_refused"] += rows(released)
        return objects, without


class PublishPages(ThroughItsRelease, PublishBulkAction):
    template_name = "news/admin/bulk/publish.html"


class UnpublishPages(ThroughItsRelease, UnpublishBulkAction):
    template_name = "news/admin/bulk/unpublish.html"


ACTIONS: list[type[BulkAction]] = [DeletePages, MovePages, PublishPages, UnpublishPages]
