"""Where a stage or a whole workflow goes away, what waits in it goes back to drafting, and never on. Rule 5.

Wagtail would pass over the stage, and end a review well in which nobody was asked. Pages that need no release are left
to it.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page, Task, TaskState, Workflow, WorkflowPage, WorkflowState, WorkflowTask
from wagtail.signals import post_page_move, workflow_cancelled

from news.models import Release, ReviewRule
from news.models.review import is_released
from news.models.review_rule import has_review
from news.pair.stages import workflow_page_of
from news.pair.version import Version

from .holding import held
from .submission import after_end

Gone = Callable[[WorkflowState], dict[str, str]]
"""What of a review is gone, {"stage" or "workflow": its name}; empty where the review goes on."""


@transaction.atomic
def send_back(gone: Gone, user: User | None = None) -> None:
    """End these reviews without an approval. Every word stays. By default the user is whoever uses the admin."""
    user = user or get_active_log_context().user
    keys = {page.translation_key for page, review in reviews() if gone(review)}
    for release in Release.objects.filter(translation_key__in=keys).order_by("pk"):
        with held(release) as pair:
            # The original comes last: its return would end the translation's review for another reason.
            for version in (pair.translation, pair.original):
                if version.review is not None and (what := gone(version.review)):
                    end_review(version, version.review, user, what)


def reviews() -> list[tuple[Page, WorkflowState]]:
    """Those that go on, or asked for changes, of pages that go public through a release."""
    active = WorkflowState.objects.active().select_related("workflow", "current_task_state__task")
    found = [(review.content_object, review) for review in active.prefetch_related("content_object")]
    return [(page, review) for page, review in found if page is not None and is_released(page)]


def end_review(version: Version, review: WorkflowState, user: User | None, what: dict[str, str]) -> None:
    if review.current_task_state is not None:
        review.cancel(user=user)
    else:  # its task was deleted past all signals, and Wagtail's cancel() needs one
        review.status = WorkflowState.STATUS_CANCELLED
        review.save()
        workflow_cancelled.send(sender=WorkflowState, instance=review, user=user)
    after_end(version, user, "end_review", **what)


def is_stranded(review: WorkflowState) -> dict[str, str]:
    """Gone is its stage, or its workflow, or the last stage that could lead to an approval."""
    stage, workflow = review.current_task_state, review.workflow
    if stage is None or not workflow.active:
        return {"workflow": workflow.name}
    tasks = WorkflowTask.objects.filter(workflow=workflow, task=stage.task_id, task__active=True)
    if not tasks.exists():
        return {"stage": stage.task.name}
    return {} if has_review(workflow) or has_passed_review(review) else {"workflow": workflow.name}


def is_stranded_there(review: WorkflowState) -> dict[str, str]:
    """The same, or its workflow was taken off the page. What began by a rule keeps its workflow, be the rule another
    by now.
    """
    workflow = review.workflow
    assigned = workflow_page_of(review.content_object)
    is_the_pages = assigned is not None and assigned.workflow_id == workflow.pk
    if not is_the_pages and not ReviewRule.objects.filter(workflow=workflow).exists():
        return {"workflow": workflow.name}
    return is_stranded(review)


def has_passed_review(review: WorkflowState) -> bool:
    passed = review.task_states.filter(status=TaskState.STATUS_APPROVED, task__reviewtask__isnull=False)
    return passed.exclude(finished_by=None).exists()


@receiver(post_save, dispatch_uid="news.release.sent_back.saved")
def after_save(sender: type[Model], instance: Model, raw: bool = False, **kwargs: Any) -> None:
    if isinstance(instance, WorkflowPage) and not raw:
        send_back(is_stranded_there)
    elif isinstance(instance, Task | Workflow | WorkflowTask) and not raw:
        send_back(is_stranded)


@receiver(post_delete, sender=WorkflowTask, dispatch_uid="news.release.sent_back.taken_out")
def after_taking_out(**kwargs: Any) -> None:
    send_back(is_stranded)


@receiver(post_delete, sender=WorkflowPage, dispatch_uid="news.release.sent_back.taken_off")
@receiver(post_page_move, dispatch_uid="news.release.sent_back.moved")
def after_removal(**kwargs: Any) -> None:
    send_back(is_stranded_there)


@receiver(pre_delete, dispatch_uid="news.release.sent_back.deleted")
def before_deletion(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    """With a task goes what says who approved in it, with a workflow its reviews."""
    if isinstance(instance, Task):
        name, passed = instance.name, TaskState.objects.filter(task=instance.pk)
        send_back(lambda review: {"stage": name} if passed.filter(workflow_state=review).exists() else {})
    elif isinstance(instance, Workflow):
        send_back_all_of(instance)


def send_back_all_of(workflow: Workflow, user: User | None = None) -> None:
    send_back(lambda review: {"workflow": workflow.name} if review.workflow_id == workflow.pk else {}, user)


def install() -> None:
    """`Workflow.deactivate` cancels reviews before a signal says why."""
    stock = Workflow.deactivate

    @transaction.atomic
    def deactivate(self: Workflow, user: User | None = None) -> None:
        send_back_all_of(self, user)
        stock(self, user=user)

    Workflow.deactivate = deactivate
