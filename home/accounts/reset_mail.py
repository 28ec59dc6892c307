"""The mail with which somebody sets a new password.

It is not sent while they wait: how long that takes would tell which addresses are accounts'.
"""

from collections.abc import Callable

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from .speaking import in_language_of

TEMPLATES = "wagtailadmin/account/password_reset"
Later = Callable[[list[int]], None]
"""Is given the keys of the accounts that have an address: none, mostly one."""


def send(key: int) -> None:
    """In the account's own language, unless it may not set one any more. Raises what mail raises."""
    user: User | None = get_user_model().objects.filter(pk=key, is_active=True).first()
    if user is None or not user.has_usable_password():
        return
    told = {
        "user": user,
        "uid": urlsafe_base64_encode(force_bytes(user.pk)),
        "token": default_token_generator.make_token(user),
    }
    with in_language_of(user):
        subject = " ".join(render_to_string(f"{TEMPLATES}/email_subject.txt", told).split())
        EmailMessage(subject, render_to_string(f"{TEMPLATES}/email.txt", told), to=[user.email]).send()


def at_once(keys: list[int]) -> None:
    for key in keys:
        send(key)


later: Later = at_once


def set_later(new: Later) -> None:
    """By the app that knows of work nobody waits for."""
    global later
    later = new
