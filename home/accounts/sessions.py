"""Who is signed in where: each session has its row, and is over with it."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db.models import Exists, OuterRef, QuerySet
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from home.characters import one_line
from home.reading import noted

from .asking import asked, client_address
from .browsers import remember
from .models import BROWSER, AccountLine, Factor, KnownSession

NAME = "known_session"
"""Where a session says which row is its own."""
A_MINUTE = timedelta(minutes=1)
UNATTENDED = ("/editing-sessions/",)
"""What an open editor asks by itself, without anybody there."""


@receiver(user_logged_in, dispatch_uid="home.accounts.sessions.begin")
def begin(sender: type, request: HttpRequest | None, user: User, **kwargs: Any) -> None:
    if request is None or settings.READ_ONLY:
        return
    forget_old()
    address = client_address(request)
    row = KnownSession.objects.create(
        user=user,
        browser=one_line(request.headers.get("User-Agent", ""))[:BROWSER],
        address=str(address) if address else None,
    )
    request.session[NAME] = str(row.pk)
    remember(user, by_factor=False)


def forget_old() -> None:
    now = timezone.now()
    KnownSession.objects.filter(began__lt=now - timedelta(days=settings.SESSION_DAYS)).delete()
    AccountLine.objects.filter(at__lt=now - timedelta(days=settings.SIGN_IN_LOG_DAYS)).delete()


@receiver(user_logged_out, dispatch_uid="home.accounts.sessions.end")
def end(sender: type, request: HttpRequest, **kwargs: Any) -> None:
    if key := request.session.get(NAME):
        KnownSession.objects.filter(pk=key).delete()


def session_of(request: HttpRequest, user: User) -> Any:
    """The KnownSession, if it still stands, or None; `has_factor` says whether its owner has one.

    Under READ_ONLY nobody is idle: that somebody is there could not be written down.
    """
    key = request.session.get(NAME)
    rows = KnownSession.objects.annotate(has_factor=Exists(Factor.objects.filter(user=OuterRef("user"))))
    row = rows.filter(pk=key, user=user).first() if key else None
    if row is None:
        return None
    now = timezone.now()
    is_old = now - row.began > timedelta(days=settings.SESSION_DAYS)
    if settings.READ_ONLY:
        return None if is_old else row
    if is_old or now - row.seen > timedelta(minutes=settings.SESSION_IDLE_MINUTES):
        with noted():
            KnownSession.objects.filter(pk=row.pk).delete()
        return None
    if now - row.seen > A_MINUTE and not any(p in request.path for p in UNATTENDED):
        with noted():
            KnownSession.objects.filter(pk=row.pk).update(seen=now)
    return row


def sessions_of(user: User) -> QuerySet[KnownSession]:
    """Those that have not ended of themselves, the last seen first."""
    now = timezone.now()
    return KnownSession.objects.filter(
        user=user,
        seen__gt=now - timedelta(minutes=settings.SESSION_IDLE_MINUTES),
        began__gt=now - timedelta(days=settings.SESSION_DAYS),
    ).order_by("-seen")


def end_others(user: User) -> int:
    """All but that of who asks, if it is theirs."""
    mine, rows = getattr(asked.get(), "known_session", None), KnownSession.objects.filter(user=user)
    return end_some(user, rows.exclude(pk=mine.pk) if mine else rows)


def end_some(user: User, sessions: QuerySet[KnownSession]) -> int:
    """They are over in all processes, whatever the cache still holds of them."""
    count: int = sessions.delete()[0]
    if count:
        AccountLine.objects.note(AccountLine.Kind.SESSIONS_ENDED, user, about={"count": count})
    return count
