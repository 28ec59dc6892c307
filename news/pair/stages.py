"""By which workflow a page is reviewed, and which stages of a review may lead to an approval."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from wagtail.models import Page, Task, Workflow, WorkflowPage, WorkflowTask

from home.gate import Refused, gates
from home.languages import language_of
from news.models import Release, ReviewRule, ReviewTask

from .refusals import InOneLanguage, NoReview, NoReviewStage, NotReviewed
from .topics import topics_of

Passed = tuple[Task, int | None]
"""A stage, and the key of the person who approved it; None where nobody did."""

HAS_REVIEW = Exists(
    WorkflowTask.objects.filter(
        workflow=OuterRef("workflow"), workflow__active=True, task__active=True, task__reviewtask__isnull=False
    )
)


@dataclass(frozen=True)
class Assigned:
    workflow: Workflow
    has_review: bool
    """Whether a stage of it is a review of ours."""
    rule: ReviewRule | None = None
    """None where it is the section's."""
    passed_over: list[ReviewRule] = field(default_factory=list)
    """Rules that are for the page, and whose workflow is gone, disabled or without a review."""


def assigned_to(page: Page) -> Assigned | None:
    """What `page.get_workflow()` goes by: the rules of its topics and of its kind, then where it stands.

    The topics are those of the original, so that both languages pass the same stages.
    """
    found = workflow_page_of(page)
    if found is not None and not found.has_rules:  # most offices have none
        return Assigned(found.workflow, found.has_review)
    rules = rules_for(page, all_rules())
    passed_over = [rule for rule in rules if not rule.has_review]
    rule = strictest([rule for rule in rules if rule.has_review])
    if rule is not None:
        return Assigned(rule.workflow, True, rule, passed_over)
    return Assigned(found.workflow, found.has_review, None, passed_over) if found is not None else None


def all_rules() -> list[Any]:
    """[ReviewRule with `has_review` and `length`, the number of its stages]"""
    active = Q(workflow__workflow_tasks__task__active=True)
    length = Count("workflow__workflow_tasks", filter=active)
    return list(ReviewRule.objects.select_related("topic", "workflow").annotate(has_review=HAS_REVIEW, length=length))


def rules_for(page: Page, rules: Iterable[Any]) -> list[Any]:
    """Those that name its kind, one of its topics, or both."""
    found = [rule for rule in rules if rule.page_type in ("", page.specific_class._meta.label)]
    topics = topics_of(page) if any(rule.topic_id for rule in found) else set()
    return [rule for rule in found if rule.topic_id is None or rule.topic_id in topics]


def strictest(rules: Iterable[Any]) -> ReviewRule | None:
    """A topic's rule before that of a kind alone; for one topic, that of the kind; of several topics, the longest."""
    narrowest: dict[int | None, Any] = {}
    for rule in sorted(rules, key=lambda rule: bool(rule.page_type)):
        narrowest[rule.topic_id] = rule
    return max(narrowest.values(), key=lambda rule: (rule.topic_id is not None, rule.length, -rule.pk), default=None)


def workflow_page_of(page: Page) -> WorkflowPage | None:
    """What Wagtail goes by, in one query, which tells whether it `has_review`, a stage that is a review of ours, and
    whether the office `has_rules` at all.
    """
    paths = [page.path[:end] for end in range(page.steplen, len(page.path) + 1, page.steplen)]
    assigned = WorkflowPage.objects.filter(page__path__in=paths, workflow__active=True)
    told = assigned.select_related("workflow").annotate(
        has_review=HAS_REVIEW, has_rules=Exists(ReviewRule.objects.all())
    )
    return told.order_by("-page__depth").first()


def want_of_review(page: Page) -> Refused | None:
    """The Refused that submitting meets where no review is set up that could end in an approval, or None."""
    return want_of(assigned_to(page))


def want_of(assigned: Assigned | None) -> Refused | None:
    if assigned is None:
        return NoReview()
    return None if assigned.has_review else NoReviewStage()


def is_alone(page: Page) -> Refused | None:
    """Rule 32: nothing is submitted in the other language."""
    if not gates(page.specific_class):
        return None
    alone = Release.objects.filter(translation_key=page.translation_key, alone=True)
    release = alone.exclude(original=language_of(page).code).first()
    return InOneLanguage(language=release.original_language.label) if release is not None else None


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
