"""Accounts that have worked here stay: what somebody did keeps their name. Rule 25."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.db.models import ForeignObjectRel, Model
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import pgettext

from news.models.release import name_of
from news.pair.people_refusals import AccountStays

BELONGINGS = {
    "auth.User_groups",
    "auth.User_user_permissions",
    "home.AccountLine",
    "home.Factor",
    "home.KnownSession",
    "home.RecoveryCode",
    "news.CalendarFeed",
    "news.DailyDigest",
    "news.LastView",
    "news.Notice",
    "news.ReleaseSummary",
    "wagtailadmin.EditingSession",
    "wagtailadmin.FormState",
    "wagtailcore.APIToken",
    "wagtailcore.PageSubscription",
    "wagtailcore.UploadedFile",
    "wagtailusers.UserProfile",
}
"""Rows that belong to an account and are no work of its owner's. Whatever else names a user is."""


def has_worked(user: User) -> bool:
    """Whether anything but their own belongings names them, Wagtail's log among it."""
    for field in User._meta.get_fields(include_hidden=True):
        if not isinstance(field, ForeignObjectRel) or isinstance(field.related_model, str):
            continue
        model, name = field.related_model, field.field.name
        if model._meta.label not in BELONGINGS and model._default_manager.filter(**{name: user.pk}).exists():
            return True
    return False


def require_unused(users: Iterable[User]) -> None:
    """Raises AccountStays, naming those that have worked; it leads to where the first is deactivated."""
    stay = [user for user in users if has_worked(user)]
    if stay:
        names = pgettext("between titles", ", ").join(map(name_of, stay))
        raise AccountStays(reverse("wagtailusers_users:edit", args=[stay[0].pk]), names=names)


@receiver(pre_delete, sender=User, dispatch_uid="news.release.accounts")
def guard_account(sender: type[Model], instance: User, **kwargs: Any) -> None:
    require_unused([instance])
