from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.characters import one_line

from .asking import asked, client_address


class Door(models.TextChoices):
    """What takes a password or a code, or sends mail to whoever asks."""

    SIGN_IN = "sign_in", _("Sign-in")
    IDENTITY = "identity", _("Password, once more")
    CODE = "code", _("Second factor")
    RESET = "reset", _("Forgotten password")
    PAGE = "page", _("Password of a page")


class AccountLineManager(models.Manager["AccountLine"]):
    def note(self, kind: str, user: User | None = None, name: str = "", **details: Any) -> AccountLine:
        """Write a line of whoever asks now."""
        request = asked.get()
        address = client_address(request)
        by = getattr(request, "user", None)
        is_by_another = by is not None and by.is_authenticated and user is not None and by.pk != user.pk
        return self.create(
            kind=kind,
            user=user,
            name=(user.get_username() if user else name)[:NAME],
            by_name=by.get_username() if by is not None and is_by_another else "",
            address=str(address) if address else None,
            browser=one_line(request.headers.get("User-Agent", ""))[:BROWSER] if request else "",
            **details,
        )


NAME, BROWSER = 150, 200


class AccountLine(models.Model):
    """What happened to an account: one line, which stays when the account goes."""

    class Kind(models.TextChoices):
        SIGNED_IN = "signed_in", _("Signed in")
        REFUSED = "refused", _("Refused")
        THROTTLED = "throttled", _("Shut for a while")
        UNLOCKED = "unlocked", _("Opened again")
        RESET_ASKED = "reset_asked", _("New password asked for")
        CONFIRMED = "confirmed", _("Second factor given")
        RECOVERED = "recovered", _("Recovery code used up")
        FACTOR_ADDED = "factor_added", _("Second factor added")
        FACTOR_REMOVED = "factor_removed", _("Second factor removed")
        CODES_MADE = "codes_made", _("Recovery codes made")
        SESSIONS_ENDED = "sessions_ended", _("Sessions ended")
        PASSWORD_CHANGED = "password_changed", _("Password changed")
        RIGHTS_CHANGED = "rights_changed", _("Rights changed")
        FEED_MADE = "feed_made", _("Calendar address made")
        FEED_ENDED = "feed_ended", _("Calendar address ended")

    at = models.DateTimeField(default=timezone.now, db_index=True)
    kind = models.CharField(max_length=30, choices=Kind)
    door = models.CharField(max_length=10, choices=Door, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=NAME, blank=True)
    """That of the account; empty where what was typed is no account's: it may be a password."""
    by_name = models.CharField(max_length=NAME, blank=True)
    """Who did it, where it was somebody else."""
    key = models.CharField(max_length=64, blank=True, db_index=True)
    """A digest of the name that was typed, by which failures are counted."""
    address = models.GenericIPAddressField(null=True, blank=True)
    browser = models.CharField(max_length=BROWSER, blank=True)
    by_key = models.BooleanField(default=False)
    """Whether it is a failure that still counts for the name,"""
    by_address = models.BooleanField(default=False)
    """and for the address."""
    about = models.JSONField(default=dict, blank=True)

    objects = AccountLineManager()

    class Meta:
        verbose_name = _("line of the sign-in log")
        verbose_name_plural = _("lines of the sign-in log")
        indexes = [models.Index(fields=["address", "at"], name="account_line_address")]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class KnownSession(models.Model):
    """Somebody who is signed in, in one browser. Without its row a session is over, whatever else is stored of it."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    began = models.DateTimeField(default=timezone.now)
    seen = models.DateTimeField(default=timezone.now)
    browser = models.CharField(max_length=BROWSER, blank=True)
    address = models.GenericIPAddressField(null=True, blank=True)
    confirmed = models.DateTimeField(null=True, blank=True)
    """When the second factor was given."""

    def __str__(self) -> str:
        return f"{self.user_id} since {self.began:%Y-%m-%d}"


class Factor(models.Model):
    """What somebody has beside the password they know."""

    class Kind(models.TextChoices):
        APP = "app", _("App with codes")
        PASSKEY = "passkey", _("Passkey")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(_("name"), max_length=60)
    secret = models.TextField()
    """Of an app: what its codes are made of, sealed with SECRET_KEY; of a passkey: its public half, in base64."""
    last_step = models.BigIntegerField(default=0)
    """Of an app: the half minute of the last code that was taken. No code is taken twice, nor an older one."""
    made = models.DateTimeField(default=timezone.now)
    used = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class RecoveryCode(models.Model):
    """One of those for the day on which the phone is lost; it goes when it is used."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return str(self.pk)
