"""Which step tells whom. Listens to the audit trail and to Wagtail's workflow, and writes Notices beside each step."""

import logging
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.dispatch import receiver
from wagtail.models import Page, Revision, TaskState, WorkflowState
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.signals import task_submitted, workflow_rejected

from news import trail
from news.models import Event, Notice, Release
from news.models.release import name_of
from news.models.review import is_released
from news.pair.pair import Pair, pair_of
from news.pair.readiness import ready
from news.pair.version import Version
from news.translation.drafts import open_segments

logger = logging.getLogger(__name__)

FOR_ROBOTS = {
    Event.AWAITS_REVIEW,
    Event.CORRECTION,
    Event.FAILED,
    Event.MISSED,
    Event.READY,
    Event.RELEASED,
    Event.URGENT,
    Event.WITHDRAWN,
}


def tell(
    event: Event, pair: Pair, people: Iterable[User], user: User | None = None, language: str = "", note: str = ""
) -> None:
    """Write a Notice to each of `people`, an iterable of users, but not to `user`, who took the step.

    One that says the same and is not sent yet is enough.
    """
    recipients: set[User | None] = {person for person in people if person.is_active and person != user}
    if event in FOR_ROBOTS and settings.NOTICE_ROBOTS:
        recipients.add(None)
    same = {"release": pair.release, "event": event, "language": language}
    waiting: set[int | None] = set(
        Notice.objects.filter(**same, sent_at=None, claim=None).values_list("recipient", flat=True)
    )
    Notice.objects.bulk_create(
        Notice(**same, recipient=recipient, who=name_of(user), note=note)
        for recipient in recipients
        if (recipient.pk if recipient else None) not in waiting
    )


# People --------------------------------------------------------------------------------------------------------------


def with_permission(permission: str, pages: Iterable[Page]) -> QuerySet[User]:
    """The users whose groups give them a permission on each of these pages."""
    users = get_user_model().objects.filter(is_active=True)
    for page in pages:
        allowed = PagePermissionPolicy().users_with_permission_for_instance(permission, page, include_superusers=False)
        users = users.filter(pk__in=allowed.values("pk"))
    return users


def publishers(pair: Pair) -> QuerySet[User]:
    return with_permission("publish", pair.pages)


def reviewers(pair: Pair) -> QuerySet[User]:
    return with_permission("change", pair.pages)


def translators_for(pair: Pair) -> Iterable[User]:
    """Whoever the translation is assigned to; else those who may change it and nothing of the other language."""
    version = pair.translation
    assigned = pair.release.assignments.filter(language=version.language.code, user__is_active=True).first()
    if assigned and assigned.user:
        return [assigned.user]
    bilingual = reviewers(pair).values("pk")
    everyone = with_permission("change", [version.existing_page])
    return everyone.exclude(pk__in=bilingual) or everyone


def users(keys: Iterable[int | None]) -> QuerySet[User]:
    return get_user_model().objects.filter(pk__in={key for key in keys if key is not None})


def writers_of(version: Version) -> QuerySet[User]:
    """Who wrote or submitted a version, and whoever it is assigned to."""
    return users(writers(version))


def writers(version: Version) -> set[int | None]:
    """Their keys."""
    page, assignment = version.existing_page, version.assignment
    wrote = Revision.objects.filter(pk=page.latest_revision_id).values_list("user", flat=True)
    submitted = WorkflowState.objects.for_instance(page).order_by("-pk").values_list("requested_by", flat=True)[:1]
    translated = {paragraph.by for paragraph in version.paragraphs}
    return {page.owner_id, *wrote, *submitted, *translated, assignment.user_id if assignment else None}


def involved(pair: Pair) -> set[User]:
    versions = [version for version in pair.versions.values() if version.page is not None]
    approved = pair.release.approvals.standing().values_list("user", flat=True)
    return set(users({*(key for version in versions for key in writers(version)), *approved}))


# Steps ---------------------------------------------------------------------------------------------------------------


def on_sync(pair: Pair, version: Version, user: User | None, data: dict[str, Any]) -> None:
    translation = pair.translation
    if not data.get("changed") or translation.page is None:
        return
    if translation.localized is None or open_segments(translation.localized):
        tell(Event.TO_TRANSLATE, pair, translators_for(pair), user, translation.language.code)


def on_approve(pair: Pair, version: Version, user: User | None, data: dict[str, Any]) -> None:
    tell(Event.APPROVED, pair, writers_of(version), user, version.language.code)
    if ready(pair) and not pair.release.release_at:
        tell(Event.READY, pair, publishers(pair), user)


