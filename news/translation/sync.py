"""Start a translation and keep its segments in step with the original."""

from html import unescape

from django.db import transaction
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource


def start_translation(page, user=None):
    """Take the segments of the page's latest revision and make an untranslated draft in the other language.

    Returns the localize Translation; called again, it brings the segments up to date and leaves what people wrote.
    """
    original = page.get_latest_revision_as_object()
    target = Locale.objects.exclude(pk=page.locale_id).get()
    with transaction.atomic():
        # Not get_or_create: that never refreshes a source that is there.
        source, _created = TranslationSource.update_or_create_from_instance(original)
        translation, created = Translation.objects.get_or_create(source=source, target_locale=target)
        if created:
            translation.save_target(user=user, publish=False)
    return translation


def translation_of(page):
    """The enabled localize Translation whose target is this page, or None for an original."""
    return Translation.objects.filter(
        source__object_id=page.translation_key, target_locale_id=page.locale_id, enabled=True
    ).first()


def fill(translation, texts, user=None):
    """Write translated texts, {source text: translated text}, into the segments. What is not named stays open."""
    for segment in translation.source.stringsegment_set.select_related("string"):
        text = texts.get(segment.string.data) or texts.get(unescape(segment.string.data))  # localize stores HTML
        if text:
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                locale=translation.target_locale,
                context=segment.context,
                defaults={
                    "data": text,
                    "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
                    "last_translated_by": user,
                },
            )
