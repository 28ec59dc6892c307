"""What follows from a new password."""

import re
from typing import Any

from django.contrib.auth.models import User
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .asking import asked
from .browsers import remember
from .models import AccountLine
from .sessions import end_others


class DressedUpPassword(CommonPasswordValidator):
    """A common password stays one with figures and signs around it, or twice: `Password2026!`, `qwertyqwerty`."""

    def validate(self, password: str, user: User | None = None) -> None:
        bare = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", password.lower())
        half = bare[: len(bare) // 2]
        if bare in self.passwords or (half and half * 2 == bare and half in self.passwords):
            raise ValidationError(
                _("Without the figures and signs around it, this is a password that many use."),
                code="password_dressed_up",
            )

    def get_help_text(self) -> str:
        return _("Your password can't be a common one with figures or signs before or behind it.")


class FollowedPassword:
    """Among the validators, which Django tells of each new password: who was signed in by the old one is out."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Any will do."""

    def get_help_text(self) -> str:
        return _("Wherever else you are signed in, a new password signs you out.")

    def password_changed(self, password: str, user: Any = None) -> None:
        if user is not None and user.pk and user.last_login:
            AccountLine.objects.note(AccountLine.Kind.PASSWORD_CHANGED, user)
            end_others(user)
            mine = getattr(asked.get(), "known_session", None)
            if mine is not None and mine.user_id == user.pk:  # what this browser was known by is void
                remember(user, by_factor=bool(mine.confirmed))
