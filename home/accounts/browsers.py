"""Browsers in which an account has signed in before: what strangers fail at, by its name, does not shut them (OWASP's
device cookies).

The cookie is signed, of one account, and void with its password. It lets nobody in: whoever has it has a count of
failures of their own in the place of everybody's.
"""

import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.signing import BadSignature, TimestampSigner
from django.http.response import HttpResponseBase
from django.utils.crypto import salted_hmac

from .asking import asked
from .models import Factor

KNOWN = timedelta(days=180)
BY_FACTOR, BY_PASSWORD = "f", "p"
SALT = "home.accounts.browsers"


def cookie_of(user: User) -> str:
    return f"known-browser-{salted_hmac(SALT, str(user.pk)).hexdigest()[:16]}"


def signer(user: User) -> TimestampSigner:
    return TimestampSigner(salt=f"{SALT} {user.pk} {user.get_session_auth_hash()}")


def known(user: User | None) -> str:
    """What names the browser that asks, if all that `user` signs in with was given there; else nothing.

    With a password alone one may gather as many as one likes: they are worth nothing once there is a factor.
    """
    request = asked.get()
    if request is None or user is None:
        return ""
    try:
        name = signer(user).unsign(request.COOKIES.get(cookie_of(user), ""), max_age=KNOWN)
    except BadSignature:
        return ""
    return name if name.startswith(BY_FACTOR) or not Factor.objects.filter(user=user).exists() else ""


def remember(user: User, by_factor: bool) -> None:
    """The answer to this request tells the browser."""
    request: Any = asked.get()
    if request is not None:
        request.remembered = user, BY_FACTOR if by_factor else BY_PASSWORD


def tell(request: Any, response: HttpResponseBase) -> None:
    user, how = getattr(request, "remembered", (None, ""))
    if user is None:
        return
    before = known(user)
    name = before if before[:1] in (how, BY_FACTOR) else how + secrets.token_hex(16)
    response.set_cookie(
        cookie_of(user),
        signer(user).sign(name),
        max_age=KNOWN,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
