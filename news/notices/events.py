"""Which step tells whom. Listens to the audit trail and to Wagtail's workflow, and writes Notices beside each step."""

import logging

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.dispatch import receiver
from wagtail.models import Revision, WorkflowState
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.signals import task_submitted, workflow_rejected

from news import trail
from news.models import Event, Notice
from news.models.release import name_of
from news.models.review import is_released
from news.pair.pair import Pair, pair_of
from news.pair.readiness import ready
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


def tell(event, pair, people, user=None, language="", note=""):
    """Write a Notice to each of `people`, an iterable of users, but not to `user`, who took the step.

    One that says the same and is not sent yet is enough.
    """
    recipients = {person for person in people if person.is_active and person != user}
    if event in FOR_ROBOTS and settings.NOTICE_ROBOTS:
        recipients.add(None)
    same = {"release": pair.release, "event": event, "language": language}
    waiting = set(Notice.objects.filter(**same, sent_at=None, claim=None).values_list("recipient", flat=True))
    Notice.objects.bulk_create(
        Notice(**same, recipient=recipient, who=name_of(user), note=note)
        for recipient in recipients
        if (recipient and recipient.pk) not in waiting
    )


# People --------------------------------------------------------------------------------------------------------------


def with_permission(permission, pages):
    """The users whose groups give them a permission on each of these pages."""
    users = get_user_model().objects.filter(is_active=True)
    for page in pages:
        allowed = PagePermissionPolicy().users_with_permission_for_instance(permission, page, include_superusers=False)
        users = users.filter(pk__in=allowed.values("pk"))
    return users


def publishers(pair):
    return with_permission("publish", pair.pages)


def reviewers(pair):
    return with_permission("change", pair.pages)


def translators_for(pair):
    """Whoever the translation is assigned to; else those who may change it and nothing of the other language."""
    version = pair.translation
    assigned = pair.release.assignments.filter(language=version.language.code, user__is_active=True).first()
    if assigned:
        return [assigned.user]
    bilingual = reviewers(pair).values("pk")
    everyone = with_permission("change", [version.page])
    return everyone.exclude(pk__in=bilingual) or everyone


def users(keys):
    return get_user_model().objects.filter(pk__in=set(keys) - {None})


def writers_of(version):
    """Who wrote or submitted a version, and whoever it is assigned to."""
    return users(writers(version))


def writers(version):
    """Their keys."""
    page, assignment = version.page, version.assignment
    wrote = Revision.objects.filter(pk=page.latest_revision_id).values_list("user", flat=True)
    submitted = WorkflowState.objects.for_instance(page).order_by("-pk").values_list("requested_by", flat=True)[:1]
    translated = {paragraph.by for paragraph in version.paragraphs}
    return {page.owner_id, *wrote, *submitted, *translated, assignment and assignment.user_id}


def involved(pair):
    versions = [version for version in pair.versions.values() if version.page is not None]
    approved = pair.release.approvals.standing().values_list("user", flat=True)
    return set(users({*(key for version in versions for key in writers(version)), *approved}))


# Steps ---------------------------------------------------------------------------------------------------------------


def on_sync(pair, version, user, data):
    translation = pair.translation
    if not data.get("changed") or translation.page is None:
        return
    if translation.localized is None or open_segments(translation.localized):
        tell(Event.TO_TRANSLATE, pair, translators_for(pair), user, translation.language.code)


def on_approve(pair, version, user, data):
    tell(Event.APPROVED, pair, writers_of(version), user, version.language.code)
    if ready(pair) and not pair.release.release_at:
        tell(Event.READY, pair, publishers(pair), user)


def on_reopened(pair, version, user, data):
    tell(Event.REOPENED, pair, writers_of(version), user, version.language.code, data.get("reason", ""))


def on_hand_over(pair, version, user, data):
    to = get_user_model().objects.filter(pk=data["to_id"])
    tell(Event.HANDED_OVER, pair, to, user, version.language.code, data.get("reason", ""))


def on_correct(pair, version, user, data):
    tell(Event.CORRECTION, pair, reviewers(pair), user, note=data.get("reason", ""))


def on_release(pair, version, user, data):
    tell(Event.RELEASED, pair, involved(pair), user)


def on_urgent(pair, version, user, data):
    tell(Event.URGENT, pair, {*publishers(pair), *reviewers(pair), *involved(pair)}, user, note=data.get("reason", ""))


def on_failure(pair, version, user, data):
    tell(Event.FAILED, pair, publishers(pair), note=data.get("reason", ""))


def on_withdrawal(pair, version, user, data):
    tell(Event.WITHDRAWN, pair, {*involved(pair), *publishers(pair)}, user, note=data.get("reason", ""))


STEPS = {
    "sync": on_sync,
    "approve": on_approve,
    "take_back": on_reopened,
    "end_approval": on_reopened,
    "return_to_drafting": on_reopened,
    "hand_over": on_hand_over,
    "correct": on_correct,
    "release": on_release,
    "release_urgently": on_urgent,
    "release_failed": on_failure,
    "withdraw": on_withdrawal,
}


OF_BOTH = {"release", "release_urgently"}
"""Steps that write a line for each version and are told once."""


def harmlessly(listen, *arguments):
    """What cannot be told must not stop what is done."""
    try:
        with transaction.atomic():
            listen(*arguments)
    except Exception:
        logger.exception("Nobody was told")


@receiver(trail.recorded, dispatch_uid="news.notices.recorded")
def on_recorded(sender, page, action, user, data, pair, **kwargs):
    is_told = pair is not None and action in pair.told & OF_BOTH
    if action in STEPS and not is_told:
        harmlessly(step, STEPS[action], page, user, data, pair)
    if pair is not None:
        pair.told.add(action)


def step(listen, page, user, data, pair):
    pair = pair or pair_of(page)
    listen(pair, pair.version_of(page), user, data)


@receiver(task_submitted, dispatch_uid="news.notices.awaits_review")
def on_task_submitted(sender, instance, user, **kwargs):
    """A stage of a review begins."""
    page = instance.workflow_state.content_object
    if is_released(page):
        harmlessly(awaits_review, page.specific, instance, user)


def awaits_review(page, task_state, user):
    pair = pair_of(page)
    members = get_user_model().objects.filter(groups__in=task_state.task.specific.groups.all()).distinct()
    submitter = task_state.workflow_state.requested_by_id
    language = pair.version_of(page).language.code
    tell(Event.AWAITS_REVIEW, pair, members.exclude(pk=submitter), user, language, task_state.comment)


@receiver(workflow_rejected, dispatch_uid="news.notices.returned")
def on_return(sender, instance, user, **kwargs):
    page = instance.content_object
    if is_released(page):
        harmlessly(returned, page.specific, instance, user)


def returned(page, state, user):
    pair = pair_of(page)
    version = pair.version_of(page)
    comment = state.current_task_state.comment if state.current_task_state else ""
    tell(Event.RETURNED, pair, writers_of(version), user, version.language.code, comment)


def missed(release):
    """A moment that passed without a release; told once."""
    if not release.notices.filter(event=Event.MISSED, created_at__gte=release.release_at).exists():
        pair = Pair(release)
        tell(Event.MISSED, pair, publishers(pair))
