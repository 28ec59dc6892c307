"""Building the whole index anew, in one transaction: readers search the old one until it is done."""

import time
from collections.abc import Callable, Iterable, Iterator

from django.db import transaction
from django.db.models import Model
from modelsearch.index import get_indexed_models

from .analysis import VERSION
from .base import backend
from .models import IndexState

CHUNK = 200


def build(report: Callable[[int, int, float], None] = lambda done, total, rate: None) -> int:
    """Index all there is; `report` is called now and then. Returns the number of objects."""
    querysets = [model.get_indexed_objects() for model in get_indexed_models()]
    total, done, began = sum(queryset.count() for queryset in querysets), 0, time.monotonic()
    index = backend()
    with transaction.atomic():
        index.reset_indexes()
        for queryset in querysets:
            for objects in chunks(queryset.order_by("pk").iterator(chunk_size=CHUNK)):
                index.add_bulk(queryset.model, objects)
                done += len(objects)
                report(done, total, done / (time.monotonic() - began))
        IndexState.objects.update_or_create(pk=1, defaults={"analyser": VERSION})
    return done


def chunks(objects: Iterable[Model]) -> Iterator[list[Model]]:
    chunk = []
    for each in objects:
        chunk.append(each)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def is_current() -> bool:
    return IndexState.objects.filter(pk=1, analyser=VERSION).exists()
