"""Stages, workflows and groups in Wagtail's own lists, dialogs and choices: called as everywhere else.

It goes once they have a name for each language.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import Group
from wagtail.models import Task, Workflow, WorkflowState

from news.called import called

LISTS = ("all_tasks_with_status", "all_tasks_with_state")
"""Of the stages of a review, to be shown and never saved."""


def calling(stock: Callable[[WorkflowState], Any]) -> Callable[[WorkflowState], Any]:
    def stages_of(self: WorkflowState) -> Any:
        stages = list(stock(self))
        for stage in stages:
            stage.name = called(stage.name)
        return stages

    return stages_of


def label(self: Any) -> str:
    return called(self.name)


def install() -> None:
    named: tuple[Any, ...] = (Task, Workflow, Group)
    for model in named:
        model.__str__ = label
    for name in LISTS:
        setattr(WorkflowState, name, calling(getattr(WorkflowState, name)))
