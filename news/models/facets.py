"""By what a news list can be narrowed: its years and topics. Kept until something is published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from home import clock
from home.kept import Kept

from .article import ArticlePage
from .querysets import DatedQuerySet
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
    articles = ArticlePage.objects.in_language(index.locale_id).released()
    news = [model.objects.in_language(index.locale_id).released() for model in models_with("lists")]
    years = {year for pages in news for year in years_of(pages)}
    named = articles.filter(article_topics__topic=OuterRef("pk"))
    return Facets(
        years=tuple(map(str, sorted(years, reverse=True))),
        topics={topic.slug: topic for topic in Topic.objects.filter(Exists(named))},
    )


def years_of(pages: DatedQuerySet) -> Iterator[int]:
    """Newest first, each from the date before the year that follows it: not all dates are read."""
    dates = pages.newest_first().values_list("date", flat=True)
    newest = dates.exclude(date=None).first()
    while newest is not None:
        year = clock.local(newest).year
        yield year
        newest = dates.filter(date__lt=datetime(year, 1, 1, tzinfo=clock.zone())).first()


@receiver([page_published, page_unpublished, post_page_move])
@receiver(post_delete, sender=Page)
@receiver([post_save, post_delete], sender=PageViewRestriction)
@receiver([post_save, post_delete], sender=Topic)
def forget(**kwargs: Any) -> None:
    KEPT.forget()
