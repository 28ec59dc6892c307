"""Who corrects a version while reviewing it: one at a time. Rule 17."""

from django.contrib.auth.models import User
from django.utils import timezone
from wagtail.models import Page

from news import trail
from news.models import Claim
from news.models.release import name_of
from news.pair.pair import release_of
from news.pair.refusals import ClaimedByNobody
from news.pair.version import Version

from .holding import held


def claim_for_writing(page: Page, user: User) -> None:
    """Called before a reviewer's words are saved: from then on nobody else writes in this version.

    What somebody else has claimed stays theirs, and the lock says so.
    """
    state = page.current_workflow_task_state
    if state is None or Claim.objects.filter(task_state=state, user=user).exists():
        return
    with held(release_of(page)) as pair:
        version = pair.version_of(page)
        may_write = page.permissions_for_user(user).can_edit() and not version.is_locked_for(user)
        if version.task_state is not None and may_write:
            give(version, user, "claim")


def may_take_over(version: Version, user: User) -> bool:
    """For whoever may decide at the stage that it waits in."""
    if version.claim is None or version.claim.user_id == user.pk or version.task is None:
        return False
    return not version.task.locked_for_user(version.page, user)


def take_over(version: Version, user: User) -> None:
    if not may_take_over(version, user):
        raise ClaimedByNobody
    give(version, user, "take_over")


def let_go(version: Version, user: User) -> None:
    if version.claim is None or version.claim.user_id != user.pk:
        raise ClaimedByNobody
    version.claim.delete()
    trail.record(version.page, "let_go", user, version.existing_page.latest_revision)


def give(version: Version, user: User, action: str) -> None:
    fields = {"user": user, "user_name": name_of(user), "at": timezone.now()}
    Claim.objects.update_or_create(task_state=version.task_state, defaults=fields)
    trail.record(version.page, action, user, version.existing_page.latest_revision)
