"""By what a news list can be narrowed: its years and topics. Kept in the cache until something is published."""

from dataclasses import dataclass

from django.core.cache import cache
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from .article import ArticlePage
from .topic import Topic

KEY = "newsroom.facets.{}"
SECONDS = 600


@dataclass(frozen=True)
class Facets:
    years: tuple[str, ...]
    """Newest first."""
    topics: dict[str, Topic]
    """By slug."""


def facets_of(index):
    key = KEY.format(index.locale_id)
    facets = cache.get(key)
    if facets is None:
        articles = ArticlePage.objects.child_of(index).released()
        facets = Facets(
            years=tuple(str(date.year) for date in articles.datetimes("date", "year", order="DESC")),
            topics={topic.slug: topic for topic in Topic.objects.filter(named_by__page__in=articles).distinct()},
        )
        cache.set(key, facets, SECONDS)
    return facets


@receiver([page_published, page_unpublished])
@receiver(post_delete, sender=Page)
@receiver([post_save, post_delete], sender=Topic)
def forget(**kwargs):
    delete()
    transaction.on_commit(delete)


def delete():
    from wagtail.models import Locale

    cache.delete_many([KEY.format(pk) for pk in Locale.objects.values_list("pk", flat=True)])