def on_reopened(pair: Pair, version: Version, user: User | None, data: dict[str, Any]) -> None:
    tell(Event.REOPENED, pair, writers_of(version), user, version.language.code, data.get("reason", ""))


def on_hand_over(pair: Pair, version: Version, user: User | None, data: dict[str, Any]) -> None:
    to = get_user_model().objects.filter(pk=data["to_id"])
    tell(Event.HANDED_OVER, pair, to, user, version.language.code, data.get("reason", ""))


def on_correct(pair: Pair, version: Version, user: User | None, data: dict[str, Any]) -> None:
    tell(Event.CORRECTION, pair, reviewers(pair), user, note=data.get("reason", ""))


def on_release(pair: Pair, version: Version, user: User | None, data: dict[str, Any]) -> None:
    tell(Event.RELEASED, pair, involved(pair), user)


def on_urgent(pair: Pair, version: Version, user: User | None, data: dict[str, Any]) -> None:
    tell(Event.URGENT, pair, {*publishers(pair), *reviewers(pair), *involved(pair)}, user, note=data.get("reason", ""))


def on_failure(pair: Pair, version: Version, user: User | None, data: dict[str, Any]) -> None:
    tell(Event.FAILED, pair, publishers(pair), note=data.get("reason", ""))


def on_withdrawal(pair: Pair, version: Version, user: User | None, data: dict[str, Any]) -> None:
    tell(Event.WITHDRAWN, pair, {*involved(pair), *publishers(pair)}, user, note=data.get("reason", ""))


Listener = Callable[[Pair, Version, User | None, dict[str, Any]], None]
STEPS: dict[str, Listener] = {
    "sync": on_sync,
    "approve": on_approve,
    "take_back": on_reopened,
    "end_approval": on_reopened,
    "return_to_drafting": on_reopened,
    "end_review": on_reopened,
    "hand_over": on_hand_over,
    "correct": on_correct,
    "release": on_release,
    "release_urgently": on_urgent,
    "release_failed": on_failure,
    "withdraw": on_withdrawal,
}


OF_BOTH = {"release", "release_urgently"}
"""Steps that write a line for each version and are told once."""


def harmlessly(listen: Callable[..., None], *arguments: object) -> None:
    """What cannot be told must not stop what is done."""
    try:
        with transaction.atomic():
            listen(*arguments)
    except Exception:
        logger.exception("Nobody was told")


@receiver(trail.recorded, dispatch_uid="news.notices.recorded")
def on_recorded(
    sender: object, page: Page, action: str, user: User | None, data: dict[str, Any], pair: Pair | None, **kwargs: Any
) -> None:
    is_told = pair is not None and action in pair.told & OF_BOTH
    if action in STEPS and not is_told:
        harmlessly(step, STEPS[action], page, user, data, pair)
    if pair is not None:
        pair.told.add(action)


def step(listen: Listener, page: Page, user: User | None, data: dict[str, Any], pair: Pair | None) -> None:
    pair = pair or pair_of(page)
    listen(pair, pair.version_of(page), user, data)


@receiver(task_submitted, dispatch_uid="news.notices.awaits_review")
def on_task_submitted(sender: type[TaskState], instance: TaskState, user: User | None, **kwargs: Any) -> None:
    """A stage of a review begins."""
    page = instance.workflow_state.content_object
    if is_released(page):
        harmlessly(awaits_review, page.specific, instance, user)


def awaits_review(page: Page, task_state: TaskState, user: User | None) -> None:
    pair = pair_of(page)
    members = get_user_model().objects.filter(groups__in=task_state.task.specific.groups.all()).distinct()
    submitter = task_state.workflow_state.requested_by_id
    language = pair.version_of(page).language.code
    tell(Event.AWAITS_REVIEW, pair, members.exclude(pk=submitter), user, language, task_state.comment)


@receiver(workflow_rejected, dispatch_uid="news.notices.returned")
def on_return(sender: type[WorkflowState], instance: WorkflowState, user: User | None, **kwargs: Any) -> None:
    page = instance.content_object
    if is_released(page):
        harmlessly(returned, page.specific, instance, user)


def returned(page: Page, state: WorkflowState, user: User | None) -> None:
    pair = pair_of(page)
    version = pair.version_of(page)
    comment = state.current_task_state.comment if state.current_task_state else ""
    tell(Event.RETURNED, pair, writers_of(version), user, version.language.code, comment)


def missed(release: Release) -> None:
    """A moment that passed without a release; told once."""
    if not release.notices.filter(event=Event.MISSED, created_at__gte=release.release_at).exists():
        pair = Pair(release)
        tell(Event.MISSED, pair, publishers(pair))
