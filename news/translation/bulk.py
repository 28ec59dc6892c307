"""A page taken apart into the rows that wagtail-localize keeps of it, all at once.

localize asks four times for each paragraph and writes four rows for it, each in a savepoint: a release of thirty
paragraphs took a thousand queries. The rows are the same; `test_segments_are_those_that_localize_makes` holds that.
"""

import json
from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID, uuid5

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import (
    OverridableSegment,
    String,
    StringSegment,
    Template,
    TemplateSegment,
    TranslatableObject,
    TranslationContext,
    TranslationSource,
    get_schema_version,
)
from wagtail_localize.segments import OverridableSegmentValue, StringSegmentValue, TemplateSegmentValue
from wagtail_localize.segments.extract import extract_segments

from home.paragraphs import text_path
from news.models import Release

from .apart import keep_apart, texts, texts_stored


def take_apart(original: Page) -> TranslationSource:
    """The TranslationSource of a page, and its segments, as `update_or_create_from_instance` of localize has them.

    `original` is a page as one of its revisions has it. Only inside a transaction.
    """
    source = source_of(original)
    content = original.to_json()
    if json.loads(content) == json.loads(source.content_json):
        return source
    source.content_json, source.object_repr = content, str(original)[:200]
    source.schema_version = get_schema_version(original._meta.app_label)
    source.last_updated_at = timezone.now()
    source.save()
    write_segments(source, original)
    return source


def write_segments(source: TranslationSource, original: Page) -> None:
    """`original`: the page as `source` has it."""
    segments = extract_segments(original)
    strings = [segment for segment in segments if isinstance(segment, StringSegmentValue)]
    templates = [segment for segment in segments if isinstance(segment, TemplateSegmentValue)]
    overridables = [segment for segment in segments if isinstance(segment, OverridableSegmentValue)]
    contexts, has_equal = contexts_at({segment.path for segment in segments}, source.object, original)
    words = strings_of({segment.string.data for segment in strings}, original.locale_id)
    forms = templates_of(templates)
    if has_equal:
        list(source.translations.select_for_update())  # as whoever saves a paragraph does
        keep_apart(
            source,
            texts_stored(source),
            texts(
                [(one.path, contexts[one.path], words[one.string.data], one.string.data) for one in strings],
                [(one.path, one.template) for one in templates],
            ),
        )
    replace(
        StringSegment,
        source,
        ("context_id", "order", "string_id", "attrs"),
        [(contexts[one.path], one.order, words[one.string.data], as_json(one.attrs)) for one in strings],
    )
    replace(
        TemplateSegment,
        source,
        ("context_id", "order", "template_id"),
        [(contexts[one.path], one.order, forms[key_of(one)]) for one in templates],
    )
    replace(
        OverridableSegment,
        source,
        ("context_id", "order", "data_json"),
        [(contexts[one.path], one.order, as_json(one.data)) for one in overridables],
    )


def part(source: TranslationSource) -> None:
    """Of a source taken apart while equal paragraphs shared their translation: what stood for all of them stands at
    each. Pages, approvals, and who wrote what when stay as they are.
    """
    list(Release.objects.select_for_update().filter(translation_key=source.object_id))
    source.refresh_from_db()
    write_segments(source, source.as_instance())


def as_json(data: object) -> str:
    return json.dumps(data, cls=DjangoJSONEncoder)


def source_of(original: Page) -> TranslationSource:
    """The TranslationSource of a page, empty where there was none."""
    translatable, _created = TranslatableObject.objects.get_or_create_from_instance(original)
    found = TranslationSource.objects.filter(object=translatable, locale_id=original.locale_id)
    return found.select_related("object", "locale").first() or TranslationSource(
        object=translatable,
        locale=original.locale,
        specific_content_type=original.cached_content_type,
        content_json="{}",
    )


def contexts_at(paths: set[str], translatable: TranslatableObject, original: Page) -> tuple[dict[str, int], bool]:
    """({path: key of its TranslationContext}, whether some paragraphs say the same or have done so)"""
    rows = TranslationContext.objects.filter(object=translatable)
    known = set(rows.values_list("path", flat=True))
    missing = paths - known
    made = []
    for path in sorted(missing):
        context = TranslationContext(object=translatable, path=path, path_id=TranslationContext._get_path_id(path))
        context.save = lambda **options: None  # its field path is asked for, and would be saved by itself
        context.get_field_path(original)
        made.append(context)
    TranslationContext.objects.bulk_create(made, ignore_conflicts=True)
    has_equal = any(path != text_path(path) for path in known | paths)
    return dict(rows.filter(path__in=paths).values_list("path", "pk")), has_equal


def strings_of(texts: Collection[str], locale_id: int) -> dict[str, int]:
    """{text: key of its String}"""
    hashes = {String._get_data_hash(text): text for text in texts}
    rows = String.objects.filter(locale_id=locale_id, data_hash__in=hashes)
    present = set(rows.values_list("data_hash", flat=True))
    String.objects.bulk_create(
        [
            String(locale_id=locale_id, data_hash=data_hash, data=text)
            for data_hash, text in hashes.items()
            if data_hash not in present
        ],
        ignore_conflicts=True,
    )
    return {hashes[data_hash]: key for data_hash, key in rows.all().values_list("data_hash", "pk")}


def key_of(segment: TemplateSegmentValue) -> UUID:
    return uuid5(uuid5(Template.BASE_UUID_NAMESPACE, segment.format), segment.template)


def templates_of(segments: Iterable[TemplateSegmentValue]) -> dict[UUID, int]:
    """{`key_of` a segment: key of its Template}"""
    by_key = {key_of(segment): segment for segment in segments}
    rows = Template.objects.filter(uuid__in=by_key)
    present = set(rows.values_list("uuid", flat=True))
    Template.objects.bulk_create(
        [
            Template(uuid=key, template=one.template, template_format=one.format, string_count=one.string_count)
            for key, one in by_key.items()
            if key not in present
        ],
        ignore_conflicts=True,
    )
    return dict(rows.all().values_list("uuid", "pk"))


def replace(
    model: type[Model], source: TranslationSource, names: tuple[str, ...], wanted: Iterable[tuple[Any, ...]]
) -> None:
    """The segments of a source are those that are `wanted`, rows of the values of `names`: those that stay, stay."""
    rows = model._default_manager.filter(source=source)
    present = {tuple(values): key for key, *values in rows.values_list("pk", *names)}
    kept = dict.fromkeys(wanted)
    gone = [key for values, key in present.items() if values not in kept]
    if gone:
        rows.filter(pk__in=gone).delete()
    missing = [values for values in kept if values not in present]
    model._default_manager.bulk_create(
        model(source=source, **dict(zip(names, values, strict=True))) for values in missing
    )
