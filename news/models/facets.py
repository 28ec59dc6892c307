"""By what a news list can be narrowed: its years and topics. Kept in the cache until something is published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from .article import ArticlePage
from .released import models_with
from .topic import Topic

if TYPE_CHECKING:
    from .sections import NewsIndexPage

KEY = "newsroom.facets.{}"
SECONDS = 600


@dataclass(frozen=True)
class Facets:
    years: tuple[str, ...]
    """Newest first."""
    topics: dict[str, Topic]
    """By slug."""


def facets_of(index: NewsIndexPage) -> Facets:
    key = KEY.format(index.locale_id)
    facets = cache.get(key)
    if facets is None:
        articles = ArticlePage.objects.child_of(index).released()
        news = [model.objects.child_of(index).released() for model in models_with("lists")]
        years = {date.year for pages in news for date in pages.datetimes("date", "year")}
        facets = Facets(
            years=tuple(map(str, sorted(years, reverse=True))),
            topics={topic.slug: topic for topic in Topic.objects.filter(named_by__page__in=articles).distinct()},
        )
        cache.set(key, facets, SECONDS)
    return facets


@receiver([page_published, page_unpublished])
@receiver(post_delete, sender=Page)
@receiver([post_save, post_delete], sender=Topic)
def forget(**kwargs: Any) -> None:
    delete()
    transaction.on_commit(delete)


def delete() -> None:
    from wagtail.models import Locale

    cache.delete_many([KEY.format(pk) for pk in Locale.objects.values_list("pk", flat=True)])
