"""What a release is about, whatever its languages."""

from django.db.models import OuterRef, QuerySet, Subquery
from wagtail.models import Page, Revision

from news.models import Release


def topics_of(page: Page) -> set[int]:
    """Keys of the topics that the newest draft of the original names, of whichever version this is the page."""
    if not hasattr(page.specific_class, "article_topics"):
        return set()
    original = Release.objects.filter(translation_key=OuterRef("translation_key")).values("original")[:1]
    pages = Page.objects.filter(translation_key=page.translation_key, alias_of=None)
    drafts = pages.filter(locale__language_code=Subquery(original)).values("latest_revision")
    return named_in(Revision.objects.filter(pk__in=drafts))[0]


def named_in(drafts: QuerySet[Revision]) -> tuple[set[int], set[int]]:
    """Keys of (the topics, the partners) that the first of some drafts names."""
    found = drafts.values_list("content__article_topics", "content__article_partners").first()
    topics, partners = found or (None, None)
    return (
        {row["topic"] for row in topics or [] if row.get("topic")},
        {row["partner"] for row in partners or [] if row.get("partner")},
    )
