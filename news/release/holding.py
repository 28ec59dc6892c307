"""One at a time: what is decided about a release is decided on what stands then."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from home import gate
from news.models import Release
from news.pair.pair import Pair


@contextmanager
def held(release: Release) -> Iterator[Pair]:
    """The Pair of a release that nobody else decides about until the transaction ends.

    PostgreSQL locks the row. SQLite has one writer at a time: its transactions are IMMEDIATE.
    """
    with transaction.atomic():
        yield Pair(Release.objects.select_for_update().get(pk=release.pk))


@contextmanager
def locked(release: Release) -> Iterator[Pair]:
    """The same, with the gate open: what is approved may go public, and what is public come down."""
    with held(release) as pair:
        with gate.opened(pair.release.translation_key):
            yield pair
        fields = [field.attname for field in release._meta.concrete_fields]
        release.__dict__.update({name: getattr(pair.release, name) for name in fields})
