"""Files that were stored under names that can be guessed get others, once; the old names are written down.

First a second name is given to a file, and its row follows. Only what no row needs any more is removed, by a step of
its own: broken off anywhere, each file is under one of its two names, and the row says which.
"""

import logging
from collections.abc import Mapping
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import Model, QuerySet
from wagtail.documents import get_document_model
from wagtail.users.models import UserProfile

from home.images import CustomImage, Rendition
from home.models import MovedFile
from home.storage import SECRET, GuardedNames

log = logging.getLogger(__name__)
STORED: dict[type[Model], str] = {
    CustomImage: "file",
    Rendition: "file",
    get_document_model(): "file",
    UserProfile: "avatar",
}
"""The field of each model that names a stored file."""


def guessable(model: type[Model]) -> QuerySet[Any]:
    """Those to be renamed; but for what is not there, which keeps its name in case the disk comes back."""
    field = STORED[model]
    rows = model._default_manager.exclude(**{field: ""}).exclude(**{f"{field}__isnull": True})
    rows = rows.exclude(**{f"{field}__regex": rf"(^|/){SECRET}/[^/]+$"})
    return rows.exclude(**{f"{field}__in": MovedFile.objects.values("old_name")})


def rename(instance: Model) -> None:
    field = STORED[type(instance)]
    file = getattr(instance, field)
    old_name, storage = file.name, file.storage
    name = storage.guarded_name_for(old_name, file.field.max_length)
    if is_there(storage, old_name):
        storage.copy(old_name, name)
    elif not is_there(storage, name):
        log.warning("%s %s: %s is not there and keeps its name.", instance._meta.label, instance.pk, old_name)
        name = old_name
    MovedFile.objects.get_or_create(old_name=old_name, defaults={"name": name, "is_cleared": name == old_name})
    if name != old_name:
        QuerySet(type(instance)).filter(pk=instance.pk).update(**{field: name})  # it stays the same file
        if isinstance(instance, Rendition):
            instance.purge_from_cache()


def is_there(storage: GuardedNames, name: str) -> bool:
    """Asked, and not believed."""
    try:
        return storage.holds(name) and storage.look(name).size > 0
    except FileNotFoundError:
        return False


def is_named(name: str, among: Mapping[type[Model], str]) -> bool:
    """Whether a row of these models names a stored file, each in its field."""
    return any(model._default_manager.filter(**{field: name}).exists() for model, field in among.items())


def to_clear() -> QuerySet[MovedFile]:
    return MovedFile.objects.filter(is_cleared=False)


def clear(moved: MovedFile) -> None:
    """Removes the file of before, unless a row names it after all: a script may have stored one under its name."""
    if not is_named(moved.old_name, STORED):
        default_storage.delete(moved.old_name)
    moved.is_cleared = True
    moved.save(update_fields=["is_cleared"])
