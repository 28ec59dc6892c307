"""Which step tells whom. Listens to the audit trail and to Wagtail's workflow, and writes Notices beside each step."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db import transaction
from django.dispatch import receiver
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_rejected

from home.upstream import membership
from news import trail
from news.models import Event, Notice, Release
from news.models.release import name_of
from news.models.review import is_released
from news.pair.pair import Pair, pair_of
from news.pair.readiness import ready
from news.pair.stops import stop_of
from news.pair.version import Version
from news.release.acting import on_duty
from news.release.rights import expiring, releases_with
from news.translation.drafts import open_segments

from .people import involved, publishers, reviewers, translators_for, users, with_permission, writers_of
from .words import GIVEN_UP

logger = logging.getLogger(__name__)

FOR_ROBOTS = {
    Event.AMENDMENT,
    Event.AWAITS_REVIEW,
    Event.BROUGHT_BACK,
    Event.BROUGHT_FORWARD,
    Event.CORRECTION,
    Event.EMBARGO_BROKEN,
    Event.FAILED,
    Event.HELD,
    Event.HELD_OVER,
    Event.LIFTED,
    Event.MISSED,
    Event.NOT_AGREED,
    Event.READY,
    Event.RELEASED,
    Event.TAKEN_DOWN,
    Event.TO_BRING_BACK,
    Event.URGENT,
    Event.WITHDRAWN,
}


FOR_DUTY = {
    Event.FAILED,
    Event.HELD,
    Event.HELD_OVER,
    Event.MISSED,
    Event.NOT_AGREED,
    Event.URGENT,
    Event.URGENT_AHEAD,
}
"""What whoever is on duty hears of, whatever else they are."""


def tell(
    event: Event,
    pair: Pair,
    people: Iterable[User],
    user: User | None = None,
    language: str = "",
    note: str = "",
    moment: datetime | None = None,
    about: str = "",
) -> None:
    """Write a Notice to each of `people`, an iterable of users, but not to `user`, who took the step.

    One that says the same and is not sent yet is enough.
    """
    told = {*people, *on_duty()} if event in FOR_DUTY else people
    recipients: set[User | None] = {person for person in told if person.is_active and person != user}
    if event in FOR_ROBOTS and settings.NOTICE_ROBOTS:
        recipients.add(None)
    same = {"release": pair.release, "event": event, "language": language, "about": about}
    fresh = Notice.objects.waiting().filter(**same, claim=None, robots_told="")
    waiting: set[int | None] = set(fresh.values_list("recipient", flat=True))
    Notice.objects.bulk_create(
        Notice(**same, recipient=recipient, who=name_of(user), note=note, moment=moment)
        for recipient in recipients
        if (recipient.pk if recipient else None) not in waiting
    )


# Steps ---------------------------------------------------------------------------------------------------------------


Listener = Callable[[Pair, Version, User | None, dict[str, Any]], None]


def on_sync(pair: Pair, version: Version, user: User | None, data: dict[str, Any]) -> None:
    translation = pair.translation
    if not data.get("changed") or translation.page is None:
        return
    if translation.localized is None or open_segments(translation.localized):
        tell(Event.TO_TRANSLATE, pair, translators_for(pair), user, translation.language.code)


def on_approve(pair: Pair, version: Version, user: User | None, data: dict[str, Any]) -> None:
    tell(Event.APPROVED, pair, writers_of(version), user, version.language.code)
    if ready(pair) and not pair.release.release_at and stop_of(pair) is None:
        tell(Event.READY, pair, publishers(pair), user)


def on_reopened(pair: Pair, version: Version, user: User | None, data: dict[str, Any]) -> None:
    tell(Event.REOPENED, pair, writers_of(version), user, version.language.code, data.get("reason", ""))


def on_hand_over(pair: Pair, version: Version, user: User | None, data: dict[str, Any]) -> None:
    to = get_user_model().objects.filter(pk=data["to_id"])
    tell(Event.HANDED_OVER, pair, to, user, version.language.code, data.get("reason", ""))


def on_to_group(pair: Pair, version: Version, user: User | None, data: dict[str, Any]) -> None:
    people = with_permission("change", [version.existing_page])
    tell(Event.TO_GROUP, pair, people, user, version.language.code, data["from"])


def on_correct(pair: Pair, version: Version, user: User | None, data: dict[str, Any]) -> None:
    tell(Event.CORRECTION, pair, reviewers(pair), user, note=data.get("reason", ""))


def on_release(pair: Pair, version: Version, user: User | None, data: dict[str, Any]) -> None:
    tell(Event.RELEASED, pair, involved(pair), user)


def on_urgent(pair: Pair, version: Version, user: User | None, data: dict[str, Any]) -> None:
    tell(Event.URGENT, pair, {*publishers(pair), *reviewers(pair), *involved(pair)}, user, note=data.get("reason", ""))
    on_embargo_broken(pair, version, user, data)


def about_embargo(event: Event) -> Listener:
    """All publishers, and who worked on it, are told of the embargo that was there."""

    def listen(pair: Pair, version: Version, user: User | None, data: dict[str, Any]) -> None:
        if data.get("until"):
            until, people = datetime.fromisoformat(data["until"]), {*publishers(pair), *involved(pair)}
            tell(event, pair, people, user, note=data.get("reason", ""), moment=until)

    return listen


on_embargo_broken = about_embargo(Event.EMBARGO_BROKEN)


def on_failure(pair: Pair, version: Version, user: User | None, data: dict[str, Any]) -> None:
    tell(Event.FAILED, pair, publishers(pair), note=data.get("reason", ""))


def on_withdrawal(pair: Pair, version: Version, user: User | None, data: dict[str, Any]) -> None:
    tell(Event.WITHDRAWN, pair, {*involved(pair), *publishers(pair)}, user, note=data.get("reason", ""))


def on_proposed(pair: Pair, version: Version, user: User | None, data: dict[str, Any]) -> None:
    tell(Event.TO_REPLACE, pair, publishers(pair), user, note=data.get("reason", ""))


def on_replaced(pair: Pair, version: Version, user: User | None, data: dict[str, Any]) -> None:
    tell(Event.REPLACED, pair, involved(pair), user, note=data.get("reason", ""))


def on_taken_down(pair: Pair, version: Version, user: User | None, data: dict[str, Any]) -> None:
    tell(Event.TAKEN_DOWN, pair, {*publishers(pair), *involved(pair)}, user, note=data.get("reason", ""))


def on_hold(pair: Pair, version: Version, user: User | None, data: dict[str, Any]) -> None:
    assigned = users(assignment.user_id for assignment in pair.assignments.values())
    tell(Event.HELD, pair, {*publishers(pair), *assigned}, user, note=data.get("reason", ""))


def on_lift(pair: Pair, version: Version, user: User | None, data: dict[str, Any]) -> None:
    tell(Event.LIFTED, pair, {*involved(pair), *publishers(pair)}, user, note=data.get("reason", ""))


def on_amend(pair: Pair, version: Version, user: User | None, data: dict[str, Any]) -> None:
    tell(Event.AMENDMENT, pair, reviewers(pair), user, note=data.get("ordered_by", ""))


def on_amended(pair: Pair, version: Version, user: User | None, data: dict[str, Any]) -> None:
    tell(Event.AMENDED, pair, {*involved(pair), *publishers(pair)}, user)


def on_amendment_dropped(pair: Pair, version: Version, user: User | None, data: dict[str, Any]) -> None:
    """Whoever wrote it is told, if somebody else has given it up."""
    dropped = pair.release.amendments.exclude(ended_at=None).order_by("-ended_at", "-pk").first()
    if dropped is not None and dropped.opened_by is not None:
        tell(Event.AMENDMENT, pair, [dropped.opened_by], user, about=GIVEN_UP)


def on_return_proposed(pair: Pair, version: Version, user: User | None, data: dict[str, Any]) -> None:
    tell(Event.TO_BRING_BACK, pair, reviewers(pair), user, note=data.get("reason", ""))


def on_brought_back(pair: Pair, version: Version, user: User | None, data: dict[str, Any]) -> None:
    tell(Event.BROUGHT_BACK, pair, {*involved(pair), *publishers(pair)}, user, note=data.get("reason", ""))


STEPS: dict[str, Listener] = {
    "sync": on_sync,
    "approve": on_approve,
    "take_back": on_reopened,
    "end_approval": on_reopened,
    "return_to_drafting": on_reopened,
    "end_review": on_reopened,
    "hand_over": on_hand_over,
    "to_group": on_to_group,
    "correct": on_correct,
    "release": on_release,
    "release_urgently": on_urgent,
    "break_embargo": on_embargo_broken,
    "bring_forward": about_embargo(Event.BROUGHT_FORWARD),
    "unschedule": about_embargo(Event.UNSCHEDULED),
    "schedule_urgently": about_embargo(Event.URGENT_AHEAD),
    "release_failed": on_failure,
    "withdraw": on_withdrawal,
    "propose_replacement": on_proposed,
    "replace_file": on_replaced,
    "take_down": on_taken_down,
    "hold": on_hold,
    "lift": on_lift,
    "amend": on_amend,
    "agree_to_amendment": on_amended,
    "drop_amendment": on_amendment_dropped,
    "propose_return": on_return_proposed,
    "bring_back": on_brought_back,
}


OF_BOTH = {
    *("release", "release_urgently", "break_embargo", "bring_forward", "unschedule", "schedule_urgently"),
    *("propose_replacement", "replace_file", "take_down"),
    *("hold", "lift", "amend", "agree_to_amendment", "drop_amendment", "propose_return", "bring_back"),
}
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
    groups = task_state.task.specific.groups.all()
    members = get_user_model().objects.filter(membership.members(groups)).distinct()
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
    """A moment that passed without a release, and why; told once."""
    pair = Pair(release)
    told = release.notices.filter(created_at__gte=release.release_at)
    if pair.is_held:
        event = Event.HELD_OVER
    elif pair.amendment is not None:
        event = Event.NOT_AGREED
    else:
        event = Event.MISSED
    of_any_kind = [Event.MISSED, Event.HELD_OVER, Event.NOT_AGREED]
    if not told.filter(event__in=of_any_kind if event == Event.MISSED else [event]).exists():
        tell(event, pair, publishers(pair), note=release.held_reason)


def rights_expire(now: datetime | None = None) -> None:
    """Publishers hear once of each release that shows a picture whose rights expire soon, or have."""
    for image in expiring(now):
        for pair in Pair.many(releases_with(image)):
            note = f"{image.title}: {image.rights_expire_on}"
            if not pair.release.notices.filter(event=Event.RIGHTS, note=note).exists():
                tell(Event.RIGHTS, pair, publishers(pair), note=note)
