"""Answers what gated pages ask about their releases, and follows their reviews."""

from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Model
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.locks import BaseLock
from wagtail.models import Page, Revision, TaskState, Workflow, WorkflowState
from wagtail.signals import task_submitted, workflow_cancelled, workflow_rejected

from home import gate
from home.below import stands_above
from home.languages import Words
from home.models import TakenDown
from home.slugs import was_released
from home.taken_down import FileTakenDown, taken_down_among
from news.models import Approval, Release
from news.models.review import is_released
from news.pair.marks import mark_of, page_states
from news.pair.pair import pair_of, release_of
from news.pair.stages import assigned_to, is_alone, want_of_review
from news.pair.uses import files_shown
from news.pair.version import Version

from . import privacy, review
from .alone import choose_while_writing
from .submission import after_return, after_submission


class NewsPolicy(gate.ReleasePolicy):
    def lock(self, page: Page) -> BaseLock | None:
        if page.pk is None:  # the form of a new one: it has no release yet, and opening it makes none
            return None
        return pair_of(page).version_of(page).house_lock

    def is_final(self, revision: Revision) -> bool:
        named = Approval.objects.filter(revision=revision).exists()
        return named or TaskState.objects.filter(revision=revision).exists()

    def may_be_deleted(self, page: Page) -> bool:
        if page.live or stands_above(page):
            return False
        if not was_released(page):
            return True
        # Both go together: neither may be public.
        return not type(page).objects.filter(translation_key=page.translation_key, live=True).exists()

    def may_lift(self, page: Page, user: User) -> bool:
        return privacy.may_lift(page, user)

    def status(self, page: Page) -> Words | None:
        state = page_states([page]).get(page.pk)
        return mark_of(state).word if state else None

    def withdrawn_at(self, page: Page) -> datetime | None:
        release = Release.objects.filter(translation_key=page.translation_key).first()
        return release.withdrawn_at if release and page.locale.language_code in release.withdrawn_languages else None

    def stays_in_one_language(self, page: Page) -> bool:
        release = Release.objects.filter(translation_key=page.translation_key).first()
        return bool(release and release.stays_in_one_language)

    def workflow(self, page: Page) -> Workflow | None:
        assigned = assigned_to(page)
        return assigned.workflow if assigned is not None else None

    def chosen_languages(self, page: Page, user: User | None, alone: bool | None) -> None:
        choose_while_writing(page, user, alone)

    def refusal_to_show(self, page: Page) -> gate.Refused | None:
        if not TakenDown.objects.exists():
            return None
        shown = set(files_shown(type(page), page.serializable_data(), of_release=False))
        found = taken_down_among(*([key for kind, key in shown if kind == name] for name in ("image", "document")))
        titles = [str(it) for it in found] if shown else []
        return FileTakenDown(titles=", ".join(titles)) if titles else None

    def refusal_to_approve(self, page: Page, user: User) -> gate.Refused | None:
        return review.refusal_to_approve(page, user)

    def refusal_to_return(self, page: Page, user: User) -> gate.Refused | None:
        return review.refusal_to_return(page, user)

    def refusal_to_submit(self, page: Page) -> gate.Refused | None:
        return want_of_review(page) or is_alone(page)

    def deciding(self, page: Page, task_state: TaskState) -> AbstractContextManager[Version]:
        return review.deciding(page, task_state)

    def before_approval(self, task_state: TaskState, user: User, version: Version) -> bool:
        return review.before_approval(task_state, user, version)


@receiver(post_save, dispatch_uid="news.release.opened")
def open_release(sender: type[Model], instance: Model, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """Every page that needs a release has one from its first draft: it stands in the list of releases."""
    if created and not raw and isinstance(instance, Page) and gate.gates(type(instance)):
        release_of(instance)


@receiver(task_submitted, dispatch_uid="news.release.submitted")
def on_task_submitted(sender: type[TaskState], instance: TaskState, user: User | None, **kwargs: Any) -> None:
    """The first stage of a review begins, or one begins again after changes: whoever submitted it, by the rules."""
    page = instance.workflow_state.content_object
    earlier = TaskState.objects.filter(workflow_state=instance.workflow_state).exclude(pk=instance.pk)
    last = earlier.order_by("-pk").first()
    if is_released(page) and (last is None or last.status == TaskState.STATUS_REJECTED):
        refusal = want_of_review(page)
        if refusal:
            raise refusal
        after_submission(page.specific, user)


@receiver([workflow_rejected, workflow_cancelled], dispatch_uid="news.release.returned")
def on_return(sender: type[WorkflowState], instance: WorkflowState, user: User | None, **kwargs: Any) -> None:
    page = instance.content_object
    if is_released(page):
        after_return(page.specific, user)
