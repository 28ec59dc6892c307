"""A page as a revision has it, to be read on a screen.

Wagtail's `with_content_json` looks up each foreign key by itself, in the rows of inlines too: a draft that names three
partners and two topics takes a dozen queries. Here it is one for each model that the draft refers to. What comes of it
holds no comments: it is never to be saved. It goes once Wagtail asks for them together.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import CASCADE, ForeignKey, Model
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations
from wagtail.models import COMMENTS_RELATION_NAME, Page

OF_THE_PAGE = ("alias_of", "content_type", "latest_revision", "live_revision", "locale", "locked_by", "owner")
"""Foreign keys that are the page's own whatever the revision says."""
Known = dict[type[Model], dict[Any, Model | None]]
"""What has been looked up: {model: {key: object, or None where there is none}}"""
KEPT = (
    "depth",
    "draft_title",
    "has_unpublished_changes",
    "latest_revision_created_at",
    "live",
    "locked",
    "locked_at",
    "numchild",
    "path",
    "translation_key",
    *(f"{name}_id" for name in OF_THE_PAGE),
)


def as_draft(page: Page, content: dict[str, Any], known: Known) -> Page:
    """`page.with_content_json(content)` without the comments.

    `known` holds what was looked up before, and what is looked up now.
    """
    model = type(page)
    content = {name: value for name, value in content.items() if name not in OF_THE_PAGE}
    content[COMMENTS_RELATION_NAME] = []
    children = {name: rows for name, rows in content.items() if isinstance(rows, list) and name in child_models(model)}
    look_up(known, [(model, [content]), *((child_models(model)[name], rows) for name, rows in children.items())])
    content |= {field.name: None for field in foreign_keys(model) if is_gone(field, content, known)}
    for name, rows in children.items():
        content[name] = [kept for row in rows if (kept := without_the_gone(child_models(model)[name], row, known))]
    draft = model.from_serializable_data(content, check_fks=False)
    draft.pk = page.pk
    for name in KEPT:
        setattr(draft, name, getattr(page, name))
    draft.first_published_at = draft.first_published_at or page.first_published_at
    draft.locale = page.locale
    parent = page.get_parent()
    draft.set_url_path(parent)
    draft._cached_parent_obj = parent
    draft.slug_is_known = draft.slug == page.slug
    give(draft, known)
    for name in children:
        for row in getattr(draft, name).all():
            give(row, known)
    return draft


def child_models(model: type[Model]) -> dict[str, type[Model]]:
    """{name of a child relation: its model}, comments left out."""
    relations = {relation.get_accessor_name(): relation.related_model for relation in get_all_child_relations(model)}
    return {name: child for name, child in relations.items() if name != COMMENTS_RELATION_NAME}


def foreign_keys(model: type[Model]) -> list[ForeignKey[Any, Any]]:
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey)
        and field.many_to_one
        and field.name not in OF_THE_PAGE
        and not isinstance(field, ParentalKey)
    ]


def look_up(known: Known, rows_by_model: Iterable[tuple[type[Model], list[dict[str, Any]]]]) -> None:
    wanted: defaultdict[type[Model], set[Any]] = defaultdict(set)
    for model, rows in rows_by_model:
        for field in foreign_keys(model):
            keys = {row.get(field.name) for row in rows}
            wanted[field.related_model] |= keys - {None} - known.setdefault(field.related_model, {}).keys()
    for model, keys in wanted.items():
        if keys:
            objects = model._default_manager.all()
            objects = objects.defer_streamfields() if hasattr(objects, "defer_streamfields") else objects
            known[model] |= dict.fromkeys(keys) | objects.in_bulk(keys)


def is_gone(field: ForeignKey[Any, Any], row: dict[str, Any], known: Known) -> bool:
    key = row.get(field.name)
    return key is not None and known[field.related_model][key] is None


def without_the_gone(model: type[Model], row: dict[str, Any], known: Known) -> dict[str, Any] | None:
    """The row without what it can do without; None where it goes with what is gone."""
    gone = [field for field in foreign_keys(model) if is_gone(field, row, known)]
    if any(field.remote_field.on_delete is CASCADE for field in gone):
        return None
    return row | {field.name: None for field in gone}


def give(instance: Model, known: Known) -> None:
    for field in foreign_keys(type(instance)):
        key = getattr(instance, field.attname)
        if key is not None and key in known.get(field.related_model, {}):
            setattr(instance, field.name, known[field.related_model][key])
