"""What a version says: every text a reader sees, as wagtail-localize takes a page apart."""

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any, NamedTuple

from django.db.models import ManyToOneRel, Model
from wagtail.models import Page
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.segments import OverridableSegmentValue, StringSegmentValue, TemplateSegmentValue
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.segments.ingest import ingest_segments
from wagtail_localize.strings import StringValue

from home.paragraphs import text_path


class PageText(NamedTuple):
    """What a reader sees at one place of a page; images, dates and choices are none."""

    path: str
    """As localize has it, the same for all texts of a block: `body.0f3c….text`."""
    html: str


class TextLink(NamedTuple):
    number: int
    """Of the text that it stands in, among `texts_of` the page."""
    attrs: dict[str, str]
    """What rich text knows of it: `href`, or `linktype` and `id`."""


def texts_of(page: Page) -> list[PageText]:
    """From top to bottom."""
    return texts_and_links(page)[0]


def links_of(page: Page) -> list[TextLink]:
    return texts_and_links(page)[1]


def texts_and_links(page: Page) -> tuple[list[PageText], list[TextLink]]:
    """(`texts_of`, `links_of`): a page is taken apart once for both."""
    strings = [segment for segment in extract_segments(page) if isinstance(segment, StringSegmentValue)]
    return (
        [PageText(text_path(segment.path), segment.string.data) for segment in strings],
        [TextLink(number, link) for number, segment in enumerate(strings) for link in (segment.attrs or {}).values()],
    )


def with_texts(page: Page, texts: Mapping[int, str]) -> Page:
    """Write texts, {number in `texts_of`: HTML}, into a page in memory and return it."""
    segments: list[StringSegmentValue | TemplateSegmentValue] = []
    for segment in extract_segments(page):
        if isinstance(segment, StringSegmentValue):
            number = sum(isinstance(found, StringSegmentValue) for found in segments)
            if number in texts:
                words = StringValue(texts[number])
                segment = StringSegmentValue(segment.path, words, attrs=segment.attrs, order=segment.order)
            segments.append(segment)
        elif isinstance(segment, TemplateSegmentValue):
            segments.append(segment)
    ingest_segments(page, page, page.locale, page.locale, segments)
    return page


def text_hash(page: Page) -> str:
    """The same as long as every word stands where it stood; another image, topic or date changes nothing."""
    return sha256(json.dumps(texts_of(page), ensure_ascii=False).encode()).hexdigest()


def shared_of(page: Page) -> list[tuple[str, Any]]:
    """What both languages have in common: fields that are copied, images and addresses in blocks, the inlines' rows."""
    return [
        *copied_fields(page),
        *(
            (segment.path, str(segment.data))
            for segment in extract_segments(page)
            if isinstance(segment, OverridableSegmentValue)
        ),
    ]


def copied_fields(instance: Model) -> Iterator[tuple[str, Any]]:
    for declared in get_translatable_fields(type(instance)):
        field = declared.get_field(type(instance))
        if isinstance(field, ManyToOneRel):
            for number, child in enumerate(getattr(instance, declared.field_name).all()):
                for name, value in copied_fields(child):
                    yield f"{declared.field_name}.{number}.{name}", value
        elif declared.is_synchronized(instance) and not declared.is_translated(instance):
            yield declared.field_name, field.value_from_object(instance)
