"""What somebody works on: back to the group once their account is deactivated, or to somebody else in one step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User, UserManager
from django.contrib.sessions.backends.cached_db import SessionStore
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver
from django.utils import timezone
from wagtail.log_actions import get_active_log_context, log
from wagtail.models import Page, TaskState, WorkflowState

from home import clock
from home.accounts import sessions
from home.accounts.models import AccountLine, KnownSession
from home.languages import LANGUAGES
from news import trail
from news.models import Assignment, CalendarFeed, Claim, Duty, Release, SignOff
from news.models.release import name_of
from news.models.review import is_released
from news.pair.pair import Pair, VersionState, pair_of, release_of
from news.pair.people_refusals import HandsOverToNobody, NotAnAdministrator, NothingToHandOver
from news.pair.version import Version

from . import acting
from .assignment import may_take_over
from .freezing import unfreeze
from .holding import held
from .summaries import mark_translations

Work = dict[str, set[str]]
"""{code of the language: what somebody has in hand of that version, by names of news.trail.WORK}"""


UNDECIDED = (VersionState.DRAFTING, VersionState.CHANGES_ASKED)
"""Where a version waits for whoever wrote it."""


@dataclass(frozen=True)
class InHand:
    """What somebody has in hand now."""

    releases: dict[int, Work]
    """By the key of the Release."""
    pages: list[Page]
    """That they locked and that need no release."""
    duties: list[Duty]
    owned: int
    """Pages that they wrote first, whatever has become of them."""

    def __bool__(self) -> bool:
        return bool(self.releases or self.pages or self.duties or self.owned)


def in_hand(user: User) -> InHand:
    releases: dict[int, Work] = defaultdict(lambda: defaultdict(set))
    others: list[Page] = []

    def note(page: Page | None, what: str) -> None:
        if page is not None and is_released(page):
            releases[release_of(page).pk][page.locale.language_code].add(what)
        elif page is not None and what == "lock":
            others.append(page)

    for assignment in Assignment.objects.filter(user=user):
        releases[assignment.release_id][assignment.language].add("assignment")
    at_a_stage = {"task_state__status": TaskState.STATUS_IN_PROGRESS}
    for claim in Claim.objects.filter(user=user, **at_a_stage).select_related("task_state__workflow_state"):
        note(claim.task_state.workflow_state.content_object, "claim")
    for signed in SignOff.objects.filter(user=user, agreed_by=None, **at_a_stage).select_related("task_state"):
        note(signed.task_state.workflow_state.content_object, "sign_off")
    for page in Page.objects.filter(locked=True, locked_by=user).specific():
        note(page, "lock")
    for review in WorkflowState.objects.filter(requested_by=user, status=WorkflowState.STATUS_NEEDS_CHANGES):
        note(review.content_object, "returned")
    for release in Release.objects.filter(frozen_by=user, frozen_until__gt=timezone.now()):
        for page in Pair(release).pages:
            releases[release.pk][page.locale.language_code].add("freeze")
    for page in Page.objects.filter(Q(live=False) | Q(has_unpublished_changes=True), owner=user).specific():
        if is_released(page) and pair_of(page).version_of(page).state in UNDECIDED:
            note(page, "draft")
    duties = list(Duty.objects.filter(user=user, last__gte=clock.day()))  # of an account that is not active, too
    owned = Page.objects.filter(owner=user, alias_of=None).count()
    return InHand({key: dict(work) for key, work in releases.items()}, others, duties, owned)


def by_whom() -> User | None:
    """Whoever uses the admin."""
    return get_active_log_context().user


# Back to the group ---------------------------------------------------------------------------------------------------


@transaction.atomic
def give_back(user: User) -> None:
    """An account was deactivated: what it has in hand is the group's again. What it wrote stays its own."""
    found, by = in_hand(user), by_whom()
    for key, work in sorted(found.releases.items()):
        with held(Release.objects.get(pk=key)) as pair:
            for code, what in work.items():
                version = pair.versions[LANGUAGES[code]]
                take_from(version, user, what)
                if version.page is not None:
                    record_return(version, user, by, what)
    for page in found.pages:
        unlock(page, by)
    for duty in found.duties:
        acting.record(duty, "take_off_duty", by, days=[duty.first, duty.last])
        duty.delete()
    acting.end_all(user, by)


def record_return(version: Version, user: User, by: User | None, what: Iterable[str]) -> None:
    page = version.existing_page
    trail.record(page, "to_group", by, page.latest_revision, version.pair, **{"from": name_of(user)}, work=sorted(what))


def take_from(version: Version, user: User, what: Iterable[str]) -> None:
    release, code = version.pair.release, version.language.code
    if "assignment" in what:
        Assignment.objects.filter(release=release, language=code, user=user).delete()
    if "claim" in what:
        Claim.objects.filter(task_state=version.task_state, user=user).delete()
    if "sign_off" in what:
        SignOff.objects.filter(task_state=version.task_state, user=user, agreed_by=None).delete()
    if "lock" in what:
        unlock(version.existing_page, by_whom())
    if "freeze" in what and release.frozen_until is not None:
        unfreeze(release)
        release.save(update_fields=["frozen_until", "frozen_by"])


def unlock(page: Page, by: User | None) -> None:
    page.locked, page.locked_by, page.locked_at = False, None, None
    page.save(update_fields=["locked", "locked_by", "locked_at"], clean=False)
    log(instance=page, action="wagtail.unlock", user=by)


