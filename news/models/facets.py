"""By what a news list can be narrowed: its years and topics. Kept until something is published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from home.kept import Kept

from .article import ArticlePage
from .released import models_with
from .topic import Topic

if TYPE_CHECKING:
    from .sections import NewsIndexPage


@dataclass(frozen=True)
class Facets:
    years: tuple[str, ...]
    """Newest first."""
    topics: dict[str, Topic]
    """By slug."""


KEPT: Kept[Facets] = Kept("facets")


def facets_of(index: NewsIndexPage) -> Facets:
    return KEPT.get(index.locale_id, lambda: make(index))


def make(index: NewsIndexPage) -> Facets:
    articles = ArticlePage.objects.child_of(index).released()
    news = [model.objects.child_of(index).released() for model in models_with("lists")]
    years = {date.year for pages in news for date in pages.datetimes("date", "year")}
    return Facets(
        years=tuple(map(str, sorted(years, reverse=True))),
        topics={topic.slug: topic for topic in Topic.objects.filter(named_by__page__in=articles).distinct()},
    )


@receiver([page_published, page_unpublished, post_page_move])
@receiver(post_delete, sender=Page)
@receiver([post_save, post_delete], sender=PageViewRestriction)
@receiver([post_save, post_delete], sender=Topic)
def forget(**kwargs: Any) -> None:
    KEPT.forget()
