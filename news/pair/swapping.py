"""The content of a revision with one picture or document in another's place, or without it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from wagtail import blocks
from wagtail.blocks.field_block import ChooserBlock
from wagtail.fields import RichTextField, StreamField

from home.images import CustomImage
from home.upstream.drafts import child_models, foreign_keys
from news.models.pictured import words_beside

GONE = object()
LINK = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.DOTALL)
EMBED = re.compile(r"<embed\b([^>]*)>(?:</embed>)?")
KEY = re.compile(r"""(?<![\w-])id=["'](\d+)["']""")
Content = dict[str, Any]


@dataclass(frozen=True)
class Swap:
    """What is to be in the place of what."""

    model: type[Model]
    old: int
    new: int | None
    """None: it goes, and with it each block that is nothing without it."""

    def content(self, model: type[Model], content: Mapping[str, Any]) -> Content:
        """Of a revision of `model`."""
        changed = dict(content)
        for key in foreign_keys(model):
            if key.related_model is self.model and content.get(key.name) == self.old:
                changed[key.name] = self.new
                if self.new is None:
                    changed |= dict.fromkeys(words_beside(key).values(), "")
        for field in model._meta.concrete_fields:
            value = content.get(field.name)
            if isinstance(field, StreamField) and value:
                raw = json.loads(value) if isinstance(value, str) else value
                other = self.block(field.stream_block, raw)
                if other != raw:
                    changed[field.name] = json.dumps(other) if isinstance(value, str) else other
            elif isinstance(field, RichTextField) and value:
                changed[field.name] = self.running_text(value)
        for name, child in child_models(model).items():
            if content.get(name):
                changed[name] = [self.content(child, row) for row in content[name]]
        return changed

    def block(self, block: blocks.Block, value: Any) -> Any:
        """As JSON has it; GONE where it is nothing without the file."""
        if value is None:
            return value
        if isinstance(block, ChooserBlock):
            is_it = block.model_class is self.model and value == self.old
            return value if not is_it else GONE if self.new is None else self.new
        if isinstance(block, blocks.StreamBlock):
            return self.children(value, lambda child: block.child_blocks.get(child["type"]))
        if isinstance(block, blocks.ListBlock):
            return self.children(value, lambda child: block.child_block)
        if isinstance(block, blocks.StructBlock):
            return self.struct(block, value)
        if isinstance(block, blocks.RichTextBlock):
            return self.running_text(value)
        return value

    def children(self, value: list[Any], block_of: Any) -> list[Any]:
        found = []
        for child in value:
            is_wrapped = isinstance(child, dict) and "value" in child
            block = block_of(child) if isinstance(child, dict) else None
            inner = child["value"] if is_wrapped else child
            other = self.block(block, inner) if block is not None else inner
            if other is not GONE:
                found.append({**child, "value": other} if is_wrapped else other)
        return found

    def struct(self, block: blocks.StructBlock, value: Mapping[str, Any]) -> Any:
        changed = dict(value)
        for name, child in block.child_blocks.items():
            if name in value:
                other = self.block(child, value[name])
                if other is GONE and child.required:
                    return GONE
                changed[name] = None if other is GONE else other
        return changed

    def running_text(self, html: str) -> str:
        return EMBED.sub(self.embed, LINK.sub(self.link, html)) if isinstance(html, str) else html

    def link(self, found: re.Match[str]) -> str:
        is_it = 'linktype="document"' in found[1] and self.model is not CustomImage and self.names_it(found[1])
        if not is_it:
            return found[0]
        return found[2] if self.new is None else f"<a{self.renamed(found[1])}>{found[2]}</a>"

    def embed(self, found: re.Match[str]) -> str:
        if 'embedtype="image"' not in found[1] or self.model is not CustomImage or not self.names_it(found[1]):
            return found[0]
        return "" if self.new is None else found[0].replace(found[1], self.renamed(found[1]))

    def names_it(self, attributes: str) -> bool:
        key = KEY.search(attributes)
        return key is not None and int(key[1]) == self.old

    def renamed(self, attributes: str) -> str:
        return KEY.sub(f'id="{self.new}"', attributes)
