"""The files of the two libraries: what is submitted, approved or public keeps them as they are, whoever asks.

Which files those are is not decided here: `policy` is replaced by the app that knows releases. Both signals and the
querysets ask it: forms, bulk actions, commands and the ORM end in one of the two.
"""

from collections.abc import Collection as Some
from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Model, QuerySet
from django.db.models.signals import pre_delete, pre_save
from django.dispatch import receiver
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument, DocumentQuerySet
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage, ImageQuerySet
from wagtail.models import Collection, CollectionViewRestriction

from home.gate import Refused

FOCAL = {"focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height"}
SHOWN = {"file", "file_hash", "file_size", "width", "height", *FOCAL}
"""What readers would get otherwise."""
CREDIT = {"credit_en", "credit_zh_hans", "rights_holder"}
"""What readers are told beside a picture, and is the library's own."""


class KeepingPolicy:
    """What the libraries ask about the uses of their files. This one knows of none."""

    def refusal_to_change(self, model: type[Model], keys: Some[Any]) -> Refused | None:
        """The Refused that changing any of these files would meet, or None."""

    def refusal_to_delete(self, model: type[Model], keys: Some[Any]) -> Refused | None:
        """The same of deleting them."""

    def refusal_to_hide(self, model: type[Model], keys: Some[Any]) -> Refused | None:
        """The same of putting them where no guest may read them."""

    def refusal_to_credit(self, file: Any, user: User | None) -> Refused | None:
        """The Refused that this person would meet who changes the credit, or None."""

    def credit_changed(self, file: Any, user: User | None, names: Iterable[str]) -> None:
        """Somebody has changed these fields of the credit."""


policy: KeepingPolicy = KeepingPolicy()


def set_policy(new_policy: KeepingPolicy) -> None:
    global policy
    policy = new_policy


def is_library(model: type[Model] | None) -> bool:
    return model is not None and issubclass(model, AbstractImage | AbstractDocument)


def refuse(refusal: Refused | None) -> None:
    if refusal is not None:
        raise refusal


def is_private(collection: Any) -> bool:
    found = Collection.objects.filter(pk=getattr(collection, "pk", collection)).first()
    return found is not None and found.get_view_restrictions().exists()


@receiver(pre_save, dispatch_uid="home.keeping.saving")
def guard_file(
    sender: type[Model], instance: Any, raw: bool = False, update_fields: Some[str] | None = None, **kwargs: Any
) -> None:
    if raw or not instance.pk or not is_library(sender):
        return
    if update_fields is not None and not {name.removesuffix("_id") for name in update_fields} & {*SHOWN, "collection"}:
        return
    stored = sender._default_manager.filter(pk=instance.pk).first()
    if stored is None:
        return
    changed = changes(stored, instance, update_fields)
    if changed & SHOWN:
        refuse(policy.refusal_to_change(sender, [instance.pk]))
    if "collection" in changed and is_private(instance.collection_id):
        refuse(policy.refusal_to_hide(sender, [instance.pk]))


def changes(stored: Any, instance: Any, update_fields: Some[str] | None = None) -> set[str]:
    """Of what readers get and where it lies, which fields differ from what is stored. A digest that was missing may be
    filled in."""
    deferred = instance.get_deferred_fields()
    names = {field.name for field in instance._meta.concrete_fields if field.attname not in deferred}
    names &= {*SHOWN, "collection"}
    if update_fields is not None:
        names &= {name.removesuffix("_id") for name in update_fields}
    found = set()
    for name in names:
        field = instance._meta.get_field(name)
        before, after = field.value_from_object(stored), field.value_from_object(instance)
        if name == "file":
            is_other = str(before) != str(after) or not getattr(after, "_committed", True)
        else:
            is_other = before != after and not (name in ("file_hash", "file_size") and not before)
        if is_other:
            found.add(name)
    return found


@receiver(pre_delete, dispatch_uid="home.keeping.deleting")
def guard_deletion(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    if is_library(sender):
        refuse(policy.refusal_to_delete(sender, [instance.pk]))


@receiver(pre_save, sender=CollectionViewRestriction, dispatch_uid="home.keeping.restricting")
def guard_restriction(sender: type[Model], instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """A collection that is closed to guests would take what is public in it along."""
    if raw:
        return
    guard_inside(instance.collection)


def guard_inside(collection: Collection) -> None:
    inside = collection.get_descendants(inclusive=True)
    for model in (get_image_model(), get_document_model()):
        keys = list(model._default_manager.filter(collection__in=inside).values_list("pk", flat=True))
        refuse(policy.refusal_to_hide(model, keys))


def guard_update(queryset: QuerySet[Any], values: Mapping[str, Any]) -> None:
    """`update()` sends no signal."""
    named = {name.removesuffix("_id"): value for name, value in values.items()}
    if named.keys() & SHOWN:
        keys = list(queryset.order_by().values_list("pk", flat=True))
        refuse(policy.refusal_to_change(queryset.model, keys))
    if "collection" in named:
        refuse(policy.refusal_to_hide(queryset.model, hidden_by(queryset, named["collection"])))


def hidden_by(queryset: QuerySet[Any], collection: Any) -> list[Any]:
    """The keys of what would lie in a private collection. `bulk_update()` gives each row a collection of its own."""
    rows = queryset.order_by()
    if hasattr(collection, "resolve_expression"):
        there = dict(rows.annotate(collection_to_be=collection).values_list("pk", "collection_to_be"))
        private = {key for key in set(there.values()) if is_private(key)}
        return [key for key, found in there.items() if found in private]
    return list(rows.values_list("pk", flat=True)) if is_private(collection) else []


class GuardedImageQuerySet(ImageQuerySet):
    def update(self, **values: Any) -> int:
        guard_update(self, values)
        return super().update(**values)


def install() -> None:
    """Documents and collections are of Wagtail's own models, which are guarded where they stand."""
    stock, stock_move = DocumentQuerySet.update, Collection.move

    def update(self: Any, **values: Any) -> int:
        guard_update(self, values)
        return stock(self, **values)

    def move(self: Any, target: Any, pos: str | None = None) -> None:
        parent = target if pos and pos.endswith("child") else target.get_parent()
        if is_private(parent) and not is_private(self):
            guard_inside(self)
        stock_move(self, target, pos)

    DocumentQuerySet.update, Collection.move = update, move
