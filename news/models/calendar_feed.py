import secrets
from hashlib import sha256

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.accounts.models import AccountLine

BYTES = 32


def hash_of(token: str) -> str:
    return sha256(token.encode(errors="replace")).hexdigest()


class CalendarFeedManager(models.Manager["CalendarFeed"]):
    def make(self, user: User, name: str) -> "tuple[CalendarFeed, str]":
        """(the feed, its token), which is known from now on to whoever has it."""
        token = secrets.token_urlsafe(BYTES)
        feed = self.create(user=user, name=name, token_hash=hash_of(token))
        AccountLine.objects.note(AccountLine.Kind.FEED_MADE, user, about={"calendar": name})
        return feed, token

    def standing(self, user: User) -> "models.QuerySet[CalendarFeed]":
        return self.filter(user=user, revoked_at=None).order_by("-created_at", "-pk")

    def found(self, token: str) -> "CalendarFeed | None":
        """That of a token, if it stands and its owner may still come in."""
        rows = self.filter(token_hash=hash_of(token), revoked_at=None, user__is_active=True)
        feed = rows.select_related("user__wagtail_userprofile").first()
        return feed if feed is not None and feed.user.has_perm("wagtailadmin.access_admin") else None

    def end(self, feeds: "models.QuerySet[CalendarFeed]") -> int:
        ended = list(feeds.filter(revoked_at=None).select_related("user"))
        self.filter(pk__in=[feed.pk for feed in ended], revoked_at=None).update(revoked_at=timezone.now())
        for feed in ended:
            AccountLine.objects.note(AccountLine.Kind.FEED_ENDED, feed.user, about={"calendar": feed.name})
        return len(ended)


class CalendarFeed(models.Model):
    """A secret address by which a calendar program reads, without signing in, when what its owner may see goes out."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    name = models.CharField(_("What you call it"), max_length=60)
    created_at = models.DateTimeField(default=timezone.now)
    last_read_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = CalendarFeedManager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")

    def __str__(self) -> str:
        return self.name
