"""By which workflow a page is reviewed, and which stages of a review may lead to an approval."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef
from wagtail.models import Page, Task, WorkflowPage

from home.gate import Refused
from news.models import ReviewTask

from .refusals import NoReview, NoReviewStage, NotReviewed

Passed = tuple[Task, int | None]
"""A stage, and the key of the person who approved it; None where nobody did."""


def workflow_page_of(page: Page) -> WorkflowPage | None:
    """What `page.get_workflow()` goes by, in one query; `has_review` says whether a stage of it is a review of ours."""
    paths = [page.path[:end] for end in range(page.steplen, len(page.path) + 1, page.steplen)]
    reviews = ReviewTask.objects.filter(active=True, workflow_tasks__workflow=OuterRef("workflow"))
    assigned = WorkflowPage.objects.filter(page__path__in=paths, workflow__active=True)
    return assigned.select_related("workflow").annotate(has_review=Exists(reviews)).order_by("-page__depth").first()


def want_of_review(page: Page) -> Refused | None:
    """The Refused that submitting meets where no review is set up that could end in an approval, or None."""
    assigned = workflow_page_of(page)
    if assigned is None:
        return NoReview()
    return None if assigned.has_review else NoReviewStage()


def is_ours(task: Task) -> bool:
    return isinstance(task, ReviewTask) or hasattr(task, "reviewtask")


def require_stages(passed: Iterable[Passed]) -> None:
    """Each stage took another person, and one at least was a review of ours."""
    passed = list(passed)
    if not any(is_ours(task) and person is not None for task, person in passed):
        raise NoReviewStage
    people = [person for _task, person in passed]
    if None in people or len(set(people)) < len(people):
        raise NotReviewed
