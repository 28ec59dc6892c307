"""What the rows of the news mean to readers' pages, see home.front."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.utils import timezone
from wagtail.models import Revision

from home.front import meanings, tags
from home.front.following import Meaning, Row, Standing, follow

from .models import (
    ArticlePage,
    ArticlePartner,
    ArticleTopic,
    Correction,
    FileUse,
    FormerName,
    LegacyRecord,
    NewsIndexPage,
    PartnerIndexPage,
    PartnerPage,
    Release,
    Topic,
    VacatedAddress,
)
from .models.article import PARTNERS, month_of, on_topic

OF_THE_DESK = {
    "authors_known",
    "failure",
    "failures",
    "files_known",
    "frozen_by",
    "frozen_by_name",
    "frozen_until",
    "held_at",
    "held_by",
    "held_by_name",
    "held_reason",
    "pictures_speak",
    "reason",
    "release_at",
    "resumed_at",
    "settled_here",
    "withdrawn_approvals",
}
"""What a release has that no reader is told."""


def standing_of_article(pk: int) -> Iterator[Meaning]:
    """Of one that readers see: the articles dated after it, on its topics, may show it as related."""
    date = ArticlePage.objects.filter(pk=pk).values_list("date", flat=True).first()
    if date is None:
        return
    for topic in ArticleTopic.objects.filter(page=pk).values_list("topic_id", flat=True):
        yield standing_on(topic, pk, date)


def standing_on(topic: int, pk: int, date: datetime) -> Standing:
    return Standing(frozenset(on_topic(topic, month) for month in months_since(date)), (pk, date))


def standing_of_partner(pk: int) -> Iterator[Meaning]:
    yield Standing(frozenset({PARTNERS}), (pk,))


def months_since(date: datetime) -> Iterator[str]:
    """Until this one. And `""`, for what has read those of any date, as what is dated later than today has."""
    yield ""
    month, last = month_of(date), month_of(timezone.now())
    yield last
    while month < last:
        yield month
        month = month_of(datetime.fromisoformat(f"{month}-01").replace(tzinfo=UTC) + timedelta(days=31))


def of_row_of_page(row: Row) -> Iterator[Meaning]:
    yield from meanings.of_page(row["page_id"])


def of_article_topic(row: Row) -> Iterator[Meaning]:
    """Of this topic alone, which is none of the page's yet when it is asked before the row is inserted."""
    yield from (meaning for meaning in meanings.of_page(row["page_id"]) if isinstance(meaning, str))
    date = ArticlePage.objects.live().filter(pk=row["page_id"]).values_list("date", flat=True).first()
    if date is not None:
        yield standing_on(row["topic_id"], row["page_id"], date)


def of_release(row: Row) -> Iterator[Meaning]:
    yield from meanings.of_release(row["translation_key"])


def of_row_of_release(row: Row) -> Iterator[Meaning]:
    key = Release.objects.filter(pk=row["release_id"]).values_list("translation_key", flat=True).first()
    yield from meanings.of_release(key)


def of_vacated_address(row: Row) -> Iterator[Meaning]:
    yield tags.of_slug(row["path"].rstrip("/").rpartition("/")[2])
    yield from of_row_of_release(row)


def of_file_use(row: Row) -> Iterator[Meaning]:
    """Which files a revision of a page leads to: one that may be live."""
    pk = Revision.page_revisions.filter(pk=row["revision_id"]).values_list("object_id", flat=True).first()
    yield from meanings.of_page(int(pk) if pk else None)


def install() -> None:
    meanings.STANDS |= {ArticlePage: standing_of_article, PartnerPage: standing_of_partner}
    follow(ArticlePage, PartnerPage, means=meanings.of_subtype, is_page=True)
    follow(NewsIndexPage, PartnerIndexPage, means=meanings.of_the_site, is_page=True)
    follow(ArticlePartner, FormerName, means=of_row_of_page)
    follow(ArticleTopic, means=of_article_topic)
    follow(Release, means=of_release, beside=OF_THE_DESK)
    follow(LegacyRecord, means=of_release)
    follow(Correction, means=of_row_of_release)
    follow(VacatedAddress, means=of_vacated_address)
    follow(FileUse, means=of_file_use)
    follow(Topic, means=meanings.of_the_site)
