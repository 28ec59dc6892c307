"""What was translated for one release, put beside the same paragraphs of another."""

from collections import defaultdict, deque

from wagtail_localize.models import SegmentOverride, StringTranslation, Translation, TranslationContext

from .segments import translations_of

COPIED = ("data", "translation_type", "tool_name", "last_translated_by_id", "has_error", "field_error")


def copy_translations(former: Translation, made: Translation) -> None:
    """Each paragraph gets what was said for one of the same words: of several, in order. The others stay open.

    Who translated it, and whether anybody has read it, stays as it was; pictures and links of its own come along.
    """
    said: dict[str, deque[StringTranslation]] = defaultdict(deque)
    known = translations_of(former)
    for segment in former.source.stringsegment_set.select_related("string").order_by("order"):
        found = known[segment.pk]
        if found is not None:
            said[segment.string.data].append(found)
    for segment in made.source.stringsegment_set.select_related("string").order_by("order"):
        waiting = said[segment.string.data]
        if waiting:
            found = waiting.popleft() if len(waiting) > 1 else waiting[0]
            StringTranslation.objects.update_or_create(
                translation_of_id=segment.string_id,
                locale=made.target_locale,
                context_id=segment.context_id,
                defaults={name: getattr(found, name) for name in COPIED},
            )
    overrides = SegmentOverride.objects.filter(
        context__object_id=former.source.object_id, locale=former.target_locale
    ).select_related("context")
    for override in overrides:
        context, _created = TranslationContext.objects.get_or_create(
            object_id=made.source.object_id, path=override.context.path
        )
        SegmentOverride.objects.update_or_create(
            context=context, locale=made.target_locale, defaults={"data_json": override.data_json}
        )
