from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.core.cache import cache
from django.db.models import Case, Exists, F, OuterRef, QuerySet, Subquery, Sum, When
from django.db.models.lookups import Exact
from wagtail.models import Locale

from home.gate import GatedQuerySet
from home.languages import CHINESE, ENGLISH, Language
from home.planning import PastIndex, no_alias
from home.visibility import restricted

from .legacy import LegacyRecord
from .release import Correction, Release

if TYPE_CHECKING:
    from .partner import PartnerPage
    from .topic import Topic

FEW = 1000
"""Articles of a topic, or naming a partner, that are read and sorted sooner than looked for along the dates of all."""
SECONDS = 600
"""How long it is believed that there are few."""


def told(language: Language) -> Subquery:
    """When the newest correction of a page was released that readers of a language are told of."""
    corrections = Correction.objects.told_in(language).filter(release__translation_key=OuterRef("translation_key"))
    return Subquery(corrections.order_by("-released_at").values("released_at")[:1])


class ReleasedQuerySet(GatedQuerySet):
    """`ArticlePage.objects.in_language(locale).released().newest_first()`"""

    def in_language(self, locale: Locale | int) -> Self:
        key = locale.pk if isinstance(locale, Locale) else locale
        return self.filter(Exact(PastIndex(F("locale_id")), key))

    def released(self) -> Self:
        """What any reader may see, without aliases."""
        return self.live().filter(no_alias(), ~restricted())


class DatedQuerySet(ReleasedQuerySet):
    """Of page types that stand in feeds and lists, see news.models.released."""

    def newest_first(self) -> Self:
        """By the index of that order, which NULLS LAST would shut out: what is released has a date."""
        return self.order_by("-date", "-pk")

    def older_than(self, date: datetime, pk: int) -> Self:
        """What follows the article of that date and key in newest_first()."""
        return self.filter(date__lte=date).exclude(date=date, pk__gte=pk)

    def newer_than(self, date: datetime, pk: int) -> Self:
        """What stands before that article in newest_first()."""
        return self.filter(date__gte=date).exclude(date=date, pk__lte=pk)

    def on_topics(self, *topics: Topic) -> Self:
        """Those about one of the topics: none, for types that name no topics."""
        return self.none()

    def naming(self, partner: PartnerPage) -> Self:
        """Those that name a partner, whichever language version of it they point at: none, for types that name none."""
        return self.none()

    def for_lists(self) -> Self:
        """With what lists show: to read all columns of a page takes longer than to find it."""
        shown = ("title", "summary", "date", "url_path", "translation_key", "live", "locale", "lead_image")
        return self.select_related("locale", "lead_image").only(*shown)

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
        versions = type(partner).objects.filter(translation_key=partner.translation_key).values("pk")
        named = apps.get_model("news.ArticlePartner").objects.filter(partner__in=versions)
        return self.having(named, f"partner.{partner.translation_key}")

    def on_topics(self, *topics: Topic) -> Self:
        named = apps.get_model("news.ArticleTopic").objects.filter(topic__in=topics)
        return self.having(named, f"topics.{'.'.join(str(topic.pk) for topic in topics)}")

    def having(self, rows: QuerySet[Any], name: str) -> Self:
        """Those with one of these rows of an inline, each once. `name`: of the rows, in the cache.

        Few are read and sorted; of many the newest are met on the way along the index of the dates. Which way is the
        shorter one is asked now and then: either finds the same.
        """
        if cache.get_or_set(f"newsroom.few.{name}", lambda: rows.order_by()[: FEW + 1].count() <= FEW, SECONDS):
            return self.filter(pk__in=rows.values("page"))
        return self.filter(Exists(rows.filter(page=OuterRef("pk"))))

    def for_reading(self) -> Self:
        """With all that the page itself shows, `counted_views` among it; `names_partners`: whether it names any."""
        counted = (
            LegacyRecord.objects.filter(translation_key=OuterRef("translation_key"))
            .order_by()
            .values("translation_key")
            .annotate(total=Sum("views"))
        )
        return (
            self.with_changes()
            .select_related("lead_image")
            .annotate(
                counted_views=Subquery(counted.values("total")),
                names_partners=Exists(apps.get_model("news.ArticlePartner").objects.filter(page=OuterRef("pk"))),
            )
        )


class PartnerQuerySet(ReleasedQuerySet):
    def everybody(self, locale: Locale | int) -> Self:
        """Whom any reader of a language may see, in no order.

        From the partners, who are few, to their pages: SQLite would go through all pages that there are.
        """
        few = self.model.objects.order_by().values("pk")
        return self.in_language(locale).released().filter(pk__in=few).order_by()

    def for_reading(self) -> Self:
        return self.select_related("locale", "logo")
