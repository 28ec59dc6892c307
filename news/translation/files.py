"""The paragraphs of a translation, where a picture or a document of the original gives way to another or to none."""

import json
import re
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Model
from django.db.models.signals import pre_save
from django.dispatch import receiver
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.models import SegmentOverride, StringTranslation, Translation

from home.images import CustomImage
from home.taken_down import require_there

from .drafts import Paragraph, paragraphs_of
from .sync import start_translation
from .units import unit_of

ANCHOR = re.compile(r'<a id="(\w+)">(.*?)</a>', re.DOTALL)


def model_at(model: type[Page], path: str) -> type[Model] | None:
    """Of which model the key is that stands at a path of localize's."""
    first, _dot, rest = path.partition(".")
    field = next((field for field in model._meta.get_fields() if field.name == first), None)
    if not rest:
        return getattr(field, "related_model", None)
    if not isinstance(field, StreamField):
        return None
    last = rest.rpartition(".")[2]
    for child in field.stream_block.child_blocks.values():
        found = child.child_blocks.get(last) if isinstance(child, blocks.StructBlock) else child
        target = found.model_class if isinstance(found, blocks.ChooserBlock) else None
        if target in (CustomImage, get_document_model()):
            return target
    return None


def overrides_with(model: type[Model], key: int, of: UUID | None = None) -> list[SegmentOverride]:
    """What translations have in place of the original's and is this file; `of` one translation key alone."""
    found = SegmentOverride.objects.filter(data_json=str(key), context__isnull=False).select_related("context")
    if of is not None:
        found = found.filter(context__object_id=of)
    pages = {
        page.translation_key: page
        for page in Page.objects.filter(translation_key__in={override.context.object_id for override in found})
    }
    return [
        override
        for override in found
        if (page := pages.get(override.context.object_id)) is not None
        and model_at(page.specific_class, override.context.path) is model
    ]


def swap_overrides(model: type[Model], old: int, new: int | None, key: UUID) -> set[str]:
    """Put the new file in the place of the old, or take it out. Returns the units that differ."""
    found = overrides_with(model, old, of=key)
    rows = SegmentOverride.objects.filter(pk__in=[override.pk for override in found])
    if new is None:
        rows.delete()
    else:
        rows.update(data_json=json.dumps(new))
    return {unit_of(override.context.path) for override in found}


def take_anew(original: Page, translation: Translation) -> None:
    """Take the paragraphs from `original`, in which nothing but a file is another. Where a link to it is gone, the
    words that people wrote around it stay.
    """
    before = paragraphs_of(translation)
    start_translation(original)
    after = paragraphs_of(translation)
    lost = [paragraph for paragraph in after if not paragraph.words]
    if lost:
        keep_words(translation, before, lost)


def keep_words(translation: Translation, before: Iterable[Paragraph], lost: Iterable[Paragraph]) -> None:
    rows = {segment.order: segment for segment in translation.source.stringsegment_set.all()}
    left = [paragraph for paragraph in before if paragraph.words]
    made = []
    for paragraph in lost:
        fitting = [one for one in left if without_link(one, paragraph) is not None]
        if not fitting:
            continue
        former = min(fitting, key=lambda one: abs(one.order - paragraph.order))
        left.remove(former)  # of two that are equal, each keeps its own words
        segment = rows[paragraph.order]
        made.append(
            StringTranslation(
                translation_of_id=segment.string_id,
                context_id=segment.context_id,
                locale=translation.target_locale,
                data=without_link(former, paragraph),
                translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE
                if former.is_machine
                else StringTranslation.TRANSLATION_TYPE_MANUAL,
                last_translated_by_id=former.by,
            )
        )
    StringTranslation.objects.bulk_create(made, ignore_conflicts=True)


def without_link(former: Paragraph, now: Paragraph) -> str | None:
    """The words of a paragraph once its original has lost a link; None where it is another paragraph."""
    if former.path != now.path:
        return None
    kept = list(ANCHOR.findall(now.source))
    ids: dict[str, str] = {}
    for name, inside in ANCHOR.findall(former.source):
        if kept and kept[0][1] == inside:
            ids[name] = kept.pop(0)[0]
    if kept or unlinked(former.source, ids) != now.source:
        return None
    return unlinked(former.words, ids)


def unlinked(text: str, ids: dict[str, str]) -> str:
    return ANCHOR.sub(lambda found: f'<a id="{ids[found[1]]}">{found[2]}</a>' if found[1] in ids else found[2], text)


@receiver(pre_save, sender=SegmentOverride, dispatch_uid="news.translation.files")
def refuse_what_is_taken_down(
    sender: type[Model], instance: SegmentOverride, raw: bool = False, **kwargs: object
) -> None:
    """The chooser does not show it; whoever sends its key all the same is told."""
    if raw or instance.context is None or not instance.data_json.isdecimal():
        return
    page = Page.objects.filter(translation_key=instance.context.object_id).first()
    model = model_at(page.specific_class, instance.context.path) if page is not None else None
    if model is not None and model in (CustomImage, get_document_model()):
        require_there(model, int(instance.data_json))
