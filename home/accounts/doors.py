"""The doors of Django and Wagtail, with their failures counted."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User
from django.http import HttpRequest
from wagtail.admin.forms.auth import PasswordResetForm
from wagtail.forms import PasswordViewRestrictionForm

from . import factors, reset_mail
from .models import AccountLine, Door
from .throttle import Attempt


class CountingBackend(ModelBackend):
    """Whoever signs in by a password, on whichever page. Raises Throttled."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> User | None:
        name = username or kwargs.get(get_user_model().USERNAME_FIELD)
        if not name or password is None:
            return None
        attempt = Attempt(Door.SIGN_IN, name)
        user = super().authenticate(request, name, password)
        if user is None:
            attempt.failed()
            return None
        attempt.succeeded(AccountLine.Kind.SIGNED_IN)
        return user


class CountedResetForm(PasswordResetForm):
    """Nobody fills another's letter box, nor learns whether an address is an account's. Raises Throttled."""

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        Attempt(Door.RESET, email, get_user_model().objects.filter(email__iexact=email).first())
        return email

    def save(self, **kwargs: Any) -> None:
        """As Django's: whose address it is, and who may set a password. All else is for later."""
        reset_mail.later([user.pk for user in self.get_users(self.cleaned_data["email"])])


form: Any = PasswordViewRestrictionForm
stock = form.clean_password


def clean_password(self: Any) -> str:
    attempt = Attempt(Door.PAGE, "")
    try:
        password: str = stock(self)
    except forms.ValidationError:
        attempt.failed()
        raise
    attempt.succeeded()
    return password


def confirm(user: User, password: str, by_code: bool = True) -> bool:
    """Whether somebody who has signed in has said once more who they are. Raises Throttled.

    Who has an app gives its code, which says that they are here now; all others give their password.
    """
    if by_code and factors.app_of(user):
        return factors.confirm_by_code(user, password, Door.IDENTITY)
    attempt = Attempt(Door.IDENTITY, user.get_username(), user)
    if user.check_password(password):
        attempt.succeeded()
        return True
    attempt.failed()
    return False


def install() -> None:
    form.clean_password = clean_password
