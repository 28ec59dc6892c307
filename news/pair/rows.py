"""Reading what Pairs are made of: in the same number of queries for one release and for fifty."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache, cached_property
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, WorkflowState, get_page_models

from home.gate import GatedMixin
from news.models import Approval, Release, SignOff

from .parents import Above


class PairRows:
    """What belongs to some Releases."""

    def __init__(self, releases: Iterable[Release]) -> None:
        releases = list(releases)
        self.pages: defaultdict[UUID, list[Page]] = defaultdict(list)
        """By translation key; specific, with their locale."""
        self.approvals: defaultdict[int, list[Approval]] = defaultdict(list)
        """By the key of the Release: be it that they stand or were taken back, oldest first."""
        self.reviews: dict[int, WorkflowState] = {}
        """By the key of the page, with their task."""
        self.read_pages([release.translation_key for release in releases])
        approvals = Approval.objects.filter(release__in=releases)
        for approval in approvals.defer("face") if len(releases) > 1 else approvals:
            self.approvals[approval.release_id].append(approval)
        self.read_reviews([page.pk for pages in self.pages.values() for page in pages])

    @cached_property
    def sign_offs(self) -> dict[int, SignOff]:
        """By the key of the stage that a review is at: the newest that nobody has agreed to yet."""
        stages = [review.current_task_state_id for review in self.reviews.values()]
        waiting = SignOff.objects.filter(task_state__in=stages, agreed_by=None).select_related("user")
        return {found.task_state_id: found for found in waiting} if stages else {}

    @cached_property
    def above(self) -> Above:
        """What their pages stand below."""
        return Above.of(page for pages in self.pages.values() for page in pages)

    def read_pages(self, keys: Iterable[UUID]) -> None:
        rows = Page.objects.filter(translation_key__in=keys, alias_of=None)
        for row in rows.select_related("locale", *gated_names()):
            page = getattr(row, row.specific_class._meta.model_name)
            page.locale = row.locale
            self.pages[page.translation_key].append(page)

    def read_reviews(self, keys: Iterable[int]) -> None:
        page_type = ContentType.objects.get_for_model(Page)
        active = WorkflowState.objects.active().filter(base_content_type=page_type, object_id__in=map(str, keys))
        states = list(
            active.select_related("workflow", "current_task_state__task__reviewtask", "current_task_state__claim__user")
        )
        stages = [state.current_task_state for state in states if state.current_task_state]
        for stage in stages:
            stage.task = getattr(stage.task, "reviewtask", stage.task)
        for state in states:
            if state.current_task_state:
                state.current_task_state.workflow_state = state
            self.reviews[int(state.object_id)] = state


@cache
def gated_names() -> list[str]:
    """The names by which a row of Page leads to that of its type, of all types that need a release."""
    return [model._meta.model_name for model in get_page_models() if issubclass(model, GatedMixin)]
