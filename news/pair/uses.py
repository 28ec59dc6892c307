"""Which pictures and documents each revision shows: written with it, asked before a file changes or is served."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Model
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.documents import get_document_model
from wagtail.models import Page, Revision

from home import gate
from home.files import LibraryFile
from home.images import CustomImage
from home.storage import holds
from home.upstream.drafts import child_models, foreign_keys
from news.models import FileUse

NAMED: dict[type[Model], str] = {CustomImage: "image", get_document_model(): "document"}
"""The field of a FileUse, by model."""
MODELS = {name: model for model, name in NAMED.items()}


def files_shown(model: type[Model], content: Mapping[str, Any], of_release: bool = True) -> Iterator[tuple[str, int]]:
    """(`image` or `document`, key) of all that a page shows or leads to. `content`: as its revision holds it.

    `of_release`: what has an act of its own, such as the logo of a front page, is left out.
    """
    left_out = getattr(model, "unreleased_fields", ()) if of_release else ()
    for key in foreign_keys(model):
        if key.related_model in NAMED and content.get(key.name) and key.name not in left_out:
            yield NAMED[key.related_model], content[key.name]
    for field in model._meta.concrete_fields:
        if hasattr(field, "extract_references") and content.get(field.name):
            for to_model, found, _model_path, _path in field.extract_references(field.to_python(content[field.name])):
                if to_model in NAMED:
                    yield NAMED[to_model], int(found)
    for name, child in child_models(model).items():
        for row in content.get(name) or ():
            yield from files_shown(child, row)


def uses_of(file: LibraryFile) -> Any:
    """The FileUse of a picture or a document, as a queryset."""
    return FileUse.objects.filter(**{NAMED[type(file)]: file.pk})


def write_uses(revision: Revision, model: type[Page], is_new: bool = False) -> None:
    """What is gone from the library is shown nowhere."""
    shown = set(files_shown(model, revision.content))
    known = {} if is_new else {named(use): use.pk for use in FileUse.objects.filter(revision=revision)}
    gone = [key for file, key in known.items() if file not in shown]
    if gone:
        FileUse.objects.filter(pk__in=gone).delete()
    new = shown - known.keys()
    there = sorted(file for kind, name in NAMED.items() for file in existing(name, kind, new))
    FileUse.objects.bulk_create(FileUse(revision=revision, **{f"{name}_id": key}) for name, key in there)


def missing_files(revisions: Iterable[int]) -> dict[int, list[LibraryFile]]:
    """{key of a revision: what it shows and the disk does not hold, or not as a picture}"""
    missing: dict[int, list[LibraryFile]] = {}
    for use in FileUse.objects.filter(revision__in=list(revisions)).select_related("image", "document").order_by("pk"):
        file = use.image or use.document
        if file is not None and not is_readable(file):
            missing.setdefault(use.revision_id, []).append(file)
    return missing


def is_readable(file: LibraryFile) -> bool:
    return file.is_readable if isinstance(file, CustomImage) else holds(file.file)


def named(use: FileUse) -> tuple[str, int | None]:
    return ("image", use.image_id) if use.image_id else ("document", use.document_id)


def existing(name: str, model: type[Model], shown: Iterable[tuple[str, int]]) -> set[tuple[str, int]]:
    keys = [key for kind, key in shown if kind == name]
    found = model._default_manager.filter(pk__in=keys).values_list("pk", flat=True) if keys else []
    return {(name, key) for key in found}


@receiver(post_save, sender=Revision, dispatch_uid="news.pair.uses")
def revision_saved(sender: type[Model], instance: Revision, created: bool, raw: bool = False, **kwargs: Any) -> None:
    page = None if raw else instance.content_object
    if isinstance(page, Page) and gate.gates(page.specific_class):
        write_uses(instance, page.specific_class, created)
