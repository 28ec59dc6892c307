"""House rules on translation, as system checks: what nobody decided is not translated, silently."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error, register
from django.db import models
from django.db.models import Model
from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page, TranslatableMixin
from wagtail_localize.fields import get_translatable_fields

OUR_APPS = {"home", "news"}

CONTAINERS = (blocks.StructBlock, blocks.StreamBlock, blocks.ListBlock)
TRANSLATED = (blocks.CharBlock, blocks.TextBlock, blocks.RichTextBlock)
OVERRIDABLE = (blocks.URLBlock, blocks.EmailBlock, ImageChooserBlock, DocumentChooserBlock)
LANGUAGE_NEUTRAL = (blocks.BooleanBlock, blocks.ChoiceBlock, blocks.IntegerBlock, blocks.DateBlock)
"""Blocks that wagtail-localize copies as they are, and may."""


@register("translation")
def check_translation_modes(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Every field of every translatable model is declared as translated, synchronised or kept by each language."""
    errors = []
    for model in apps.get_models():
        if model._meta.app_label in OUR_APPS and issubclass(model, TranslatableMixin):
            errors += undeclared_fields(model)
            errors += skipped_relations(model)
            errors += snippets_made_by_translation(model)
            errors += shared_paragraphs(model)
            for field in model._meta.get_fields():
                if isinstance(field, StreamField):
                    errors += ignored_blocks(field.stream_block, f"{model.__name__}.{field.name}", model)
    return errors


def undeclared_fields(model: type[Model]) -> list[CheckMessage]:
    declared = {field.field_name for field in getattr(model, "override_translatable_fields", [])}
    return [
        Error(
            f"{model.__name__}.{field.field_name} has no declared translation mode.",
            hint="Name it in override_translatable_fields: TranslatableField, SynchronizedField or kept_by_each().",
            obj=model,
            id="home.E001",
        )
        for field in get_translatable_fields(model)
        if field.field_name not in declared
    ]


def skipped_relations(model: type[Model]) -> list[CheckMessage]:
    """wagtail-localize skips many-to-many fields and cannot translate the text of children without a locale."""
    errors: list[CheckMessage] = [
        Error(
            f"{model.__name__}.{field.name} is a many-to-many field, which translation leaves out.",
            hint="Use an inline model with a ParentalKey.",
            obj=model,
            id="home.E002",
        )
        for field in model._meta.many_to_many
        if field.model._meta.app_label in OUR_APPS
    ]
    for relation in get_all_child_relations(model) if issubclass(model, ClusterableModel) else []:
        child = relation.related_model
        if child._meta.app_label in OUR_APPS and not issubclass(child, TranslatableMixin):
            errors.append(
                Error(
                    f"{child.__name__} is an inline of {model.__name__} but not translatable.",
                    hint="Give it TranslatableMixin and class Meta(TranslatableMixin.Meta, Orderable.Meta).",
                    obj=child,
                    id="home.E003",
                )
            )
    return errors


def snippets_made_by_translation(model: type[Model]) -> list[CheckMessage]:
    """wagtail-localize translates a foreign key's target by itself, and publishes it with source text."""
    return [
        Error(
            f"{model.__name__}.{field.name} points at a translatable model that is no page.",
            hint="Give the target one row for both languages, as news.Topic does.",
            obj=model,
            id="home.E005",
        )
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
        and issubclass(field.related_model, TranslatableMixin)
        and not issubclass(field.related_model, Page)
    ]


def shared_paragraphs(model: type[Model]) -> list[CheckMessage]:
    """Equal paragraphs of Wagtail's own running text share one translation: the last that is written stands at all."""
    names = [
        f"{model.__name__}.{field.name}"
        for field in model._meta.get_fields()
        if isinstance(field, RichTextField) and not hasattr(field, "get_translatable_segments")
    ]
    for field in model._meta.get_fields():
        if isinstance(field, StreamField):
            names += rich_text_below(field.stream_block, f"{model.__name__}.{field.name}")
    return [
        Error(
            f"Equal paragraphs of {name} would share a translation.",
            hint="Use home.fields.ProseField or news.blocks.ParagraphBlock, or give it the two methods that they have.",
            obj=model,
            id="home.E007",
        )
        for name in names
    ]


def rich_text_below(block: blocks.Block, path: str) -> Iterator[str]:
    if isinstance(block, blocks.RichTextBlock) and not hasattr(block, "get_translatable_segments"):
        yield path
    for name, child in children_of(block).items():
        yield from rich_text_below(child, f"{path}.{name}")


def children_of(block: blocks.Block) -> dict[str, blocks.Block]:
    if hasattr(block, "get_translatable_segments") or not isinstance(block, CONTAINERS):
        return {}
    return {"item": block.child_block} if isinstance(block, blocks.ListBlock) else block.child_blocks


def ignored_blocks(block: blocks.Block, path: str, model: type[Model]) -> list[CheckMessage]:
    """Leaf blocks that wagtail-localize would pass over without a word, found below `block`."""
    if hasattr(block, "get_translatable_segments") or isinstance(block, (*TRANSLATED, *OVERRIDABLE, *LANGUAGE_NEUTRAL)):
        return []
    if isinstance(block, CONTAINERS):
        return [
            error
            for name, child in children_of(block).items()
            for error in ignored_blocks(child, f"{path}.{name}", model)
        ]
    return [
        Error(
            f"{path} ({type(block).__name__}) yields nothing to translate.",
            hint="Give the block get_translatable_segments() and restore_translated_segments(), or name its type in "
            "home.checks.LANGUAGE_NEUTRAL.",
            obj=model,
            id="home.E004",
        )
    ]
