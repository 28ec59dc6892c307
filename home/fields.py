"""Model fields and translation modes shared by the page types."""

from typing import Any

from django.db.models import Model
from wagtail.fields import RichTextField, StreamField
from wagtail_localize.fields import BaseTranslatableField, SynchronizedField, TranslatableField

from home.paragraphs import put_together, segments_of

WAGTAILS_FIELDS = [
    TranslatableField("title"),
    SynchronizedField("slug", overridable=False),
    TranslatableField("seo_title"),
    TranslatableField("search_description"),
    SynchronizedField("show_in_menus", overridable=False),
]
"""The modes of the fields that Wagtail gives every page, for types whose versions are translations of each other."""


class BodyField(StreamField):
    """A StreamField whose migrations leave the block definitions out: they need none, and would be rewritten by every
    change of a label."""

    def deconstruct(self) -> tuple[str | None, str, list[Any], dict[str, Any]]:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [[]], kwargs


class ProseField(RichTextField):
    """Running text, of which each paragraph has a translation of its own. To migrations it is Wagtail's field."""

    def get_translatable_segments(self, html: str | None) -> list[Any]:
        return segments_of(html)

    def restore_translated_segments(self, html: str | None, segments: list[Any]) -> str:
        return put_together(segments)

    def deconstruct(self) -> tuple[str | None, str, list[Any], dict[str, Any]]:
        name, _path, args, kwargs = super().deconstruct()
        return name, "wagtail.fields.RichTextField", args, kwargs


class IndependentField(BaseTranslatableField):
    """A field that every language version keeps for itself: neither translated nor copied."""

    def is_editable(self, obj: Model) -> bool:
        return False

    def __repr__(self) -> str:
        return f"<IndependentField {self.field_name}>"


def kept_by_each(*names: str) -> list[BaseTranslatableField]:
    return [IndependentField(name) for name in names]


def of_section(*kept: str) -> list[BaseTranslatableField]:
    """Of a front page or a section: the words that are released, and what each language keeps for itself."""
    words = ("title", "seo_title", "search_description", "introduction")
    return [*map(TranslatableField, words), *kept_by_each("slug", "show_in_menus", *kept)]
