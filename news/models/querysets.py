from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db.models import Case, OuterRef, Subquery, Sum, When
from wagtail.models import Locale

from home.gate import GatedQuerySet
from home.languages import CHINESE, ENGLISH, Language
from home.visibility import restricted

from .legacy import LegacyRecord
from .release import Correction, Release

if TYPE_CHECKING:
    from .partner import PartnerPage


def told(language: Language) -> Subquery:
    """When the newest correction of a page was released that readers of a language are told of."""
    corrections = Correction.objects.told_in(language).filter(release__translation_key=OuterRef("translation_key"))
    return Subquery(corrections.order_by("-released_at").values("released_at")[:1])


class ReleasedQuerySet(GatedQuerySet):
    """`ArticlePage.objects.in_language(locale).released().newest_first()`"""

    def in_language(self, locale: Locale | int) -> Self:
        return self.filter(locale=locale)

    def released(self) -> Self:
        """What any reader may see. A page copied as an alias is the same text at a second address: it is left out."""
        return self.live().filter(~restricted(), alias_of=None)


class DatedQuerySet(ReleasedQuerySet):
    """Of page types that stand in feeds and lists, see news.models.released."""

    def newest_first(self) -> Self:
        """By the index of that order, which NULLS LAST would shut out: what is released has a date."""
        return self.order_by("-date", "-pk")

    def older_than(self, date: datetime, pk: int) -> Self:
        """What follows the article of that date and key in newest_first()."""
        return self.filter(date__lte=date).exclude(date=date, pk__gte=pk)

    def on_topic(self, slug: str) -> Self:
        """Those about a topic: none, for types that name no topics."""
        return self.none()

    def for_lists(self) -> Self:
        return self.select_related("locale", "lead_image").defer("body")

    def with_changes(self) -> Self:
        """With `changed_at`, the moment of the last release of changed words, and `corrected_at`, that of the newest
        correction that its readers are told of.
        """
        release = Release.objects.filter(translation_key=OuterRef("translation_key"))
        return self.select_related("locale").annotate(
            changed_at=Subquery(release.values("changed_at")),
            corrected_at=Case(When(locale__language_code=CHINESE.code, then=told(CHINESE)), default=told(ENGLISH)),
        )


class ArticleQuerySet(DatedQuerySet):
    def naming(self, partner: PartnerPage) -> Self:
        """Those that name a partner, whichever language version of it they point at."""
        return self.filter(article_partners__partner__translation_key=partner.translation_key).distinct()

    def on_topic(self, slug: str) -> Self:
        return self.filter(article_topics__topic__slug=slug)

    def for_reading(self) -> Self:
        """With all that the page itself shows, `counted_views` among it."""
        counted = (
            LegacyRecord.objects.filter(translation_key=OuterRef("translation_key"))
            .order_by()
            .values("translation_key")
            .annotate(total=Sum("views"))
        )
        return (
            self.with_changes().select_related("lead_image").annotate(counted_views=Subquery(counted.values("total")))
        )


class PartnerQuerySet(ReleasedQuerySet):
    def for_reading(self) -> Self:
        return self.select_related("locale", "logo")
