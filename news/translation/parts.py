"""A page taken apart into all that a reader gets of it, in the form in which it can be kept and compared.

localize takes a page apart to translate it and leaves out what needs no translator: levels, ticks, the order of blocks,
the cells that say the same. Here nothing is left out but what `LEFT_OUT` names.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import ManyToOneRel, Model
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.fields import RichTextField, StreamField
from wagtail.images.models import AbstractImage
from wagtail.models import Page
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.strings import extract_strings

from .units import distinct

LEFT_OUT = {"slug", "sort_order"}
"""An address has steps of its own; the place of a row is that of its part. A page type may name more: see home.gate."""


class PartKind:
    """What a part is."""

    TEXT = "text"
    PICTURE = "picture"
    DOCUMENT = "document"
    LINK = "link"
    PAGE = "page"
    """An inner link, or what a page names: partners, topics."""
    ORDER = "order"
    """Of blocks, with their types."""
    FORM = "form"
    """Of a running text: its paragraphs, lists and marks around the words."""
    FIELD = "field"
    """Any other choice: a date, a level, a tick."""


class Part(NamedTuple):
    path: str
    """`body.0f3c….text`; the same in both languages for what is shared."""
    kind: str
    value: Any
    """As JSON has it."""


class Unread(NamedTuple):
    """What a running text leads to, by its key, until all are looked up at once."""

    model: type[Model]
    key: str


def parts_of(page: Page) -> list[Part]:
    """From top to bottom. What is empty is no part: a field that comes later changes nothing of what was approved."""
    walk = Walk()
    return walk.resolved(walk.instance(page, ""))


class Walk:
    def instance(self, instance: Model, before: str) -> Iterator[Part]:
        left_out = {*LEFT_OUT, *getattr(instance, "unreleased_fields", ())}
        for declared in get_translatable_fields(type(instance)):
            name = declared.field_name
            field = declared.get_field(type(instance))
            if name in left_out:
                continue
            path = f"{before}{name}"
            if isinstance(field, ManyToOneRel):
                rows = {row_key(child, number): child for number, child in enumerate(getattr(instance, name).all())}
                yield Part(path, PartKind.ORDER, [[key, name] for key in rows])
                for key, child in rows.items():
                    yield from self.instance(child, f"{path}.{key}.")
            elif isinstance(field, models.ForeignKey):
                yield from self.related(path, getattr(instance, name))
            elif isinstance(field, StreamField):
                yield from self.block(path, field.stream_block, field.value_from_object(instance))
            elif isinstance(field, RichTextField):
                yield from self.running_text(path, field.value_from_object(instance))
            else:
                yield Part(path, kind_of(field), plain(field.value_from_object(instance)))

    def related(self, path: str, value: Model | None) -> Iterator[Part]:
        if isinstance(value, AbstractImage):
            yield Part(path, PartKind.PICTURE, picture(value))
        elif isinstance(value, AbstractDocument):
            yield Part(path, PartKind.DOCUMENT, document(value))
        elif value is not None:
            yield Part(path, PartKind.PAGE, str(getattr(value, "translation_key", value.pk)))

    def running_text(self, path: str, html: str) -> Iterator[Part]:
        form, strings = extract_strings(html or "")
        if not strings:
            return
        yield Part(path, PartKind.TEXT, [string.data for string, _attrs in strings])
        yield Part(f"{path}.form", PartKind.FORM, form)
        number = 0
        for _string, attrs in strings:
            for link in attrs.values():
                yield self.link(f"{path}.link.{number}", link)
                number += 1

    def link(self, path: str, link: dict[str, str]) -> Part:
        if link.get("linktype") == "page":
            return Part(path, PartKind.PAGE, Unread(Page, link.get("id", "")))
        if link.get("linktype") == "document":
            return Part(path, PartKind.DOCUMENT, Unread(get_document_model(), link.get("id", "")))
        return Part(path, PartKind.LINK, link.get("href") or link)

    def block(self, path: str, block: blocks.Block, value: Any) -> Iterator[Part]:
        if value is None:
            return
        if isinstance(block, blocks.StreamBlock):
            keys = distinct(child.id for child in value)
            yield Part(path, PartKind.ORDER, [[key, child.block_type] for key, child in zip(keys, value, strict=True)])
            for key, child in zip(keys, value, strict=True):
                yield from self.block(f"{path}.{key}", child.block, child.value)
        elif isinstance(value, Model):  # a chooser's; Wagtail's own ImageBlock says more beside it
            yield from self.related(path, value)
            if isinstance(block, blocks.StructBlock):
                yield Part(f"{path}.words", PartKind.FIELD, block.get_prep_value(value))
        elif isinstance(block, blocks.StructBlock):
            for name, child in block.child_blocks.items():
                yield from self.block(f"{path}.{name}", child, value.get(name))
        elif isinstance(block, blocks.ListBlock):
            for number, child in enumerate(value.bound_blocks):
                yield from self.block(f"{path}.{number}", child.block, child.value)
        elif isinstance(block, TypedTableBlock):
            yield from self.table(path, block.get_prep_value(value))
        elif isinstance(block, blocks.RichTextBlock):
            yield from self.running_text(path, value.source)
        elif isinstance(block, blocks.URLBlock | blocks.EmailBlock):
            yield Part(path, PartKind.LINK, value)
        elif isinstance(block, blocks.CharBlock | blocks.TextBlock | blocks.RawHTMLBlock):
            yield Part(path, PartKind.TEXT, str(value))
        else:
            yield Part(path, PartKind.FIELD, block.get_prep_value(value))

    def table(self, path: str, table: dict[str, Any]) -> Iterator[Part]:
        yield Part(f"{path}.caption", PartKind.TEXT, table.get("caption"))
        yield Part(f"{path}.columns", PartKind.FIELD, [column["type"] for column in table["columns"]])
        yield Part(f"{path}.head", PartKind.TEXT, [column["heading"] for column in table["columns"]])
        for number, row in enumerate(table["rows"]):
            yield Part(f"{path}.row.{number}", PartKind.TEXT, row["values"])

    def resolved(self, parts: Iterator[Part]) -> list[Part]:
        """With what running texts lead to; values as they come back from JSON."""
        found = list(parts)
        asked = {part.value for part in found if isinstance(part.value, Unread)}
        said: dict[Unread, Any] = {}
        instance: Any
        for model in {unread.model for unread in asked}:
            keys = {unread.key for unread in asked if unread.model is model and unread.key.isdecimal()}
            for key, instance in model._default_manager.in_bulk(keys).items():
                is_page = isinstance(instance, Page)
                said[Unread(model, str(key))] = str(instance.translation_key) if is_page else document(instance)
        found = [
            Part(part.path, part.kind, said.get(part.value) if isinstance(part.value, Unread) else part.value)
            for part in found
        ]
        values = json.loads(json.dumps([part.value for part in found], cls=DjangoJSONEncoder))
        return [
            Part(part.path, part.kind, value)
            for part, value in zip(found, values, strict=True)
            if value not in (None, "", False, [], {})
        ]


def row_key(child: Model, number: int) -> str:
    return str(getattr(child, "translation_key", number))


def plain(value: Any) -> Any:
    """The same moment is written in one way."""
    return value.astimezone(UTC) if isinstance(value, datetime) else value


def kind_of(field: models.Field[Any, Any]) -> str:
    if isinstance(field, models.URLField | models.EmailField):
        return PartKind.LINK
    is_text = isinstance(field, models.CharField | models.TextField) and not field.choices
    return PartKind.TEXT if is_text else PartKind.FIELD


def picture(image: AbstractImage) -> dict[str, Any]:
    """By its key and its file's digest, with what is cut out of it."""
    focal = [image.focal_point_x, image.focal_point_y, image.focal_point_width, image.focal_point_height]
    return {"key": image.pk, "file": image.file_hash, "focal": focal if any(focal) else None}


def document(found: AbstractDocument) -> dict[str, Any]:
    return {"key": found.pk, "file": found.file_hash}
