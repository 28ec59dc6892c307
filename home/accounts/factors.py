"""Second factors: who has one, who must, and whether what somebody gives is theirs."""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from wagtail.models import GroupPagePermission

from home.upstream.membership import groups_of

from . import codes
from .asking import asked
from .browsers import remember
from .models import AccountLine, Door, Factor, KnownSession, RecoveryCode
from .throttle import Attempt

DEMANDED, OFFERED, OFF = "demanded", "offered", "off"


def are_offered() -> bool:
    return bool(settings.SECOND_FACTOR != OFF)


def must(user: User) -> bool:
    """Whether somebody who may release or administer is not let in without."""
    if settings.SECOND_FACTOR != DEMANDED:
        return False
    if user.is_superuser or user.has_perm("auth.change_user") or user.has_perm("auth.change_group"):
        return True
    releases = GroupPagePermission.objects.filter(permission__codename="publish_page", group__in=groups_of(user))
    return bool(releases.exists())


def factors_of(user: User, kind: str = "") -> "list[Factor]":
    found = Factor.objects.filter(user=user).order_by("made")
    return list(found.filter(kind=kind) if kind else found)


def app_of(user: User) -> Factor | None:
    return next(iter(factors_of(user, Factor.Kind.APP)), None) if are_offered() else None


def asks_for_code() -> bool:
    """Whether whoever asks now says once more who they are by a code of their app."""
    request: Any = asked.get()
    if request is None or not request.user.is_authenticated:  # this finds the session, which knows most of it
        return False
    return request.known_session.has_factor and app_of(request.user) is not None


def is_right(user: User, typed: str) -> str:
    """What a code is, in a word of the log; empty where it is none of theirs. It is used up by asking."""
    for factor in factors_of(user, Factor.Kind.APP):
        secret = codes.unseal(factor.secret)
        step = codes.step_of(secret, typed, factor.last_step) if secret else None
        # Of two that send it at the same time one is first.
        if step and Factor.objects.filter(pk=factor.pk, last_step__lt=step).update(last_step=step, used=timezone.now()):
            return str(AccountLine.Kind.CONFIRMED)
    if RecoveryCode.objects.filter(user=user, digest=codes.digest_of(typed, user.pk)).delete()[0]:
        return str(AccountLine.Kind.RECOVERED)
    return ""


def confirm_by_code(user: User, typed: str, door: Door = Door.CODE) -> bool:
    """Raises Throttled."""
    attempt = Attempt(door, user.get_username(), user)
    kind = is_right(user, typed)
    if not kind:
        attempt.failed()
        return False
    attempt.succeeded(kind)
    return True


def mark_confirmed(user: User, session: KnownSession) -> None:
    """The second factor was given, in this browser."""
    KnownSession.objects.filter(pk=session.pk).update(confirmed=timezone.now())
    remember(user, by_factor=True)


def lock(user: User) -> None:
    """Of two that change somebody's factors at the same time one waits."""
    get_user_model().objects.select_for_update().get(pk=user.pk)


def has_app(user: User, secret: str) -> bool:
    return any(codes.unseal(factor.secret) == secret for factor in factors_of(user, Factor.Kind.APP))


def needs_all(user: User) -> bool:
    """Whether somebody would be without any, who may not be."""
    return must(user) and len(factors_of(user)) == 1


@transaction.atomic
def add(user: User, kind: str, name: str, secret: str, session: KnownSession, last_step: int = 0) -> list[str]:
    """A new factor, which whoever adds it has just given. Answers with recovery codes, if there were none yet."""
    factor = Factor.objects.create(user=user, kind=kind, name=name, secret=secret, last_step=last_step)
    AccountLine.objects.note(AccountLine.Kind.FACTOR_ADDED, user, about={"factor": f"{factor.kind} {factor.name}"})
    mark_confirmed(user, session)
    # Where somebody else was signed in with the password alone, they are out.
    KnownSession.objects.filter(user=user, confirmed=None).exclude(pk=session.pk).delete()
    return [] if RecoveryCode.objects.filter(user=user).exists() else make_recovery_codes(user)


@transaction.atomic
def make_recovery_codes(user: User) -> list[str]:
    """In the place of those that were there. They are shown once."""
    made = codes.new_recovery_codes()
    RecoveryCode.objects.filter(user=user).delete()
    RecoveryCode.objects.bulk_create(RecoveryCode(user=user, digest=codes.digest_of(code, user.pk)) for code in made)
    AccountLine.objects.note(AccountLine.Kind.CODES_MADE, user)
    return made


@transaction.atomic
def remove_own(user: User, factor: Factor) -> bool:
    """Whether it may be; an administrator removes what is lost, whichever it is."""
    lock(user)
    if needs_all(user):
        return False
    remove(user, [factor])
    return True


@transaction.atomic
def remove(user: User, factors: list[Factor]) -> None:
    """With the last factor go the recovery codes."""
    for factor in factors:
        AccountLine.objects.note(
            AccountLine.Kind.FACTOR_REMOVED, user, about={"factor": f"{factor.kind} {factor.name}"}
        )
        factor.delete()
    if not factors_of(user):
        RecoveryCode.objects.filter(user=user).delete()