# To somebody else ----------------------------------------------------------------------------------------------------


def may_hand_over_all(by: User, user: User) -> bool:
    """For administrators, as Wagtail asks of who changes an account."""
    return by.has_perm("auth.change_user") and (by.is_superuser or not user.is_superuser)


@transaction.atomic
def hand_over_all(user: User, to: User, by: User) -> None:
    """Everything that somebody has in hand, in one step. What `to` may not do there returns to the group.

    Raises Refused. Whether the account is deactivated is another question.
    """
    if not may_hand_over_all(by, user):
        raise NotAnAdministrator
    if to.pk == user.pk or not to.is_active:
        raise HandsOverToNobody
    found = in_hand(user)
    if not found:
        raise NothingToHandOver(name=name_of(user))
    owned = Page.objects.filter(owner=user)
    written = list(owned.values_list("translation_key", flat=True))
    owned.update(owner=to)
    mark_translations(written)
    for key, work in sorted(found.releases.items()):
        with held(Release.objects.get(pk=key)) as pair:
            for code, what in work.items():
                if pair.versions[LANGUAGES[code]].page is not None:
                    pass_on(pair.versions[LANGUAGES[code]], user, to, by, what)
    for page in found.pages:
        if page.permissions_for_user(to).can_lock():
            lock_for(page, to, by)
        else:
            unlock(page, by)
    for duty in found.duties:
        duty.user, duty.user_name = to, name_of(to)
        duty.save(update_fields=["user", "user_name"])
    log(instance=user, action="newsroom.hand_over_all", user=by, data={"from": name_of(user), "to": name_of(to)})


def pass_on(version: Version, user: User, to: User, by: User, what: set[str]) -> None:
    page, release, code = version.existing_page, version.pair.release, version.language.code
    page.owner_id = to.pk if page.owner_id == user.pk else page.owner_id
    may_write = may_take_over(page).filter(pk=to.pk).exists()
    passed: set[str] = set()
    if "assignment" in what and may_write:
        fields: dict[str, Any] = {"user": to, "by": by, "by_name": name_of(by), "at": timezone.now()}
        Assignment.objects.filter(release=release, language=code, user=user).update(**fields)
        passed.add("assignment")
    if "claim" in what and version.is_decided_by(to):
        fields = {"user": to, "user_name": name_of(to), "at": timezone.now()}
        Claim.objects.filter(task_state=version.task_state, user=user).update(**fields)
        passed.add("claim")
    if "lock" in what and may_write:
        lock_for(page, to, by)
        passed.add("lock")
    if "returned" in what and may_write and version.review is not None:
        WorkflowState.objects.filter(pk=version.review.pk).update(requested_by=to)
        passed.add("returned")
    if "draft" in what:
        passed.add("draft")
    left = what - passed
    if passed:
        names = {"to": name_of(to), "to_id": to.pk, "from": name_of(user)}
        trail.record(page, "hand_over", by, page.latest_revision, version.pair, **names, work=sorted(passed))
    if left:
        take_from(version, user, left)
        record_return(version, user, by, left)


def lock_for(page: Page, to: User, by: User) -> None:
    page.locked, page.locked_by, page.locked_at = True, to, timezone.now()
    page.save(update_fields=["locked", "locked_by", "locked_at"], clean=False)
    log(instance=page, action="wagtail.lock", user=by)


# At once -------------------------------------------------------------------------------------------------------------


def deactivated(users: Iterable[User]) -> None:
    for user in users:
        end_sessions(user)
        give_back(user)


def end_sessions(user: User) -> None:
    """Django lets nobody in whose account is not active; nor does what was open then open again later."""
    sessions.end_some(user, KnownSession.objects.filter(user=user))
    end_feeds(user)
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            SessionStore(session.session_key).delete()


def end_feeds(user: User) -> None:
    CalendarFeed.objects.end(CalendarFeed.objects.standing(user))


@receiver(post_save, sender=AccountLine, dispatch_uid="news.release.leaving.password")
def after_new_password(sender: type[Model], instance: AccountLine, created: bool, **kwargs: Any) -> None:
    """It ends whatever the old one had opened."""
    if created and instance.kind == AccountLine.Kind.PASSWORD_CHANGED and instance.user is not None:
        end_feeds(instance.user)


def is_active(user: User) -> bool:
    return User.objects.filter(pk=user.pk, is_active=True).exists()


@receiver(pre_save, sender=User, dispatch_uid="news.release.leaving.before")
def before_save(sender: type[Model], instance: Any, raw: bool = False, **kwargs: Any) -> None:
    instance.was_active = not raw and not instance.is_active and bool(instance.pk) and is_active(instance)


@receiver(post_save, sender=User, dispatch_uid="news.release.leaving.after")
def after_save(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    if instance.was_active and not is_active(instance):
        deactivated([instance])


class PeopleQuerySet(QuerySet[User]):
    """`update()` sends no signal, and Wagtail's bulk action updates."""

    def update(self, **values: Any) -> int:
        if "is_active" not in values:
            return super().update(**values)
        with transaction.atomic():
            were = list(self.order_by().filter(is_active=True).values_list("pk", flat=True))
            count = super().update(**values)
            deactivated(User.objects.filter(pk__in=were, is_active=False))
        return count


def install() -> None:
    manager: Any = UserManager
    manager._queryset_class = PeopleQuerySet
