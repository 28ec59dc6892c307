"""Who gave whom which group or right: a line each, of what an administrator does."""

from typing import Any

from django.contrib.auth.models import Group, User
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver
from wagtail.models import GroupPagePermission

from .asking import asked
from .models import AccountLine

SAID = {"post_add": "added", "post_remove": "removed", "pre_clear": "removed"}


def note(user: User | None, **about: Any) -> None:
    request = asked.get()
    if request is not None and request.user.is_authenticated:  # what an update does is nobody's
        AccountLine.objects.note(AccountLine.Kind.RIGHTS_CHANGED, user, about=about)


@receiver(m2m_changed, sender=User.groups.through, dispatch_uid="home.accounts.rights.groups")
@receiver(m2m_changed, sender=User.user_permissions.through, dispatch_uid="home.accounts.rights.own")
@receiver(m2m_changed, sender=Group.permissions.through, dispatch_uid="home.accounts.rights.group")
def changed(sender: Any, instance: Any, action: str, model: Any, pk_set: set[int] | None, **kwargs: Any) -> None:
    if action not in SAID or pk_set == set():
        return
    if pk_set is None:  # all are taken away
        of = {field.related_model: field.name for field in sender._meta.fields if field.is_relation}
        rows = sender.objects.filter(**{of[type(instance)]: instance})
        pk_set = set(rows.values_list(of[model], flat=True))
    found = model.objects.filter(pk__in=pk_set)
    names = ", ".join(map(str, found))
    if names and isinstance(instance, User):
        note(instance, **{SAID[action]: names})
    elif names and isinstance(instance, Group):
        note(None, group=instance.name, **{SAID[action]: names})


@receiver(post_save, sender=GroupPagePermission, dispatch_uid="home.accounts.rights.page")
@receiver(post_delete, sender=GroupPagePermission, dispatch_uid="home.accounts.rights.page_gone")
def page_right(sender: type[Model], instance: GroupPagePermission, **kwargs: Any) -> None:
    word = "added" if "created" in kwargs else "removed"
    note(None, group=instance.group.name, **{word: f"{instance.permission.codename}, {instance.page.title}"})


@receiver(post_save, sender=User, dispatch_uid="home.accounts.rights.account")
def account(sender: type[Model], instance: Any, created: bool, update_fields: Any = None, **kwargs: Any) -> None:
    """Its state, whatever it was: an administrator has just saved it."""
    request = asked.get()
    if update_fields is None and request is not None and request.user.pk != instance.pk:
        note(
            instance, account="made" if created else "saved", active=instance.is_active, superuser=instance.is_superuser
        )
