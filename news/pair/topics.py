"""What a release is about, whatever its languages."""

from django.db.models import OuterRef, Subquery
from wagtail.models import Page, Revision

from news.models import Release


def topics_of(page: Page) -> set[int]:
    """Keys of the topics that the newest draft of the original names, of whichever version this is the page."""
    if not hasattr(page.specific_class, "article_topics"):
        return set()
    original = Release.objects.filter(translation_key=OuterRef("translation_key")).values("original")[:1]
    pages = Page.objects.filter(translation_key=page.translation_key, alias_of=None)
    drafts = pages.filter(locale__language_code=Subquery(original)).values("latest_revision")
    rows = Revision.objects.filter(pk__in=drafts).values_list("content__article_topics", flat=True).first()
    return {row["topic"] for row in rows or [] if row.get("topic")}
