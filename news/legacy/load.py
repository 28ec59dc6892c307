"""Documents -> draft pages, legacy records and translations."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from home import clock
from home.characters import one_line
from news.models import ArticlePage, LegacyRecord, NewsIndexPage
from news.pair.pair import release_of
from news.release.publishing import release_imported
from news.release.submission import start_translating

from .errors import UnreadableDocument
from .extract import LegacyDocument

SUMMARY_LENGTH = 300


@transaction.atomic
def load(document: LegacyDocument, counted_on: date | None = None, operator: str = "") -> ArticlePage | None:
    """Make the draft of a document, its record and its untranslated draft in the other language.

    With `operator`, the name of whoever answers for it, the original goes public at once, as it was on the old site.
    Returns the ArticlePage, or None if the document had been imported before: then nothing changes.
    """
    if LegacyRecord.objects.filter(identity__in=document.identities).exists():
        return None
    locale = Locale.objects.filter(language_code=document.language).first()
    index = locale and NewsIndexPage.objects.filter(locale=locale).first()
    if index is None:
        raise UnreadableDocument(_("The site has no news list in this language yet: run bootstrap first."))
    paragraphs = [one_line(paragraph) for paragraph in document.paragraphs]
    article = ArticlePage(
        title=one_line(document.title),
        locale=locale,
        summary=summary_of(paragraphs),
        date=document.published,
        source=one_line(document.source),
        body=[("paragraph", f"<p>{escape(paragraph)}</p>") for paragraph in paragraphs],
        live=False,
    )
    try:
        index.add_child(instance=article)
        article.save_revision()
    except ValidationError as error:
        raise UnreadableDocument(" ".join(error.messages)) from error
    LegacyRecord.objects.create(
        identity=document.identity,
        translation_key=article.translation_key,
        language=document.language,
        views=document.views,
        counted_on=counted_on or clock.day(),
    )
    start_translating(article, None)
    if operator:
        since = f"public on the old site since {document.published:%Y-%m-%d}"
        release_imported(release_of(article), operator, document.published, since)
        article.refresh_from_db()
    return article


def summary_of(paragraphs: Sequence[str]) -> str:
    """The first paragraph's first sentence or, if that is long, as many of its words as fit."""
    text = paragraphs[0]
    for mark in (". ", "。"):
        first, found, _rest = text.partition(mark)
        if found and len(first) < SUMMARY_LENGTH:
            return first + mark.strip()
    if len(text) <= SUMMARY_LENGTH:
        return text
    return f"{text[:SUMMARY_LENGTH].rpartition(' ')[0] or text[:SUMMARY_LENGTH]}…"
