"""Rows that other rows are made of: an `update()` of many is told as a save is."""

from typing import Any, TypeVar

from django.db import models
from django.dispatch import Signal

rows_updated = Signal()
"""Of a model, its `sender`: `keys` of the releases whose rows an `update()` wrote, and the names of the `fields`."""
Followed = TypeVar("Followed", bound=models.Model)


class FollowedQuerySet(models.QuerySet[Followed]):
    """Of what a ReleaseSummary is made of: an `update()` sends no signal of Django's."""

    def update(self, **values: Any) -> int:
        path = "release" if any(field.name == "release" for field in self.model._meta.fields) else "pk"
        keys = set(self.order_by().values_list(path, flat=True))
        count = super().update(**values)
        rows_updated.send(sender=self.model, keys=keys, fields=set(values))
        return count
