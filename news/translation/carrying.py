"""Pages of version 0.2 showed what the library says of a picture; since then each has words of its own.

What readers were shown is written into the pages, the revisions that count, and the paragraphs, so that a release says
afterwards what it said before.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page, Revision
from wagtail.search.index import insert_or_update_object
from wagtail_localize.models import StringTranslation, Translation

from home.languages import Language, language_of, language_of_code
from news.models.pictured import (
    OF_DOCUMENT,
    OF_PICTURE,
    library_words,
    picture_fields,
    places_of,
    words_beside,
)

from .bulk import take_apart
from .drafts import MACHINE, without_translation
from .library import offer, pictures_by_text

MANUAL = StringTranslation.TRANSLATION_TYPE_MANUAL


def carry_into_page(page: Page, revisions: Iterable[Revision]) -> None:
    """The row of a page, whose gate is open, and these revisions of it."""
    model, language = type(page), language_of(page)
    for revision in revisions:
        changes = carried(model, revision.content, language)
        if changes:
            Revision.objects.filter(pk=revision.pk).update(content={**revision.content, **changes})
    changes = carried(model, page.serializable_data(), language)
    if changes:
        values = {name: model._meta.get_field(name).to_python(value) for name, value in changes.items()}
        model._default_manager.filter(pk=page.pk).update(**values)
        insert_or_update_object(model._default_manager.get(pk=page.pk))


def carried(model: type[Page], content: dict[str, Any], language: Language) -> dict[str, Any]:
    """{name of a field: what a revision would hold of it} where the library spoke for the page."""
    changes: dict[str, Any] = {}
    for picture in picture_fields(model):
        beside = words_beside(picture)
        if "caption" not in beside:  # of a logo readers heard nothing
            continue
        image = picture.related_model._default_manager.filter(pk=content.get(picture.name)).first()
        for noun, name in beside.items() if image else ():
            words = library_words(image, noun, language)
            if words and not content.get(name):
                changes[name] = words
    for field in model._meta.concrete_fields:
        if isinstance(field, StreamField) and content.get(field.name):
            rows = json.loads(content[field.name])
            if [row for row in rows if carry_into_block(field.stream_block, row, language)]:
                changes[field.name] = json.dumps(rows)
    return changes


def carry_into_block(stream: blocks.StreamBlock, row: dict[str, Any], language: Language) -> bool:
    block, value = stream.child_blocks.get(row["type"]), row["value"]
    was = json.dumps(value)
    if isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            for noun, file in spoken_for(child, value.get(name)):
                silent = noun == "alt" and value.get("decorative")
                if noun in block.child_blocks and not silent and not value.get(noun):
                    value[noun] = library_words(file, noun, language)
    return json.dumps(value) != was


def spoken_for(block: blocks.Block, key: Any) -> Iterator[tuple[str, Any]]:
    """(noun, the file) of what a chooser has chosen."""
    if not isinstance(block, ImageChooserBlock | DocumentChooserBlock):
        return
    model: type[models.Model] = block.model_class
    file = model._default_manager.filter(pk=key).first() if key else None
    if file is not None:
        yield from ((noun, file) for noun in (OF_PICTURE if isinstance(block, ImageChooserBlock) else OF_DOCUMENT))


def carry_into_paragraphs(translation: Translation, is_read: bool) -> None:
    """`is_read`: whether the translation was submitted, approved or public as it stood; else its new words are open."""
    original = translation.source.as_instance()
    language = language_of(original)
    for place in places_of(original):
        for noun in place.names:
            if place.wants(noun) and not place.words(noun) and not place.is_beside_its_name:
                place.write(noun, library_words(place.file, noun, language))
    take_apart(original)
    target = language_of_code(translation.target_locale.language_code)
    titles = {place.path_of(noun): (place, noun, place.file) for place in places_of(original) for noun in place.names}
    shown = {**titles, **pictures_by_text(translation, original)}
    segments = without_translation(translation).filter(context__path__in=shown).select_related("context")
    words = {
        segment: library_words(file, noun, target)
        for segment in segments
        for _place, noun, file in [shown[segment.context.path]]
    }
    offer(translation, words, MANUAL if is_read else MACHINE)
