"""Documents that took each other's place: what led to one leads to what stands there now."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q
from wagtail.documents.models import AbstractDocument

from home.models import ReplacedFile


class Families:
    """For each of some documents, by key, all that it replaced and was replaced by, itself among them."""

    def __init__(self, keys: Iterable[int]) -> None:
        self.links: dict[int, set[int]] = {key: set() for key in keys}
        self.replaced_at: dict[int, datetime] = {}
        """When a document took the place of another one."""
        asked: set[int] = set()
        while left := self.links.keys() - asked:
            asked |= left
            rows = ReplacedFile.objects.filter(Q(old_document__in=left) | Q(new_document__in=left)).order_by("at", "pk")
            for old, new, at in rows.values_list("old_document_id", "new_document_id", "at"):
                if old is not None and new is not None:
                    self.links.setdefault(old, set()).add(new)
                    self.links.setdefault(new, set()).add(old)
                    self.replaced_at[new] = at

    def of(self, key: int) -> set[int]:
        found, left = set[int](), {key}
        while left:
            found |= left
            left = set().union(*(self.links.get(each, set()) for each in left)) - found
        return found


def replacement_of(document: AbstractDocument) -> AbstractDocument | None:
    """What stands in a document's place today, or None where nothing has taken it."""
    model, seen, found = type(document), {document.pk}, None
    key = document.pk
    while row := ReplacedFile.objects.filter(old_document=key).exclude(new_document__in=seen).order_by("-at").first():
        key = row.new_document_id
        seen.add(key)
        found = model.objects.filter(pk=key).first() or found
    return found
