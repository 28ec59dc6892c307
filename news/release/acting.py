"""Acting publishers, and who is on duty. Rule 30."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import Group, User
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import GroupPagePermission

from home import clock
from home.models import HomePage
from home.upstream import membership
from news.models import ActingPublisher, Duty
from news.models.release import name_of
from news.pair.people_refusals import (
    EndedAlready,
    NamesNobody,
    NoPublishersGroup,
    NoSuchDays,
    NoSuchTime,
    NotOnDuty,
    NotTheirs,
    RosterNotTheirs,
)


class NewsMembership(membership.MembershipPolicy):
    """Groups, and those that somebody stands in for now."""

    def groups_of(self, user: User) -> QuerySet[Group]:
        if not user.pk:
            return Group.objects.none()
        acting = ActingPublisher.objects.in_force().filter(user=user).values("group")
        return Group.objects.filter(Q(pk__in=user.groups.values("pk")) | Q(pk__in=acting))

    def members(self, groups: Any) -> Q:
        acting = ActingPublisher.objects.in_force().filter(group__in=groups).values("user")
        return Q(groups__in=groups) | Q(pk__in=acting)


def published_by(groups: QuerySet[Group], homes: Collection[HomePage]) -> dict[int, set[int]]:
    """{key of a group: keys of those home pages below which it may publish}"""
    found: dict[int, set[int]] = {}
    given = GroupPagePermission.objects.filter(group__in=groups, permission__codename="publish_page")
    for row in given.select_related("page"):
        below = {home.pk for home in homes if home.path.startswith(row.page.path)}
        found.setdefault(row.group_id, set()).update(below)
    return found


def publish_both(groups: QuerySet[Group]) -> bool:
    """Whether somebody who is in all of these groups may publish below every home page."""
    homes = HomePage.objects.all()
    return {home.pk for home in homes} <= set().union(*published_by(groups, homes).values())


def is_publisher(user: User) -> bool:
    """By their own groups, not because they stand in for somebody: who does, names nobody else."""
    return user.is_active and (user.is_superuser or publish_both(user.groups.all()))


def group_for(user: User) -> Group:
    """The group whose rights this publisher gives: one of their own that publishes both languages, if there is one.

    None that administers accounts: whoever stands in could give themselves more, and for longer.
    """
    homes = HomePage.objects.all()
    given = Group.objects.exclude(permissions__content_type__app_label="auth")
    whole = [key for key, found in published_by(given, homes).items() if {home.pk for home in homes} <= found]
    own = set(user.groups.values_list("pk", flat=True))
    if not whole:
        raise NoPublishersGroup
    return Group.objects.get(pk=min(whole, key=lambda key: (key not in own, key)))


def staff() -> QuerySet[User]:
    """Who works on pages."""
    groups = GroupPagePermission.objects.values("group")
    found = User.objects.filter(Q(groups__in=groups) | Q(is_superuser=True), is_active=True)
    return found.distinct().order_by("first_name", "username")


def may_be_named() -> list[User]:
    return [user for user in staff() if not is_publisher(user)]


@transaction.atomic
def name_acting(user: User, person: User, starts_at: datetime, ends_at: datetime, reason: str = "") -> ActingPublisher:
    """`user` names `person`. Raises Refused."""
    if not is_publisher(user):
        raise NamesNobody
    if not staff().filter(pk=person.pk).exists() or is_publisher(person):
        raise NotTheirs(name=name_of(person))
    starts_at = max(starts_at, timezone.now())  # what was done before is not made right afterwards
    if starts_at >= ends_at:
        raise NoSuchTime
    made = ActingPublisher.objects.create(
        user=person,
        user_name=name_of(person),
        group=group_for(user),
        starts_at=starts_at,
        ends_at=ends_at,
        reason=reason.strip(),
        named_by=user,
        named_by_name=name_of(user),
    )
    record(made, "name_acting", user, moments=[starts_at, ends_at], reason=made.reason)
    return made


@transaction.atomic
def end_acting(user: User, key: int) -> None:
    """Before its time. Raises Refused."""
    if not is_publisher(user):
        raise NamesNobody
    found = ActingPublisher.objects.to_come().select_for_update(of=("self",)).filter(pk=key).first()
    if found is None:
        raise EndedAlready
    end(found, user)


def end_all(person: User, user: User | None) -> None:
    """Whose account was deactivated: made active again, they have their own rights alone."""
    for found in ActingPublisher.objects.filter(user=person, ended_at=None, ends_at__gt=timezone.now()):
        end(found, user)


def end(found: ActingPublisher, user: User | None) -> None:
    found.ended_at, found.ended_by, found.ended_by_name = timezone.now(), user, name_of(user)
    found.save(update_fields=["ended_at", "ended_by", "ended_by_name"])
    record(found, "end_acting", user)


@transaction.atomic
def put_on_duty(user: User, person: User, first: date, last: date) -> Duty:
    require_roster(user)
    if not staff().filter(pk=person.pk).exists():
        raise NotOnDuty(name=name_of(person))
    made = Duty(user=person, user_name=name_of(person), first=first, last=last, by=user, by_name=name_of(user))
    if not first <= last or last < clock.day():
        raise NoSuchDays
    made.save()
    record(made, "put_on_duty", user, days=[first, last])
    return made


@transaction.atomic
def take_off_duty(user: User, key: int) -> None:
    require_roster(user)
    found = Duty.objects.filter(pk=key).first()
    if found is None:
        raise EndedAlready
    record(found, "take_off_duty", user, days=[found.first, found.last])
    found.delete()


def require_roster(user: User) -> None:
    """An acting publisher, too: it is a publisher's work."""
    if not user.is_active or not (user.is_superuser or publish_both(membership.groups_of(user))):
        raise RosterNotTheirs


def record(made: ActingPublisher | Duty, action: str, user: User | None, **data: Any) -> None:
    data = {name: value for name, value in data.items() if value}
    log(instance=made, action=f"newsroom.{action}", user=user, data={"person": made.user_name, **data})


def on_duty() -> list[User]:
    """Those who are told of what is missed, failed, urgent or held."""
    return [duty.user for duty in Duty.objects.now().select_related("user") if duty.user is not None]
