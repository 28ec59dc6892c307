"""Keep the segments in step with one revision of the original, and the other language's draft with the segments."""

from collections.abc import Mapping
from html import unescape
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, TranslationSource
from wagtail_localize.models import Translation as Translation

from .bulk import take_apart
from .library import prefill


def start_translation(original: Page, user: User | None = None) -> Translation:
    """Take the segments of `original`, a page as one of its revisions has it; make a draft in the other language.

    Returns the localize Translation. Called again, it brings the segments up to date and leaves what people wrote.
    """
    target = Locale.objects.exclude(pk=original.locale_id).get()
    with transaction.atomic():
        source = take_apart(original)
        translation, _created = Translation.objects.get_or_create(source=source, target_locale=target)
        prefill(translation, original)
        if not original.has_translation(target):
            translation.save_target(user=user, publish=False)
            # Deleting a page leaves its translation switched off.
            set_enabled(translation, True)
    return translation


def translation_of(page: Page, enabled: bool = True) -> Translation | None:
    """The localize Translation whose target is this page, or None for an original or a page edited by itself."""
    found = Translation.objects.filter(source__object_id=page.translation_key, target_locale_id=page.locale_id)
    found = found.select_related("source__locale", "target_locale")
    return found.filter(enabled=True).first() if enabled else found.first()


def set_enabled(translation: Translation, enabled: bool) -> None:
    """Whether the target is edited paragraph by paragraph or as a page."""
    Translation.objects.filter(pk=translation.pk).update(enabled=enabled)
    translation.enabled = enabled


def original_language_code(translation_key: UUID) -> str | None:
    """The language that a page was translated from, or None if nobody began."""
    source = TranslationSource.objects.filter(object_id=translation_key).select_related("locale").first()
    return source and source.locale.language_code


def fill(translation: Translation, texts: Mapping[str, str], user: User | None = None) -> None:
    """Write translated texts, {source text: translated text}, into the segments. What is not named stays open."""
    for segment in translation.source.stringsegment_set.select_related("string"):
        text = texts.get(segment.string.data) or texts.get(unescape(segment.string.data))  # localize stores HTML
        if text:
            fill_segment(translation, segment, text, user)


def fill_numbered(translation: Translation, texts: Mapping[int, str], user: User | None = None) -> None:
    """Write translated texts, {number in `texts_of` the original: HTML}, into the segments."""
    for number, segment in enumerate(translation.source.stringsegment_set.order_by("order")):
        if number in texts:
            fill_segment(translation, segment, texts[number], user)


def fill_segment(translation: Translation, segment: StringSegment, text: str, user: User | None) -> None:
    StringTranslation.objects.update_or_create(
        translation_of_id=segment.string_id,
        locale=translation.target_locale,
        context_id=segment.context_id,
        defaults={
            "data": text,
            "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
            "last_translated_by": user,
            "tool_name": "",
        },
    )
