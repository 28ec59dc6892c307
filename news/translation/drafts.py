"""The translated page, made from its segments, and what is still missing in them."""

import json
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from functools import partial
from html import unescape
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import OuterRef, Q, QuerySet, Subquery
from wagtail.models import Page, Revision
from wagtail_localize.fields import copy_synchronised_fields
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.segments import OverridableSegmentValue, StringSegmentValue, TemplateSegmentValue
from wagtail_localize.segments.ingest import ingest_segments
from wagtail_localize.strings import StringValue

from home.gate import BOOKKEEPING
from home.paragraphs import text_path
from home.upstream.drafts import Known, as_draft, child_models, give
from news.blocks import link_is_allowed, recording_is_allowed

MACHINE = StringTranslation.TRANSLATION_TYPE_MACHINE
NO_CONTENT = BOOKKEEPING | {
    # Of a revision: what else says nothing of its content.
    "first_published_at",
    "last_published_at",
    "live",
    "live_revision",
    "url_path",
    "wagtail_admin_comments",
}


def without_translation(translation: Translation) -> QuerySet[StringSegment]:
    """The segments that have no translation yet, or one that localize found faulty."""
    segments = translation.source.stringsegment_set.annotate_translation(translation.target_locale)
    return segments.filter(Q(translation=None) | Q(translation=""))


def open_segments(translation: Translation) -> int:
    return without_translation(translation).count()


@dataclass(frozen=True)
class Paragraph:
    """A text of the original and what it is in the other language; in the order of `texts_of`."""

    path: str
    order: int
    source: str
    words: str
    """Empty where nobody has translated it, or localize found the translation faulty."""
    is_machine: bool
    """Whether it came from a machine or the library, and no person has accepted that."""
    by: int | None
    """Key of the user who wrote it last."""
    tool: str
    """What wrote it where no person did."""
    attrs: dict[str, Any]
    """Of its links, by their ids in the text."""


def paragraphs_of(translation: Translation) -> list[Paragraph]:
    """The texts of one block share their path."""
    translated = StringTranslation.objects.filter(
        translation_of_id=OuterRef("string_id"), context_id=OuterRef("context_id"), locale=translation.target_locale
    )
    segments = translation.source.stringsegment_set.annotate_translation(translation.target_locale)
    segments = segments.annotate(
        kind=Subquery(translated.values("translation_type")),
        by=Subquery(translated.values("last_translated_by")),
        tool=Subquery(translated.values("tool_name")),
    )
    rows = segments.order_by("order").values_list(
        "context__path", "order", "string__data", "translation", "kind", "by", "tool", "attrs"
    )
    return [
        Paragraph(text_path(path), order, source, words or "", bool(words) and kind == MACHINE, by, tool or "", links)
        for path, order, source, words, kind, by, tool, attrs in rows
        for links in [json.loads(attrs)]
    ]


def too_long(model: type[Page], paragraphs: Iterable[Paragraph]) -> list[str]:
    """Names of the fields that do not hold what was translated for them. localize asks nobody, and saving fails."""
    names = []
    for paragraph in paragraphs:
        *relation, name = paragraph.path.split(".")
        field = model._meta.get_field(relation[0] if relation else name)
        if relation and field.one_to_many:
            field = field.related_model._meta.get_field(name)
        most = getattr(field, "max_length", None)
        if most and len(unescape(paragraph.words)) > most:
            names.append(str(field.verbose_name))
    return names


class Override(NamedTuple):
    """A picture, a document or an address that the translation has in place of the original's."""

    path: str
    data: Any
    """A key or an address, as localize stores it in JSON."""
    order: int


def overrides_of(translation: Translation) -> list[Override]:
    segments = translation.source.overridablesegment_set.annotate_override_json(translation.target_locale)
    rows = segments.exclude(override_json=None).values_list("context__path", "override_json", "order")
    return [Override(path, json.loads(data), order) for path, data, order in rows]


def refused_links(overrides: Iterable[Override]) -> list[str]:
    """Addresses that a translator put in place of the source's and that a page must not lead to.

    localize stores them as they come; the blocks' own validation never sees them.
    """
    refused = []
    for path, address, _order in overrides:
        if isinstance(address, str):
            is_recording = path.endswith(".url")
            if not (recording_is_allowed(address) if is_recording else link_is_allowed(address)):
                refused.append(address)
    return refused


def save_draft(translation: Translation, user: User | None = None) -> Revision:
    """Make a new draft revision of the target page from the segments and return it.

    Not `save_target(publish=False)`: on a live page that writes the unreviewed text into the public row.
    """
    return translated_page(translation).save_revision(user=user)


def refresh_draft(translation: Translation, user: User | None = None, shown: Page | None = None) -> Revision:
    """The latest revision of the target page; a new one if segments or shared fields say something else by now.

    `shown`: the `shown_page`, where it has been read. If it is as stored, nothing else is looked up.
    """
    if shown is not None:
        latest = shown.get_latest_revision()
        if latest is not None and content_of(latest.content) == content_of(as_stored(shown)):
            return latest
    made = translated_page(translation)
    latest = made.get_latest_revision()
    if latest is not None and content_of(latest.content) == content_of(as_stored(made)):
        return latest
    return made.save_revision(user=user)


def translated_page(translation: Translation) -> Page:
    """The target page as its segments have it, the original's words where there are none yet."""
    return translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)


def shown_page(
    translation: Translation,
    original: Page,
    page: Page,
    paragraphs: Iterable[Paragraph],
    overrides: Iterable[Override],
    known: Known,
) -> Page:
    """What `translated_page` gives, to be read and never to be saved, in fewer queries.

    `original` and `page` are the pages of source and target, `paragraphs` and `overrides` those of the translation, and
    `known` is as in `as_draft`. Pages of ours refer to no object that localize would translate, so such segments are
    not asked for.
    """
    source = translation.source
    target = copy(page)
    target._cluster_related_objects = {name: [] for name in child_models(type(page))}
    copied = as_draft(original, json.loads(source.content_json), known)
    # modelcluster opens a transaction for each relation that it copies; here nothing leaves the memory.
    copied.copy_child_relation = partial(type(copied).copy_child_relation.__wrapped__, copied)
    copy_synchronised_fields(copied, target)
    segments = [
        StringSegmentValue(text.path, StringValue(text.words or text.source), attrs=text.attrs).with_order(text.order)
        for text in paragraphs
    ]
    for row in source.templatesegment_set.select_related("template", "context"):
        form = row.template
        segments.append(
            TemplateSegmentValue(
                row.context.path, form.template_format, form.template, form.string_count, order=row.order
            )
        )
    segments += [OverridableSegmentValue(path, data, order=order) for path, data, order in overrides]
    ingest_segments(copied, target, source.locale, translation.target_locale, segments)
    give(target, known)
    return target


def as_stored(page: Page) -> dict[str, Any]:
    """What a revision of the page would hold."""
    return json.loads(json.dumps(page.serializable_data(), cls=DjangoJSONEncoder))


def content_of(data: Mapping[str, Any]) -> dict[str, Any]:
    """Revision content without what says nothing of it."""
    kept = {name: value for name, value in data.items() if name not in NO_CONTENT}
    for name, value in kept.items():
        if isinstance(value, list):  # inlines, whose rows are made anew by each publishing
            kept[name] = [{key: part for key, part in row.items() if key != "pk"} for row in value]
    return kept
