"""Model fields and translation modes shared by the page types."""

from typing import Any

from django.db.models import Model
from wagtail.fields import StreamField
from wagtail_localize.fields import BaseTranslatableField, SynchronizedField, TranslatableField

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


class IndependentField(BaseTranslatableField):
    """A field that every language version keeps for itself: neither translated nor copied."""

    def is_editable(self, obj: Model) -> bool:
        return False

    def __repr__(self) -> str:
        return f"<IndependentField {self.field_name}>"


def kept_by_each(*names: str) -> list[BaseTranslatableField]:
    return [IndependentField(name) for name in names]
