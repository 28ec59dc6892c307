"""Words that one publisher changes alone, and readers see at once: all publishers are told. Rule 22.

The identity of the publishing organisation, the notice at the head of the site and its grey days, names of topics.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver
from django.urls import reverse
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page

from home.languages import ENGLISH, language_of
from home.models import Appearance, HomePage
from news import trail
from news.models import Event, Notice, Topic
from news.models.release import name_of

from .events import harmlessly
from .people import with_permission

WATCHED: dict[type[Model], tuple[str, ...]] = {
    Appearance: ("grey_from", "grey_until", "notice_en", "notice_zh_hans"),
    Topic: ("name_en", "name_zh_hans"),
}
"""{model: fields that readers see}"""


def tell_publishers(about: str, path: str, user: User | None, note: str = "") -> None:
    """Each of them but `user`, who changed it."""
    homes = HomePage.objects.filter(live=True, alias_of=None)
    recipients = [person for person in with_permission("publish", homes) if person != user]
    Notice.objects.bulk_create(
        Notice(event=Event.SITE_WORDS, about=about[:255], path=path, recipient=person, who=name_of(user), note=note)
        for person in recipients
    )


@receiver(pre_save, dispatch_uid="news.notices.site_words.before")
def remember(sender: type[Model], instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """What readers have seen so far."""
    if raw or sender not in WATCHED:
        return
    stored = sender._default_manager.filter(pk=instance.pk).values(*WATCHED[sender]).first() if instance.pk else None
    instance.words_before = stored or {}


@receiver(post_save, dispatch_uid="news.notices.site_words.saved")
def on_saved(sender: type[Model], instance: Any, raw: bool = False, **kwargs: Any) -> None:
    if raw or sender not in WATCHED:
        return
    now = {name: getattr(instance, name) for name in WATCHED[sender]}
    before = instance.words_before
    changed = [name for name in now if now[name] != before.get(name) and (now[name] or before.get(name))]
    if changed:
        harmlessly(tell_of, instance, said(instance, before, changed))


def said(instance: Model, before: dict[str, Any], names: Iterable[str]) -> str:
    """What it was and is, a line a field."""
    return "\n".join(f"{before.get(name) or '–'} → {getattr(instance, name) or '–'}" for name in names)


@receiver(post_delete, sender=Topic, dispatch_uid="news.notices.site_words.deleted")
def on_deleted(sender: type[Model], instance: Topic, **kwargs: Any) -> None:
    harmlessly(tell_publishers, str(instance), reverse("wagtailsnippets_news_topic:list"), actor(), f"{instance} → –")


def tell_of(instance: Any, note: str) -> None:
    if isinstance(instance, Topic):
        tell_publishers(str(instance), reverse("wagtailsnippets_news_topic:edit", args=[instance.pk]), actor(), note)
    else:
        path = reverse("wagtailsettings:edit", args=["home", "appearance", instance.site_id])
        tell_publishers("appearance", path, actor(), note)


def actor() -> User | None:
    user: User | None = get_active_log_context().user
    return user


@receiver(trail.recorded, dispatch_uid="news.notices.site_words.identity")
def on_identity(
    sender: object, page: Page, action: str, user: User | None, data: dict[str, Any], **kwargs: Any
) -> None:
    """Once, though it writes a line for either language."""
    if action == "change_identity" and language_of(page) == ENGLISH:
        harmlessly(tell_publishers, "identity", reverse("newsroom_identity"), user, data.get("reason", ""))
