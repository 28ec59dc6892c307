"""Wagtail's own workflow mails say of a version under review that it is published: for releases they stay unsent.

They are connected under names. What is connected first under a name keeps it, and this app stands before Wagtail's.
"""

from collections.abc import Callable
from typing import Any

from wagtail.admin import signal_handlers
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

from news.models.review import is_released

STOCK = [
    (
        task_submitted,
        TaskState,
        "group_approval_task_submitted_email_notification",
        signal_handlers.task_submission_email_notifier,
    ),
    (
        workflow_submitted,
        WorkflowState,
        "workflow_state_submitted_email_notification",
        signal_handlers.workflow_submission_email_notifier,
    ),
    (
        workflow_rejected,
        WorkflowState,
        "workflow_state_rejected_email_notification",
        signal_handlers.workflow_rejection_email_notifier,
    ),
    (
        workflow_approved,
        WorkflowState,
        "workflow_state_approved_email_notification",
        signal_handlers.workflow_approval_email_notifier,
    ),
]


def unless_released(notifier: Callable[..., None]) -> Callable[..., None]:
    def notify(instance: TaskState | WorkflowState, **kwargs: Any) -> None:
        state = instance.workflow_state if isinstance(instance, TaskState) else instance
        if not is_released(state.content_object):
            notifier(instance=instance, **kwargs)

    return notify


def install() -> None:
    for signal, sender, name, notifier in STOCK:
        signal.connect(unless_released(notifier), sender=sender, weak=False, dispatch_uid=name)
