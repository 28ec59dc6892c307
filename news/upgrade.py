"""What an update of the software leaves to be done with the data and no migration can do.

Each step asks what still waits and does it, one object at a time: broken off, it goes on where it was; started again,
it finds nothing to do.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from home.languages import LANGUAGES, Words
from news.models import Approval, Release
from news.pair.face import FORMAT
from news.pair.pair import Pair
from news.release.approvals import stamp
from news.translation.units import write_down_former

BATCH = 50
"""Objects in one transaction."""


@dataclass(frozen=True)
class DataStep:
    name: str
    label: Words
    waiting: Callable[[], QuerySet[Any]]
    do: Callable[[Any], None]
    """Is given one of what is `waiting`, which is none of it afterwards. What it raises leaves that one waiting."""


REGISTER: dict[str, DataStep] = {}
"""{name: DataStep}, in the order in which they are done."""


def data_step(
    name: str, label: Words, waiting: Callable[[], QuerySet[Any]]
) -> Callable[[Callable[[Any], None]], Callable[[Any], None]]:
    def registered(do: Callable[[Any], None]) -> Callable[[Any], None]:
        REGISTER[name] = DataStep(name, label, waiting, do)
        return do

    return registered


def take(step: DataStep, tell: Callable[[int, int], None]) -> list[tuple[Model, Exception]]:
    """Do all that waits; returns what could not be done, with why. `tell` is given how many are done, of how many."""
    keys = list(step.waiting().order_by("pk").values_list("pk", flat=True))
    failed: list[tuple[Model, Exception]] = []
    for start in range(0, len(keys), BATCH):
        with transaction.atomic():
            for found in step.waiting().filter(pk__in=keys[start : start + BATCH]).order_by("pk"):
                try:
                    with transaction.atomic():
                        step.do(found)
                except Exception as error:  # whatever it is, the others are done, and this one is named
                    failed.append((found, error))
        tell(min(start + BATCH, len(keys)), len(keys))
    return failed


def unknown_authors() -> QuerySet[Release]:
    return Release.objects.filter(authors_known=False)


@data_step("write_down_authors", _("Writing down who wrote what"), unknown_authors)
def write_down_authors(release: Release) -> None:
    write_down_former(release, Pair(release).pages)
    release.authors_known = True
    release.save(update_fields=["authors_known"])


def unstamped() -> QuerySet[Approval]:
    """Those that stand, of pages that are still there."""
    there = Exists(Revision.objects.filter(pk=OuterRef("revision_id")))
    stale = Approval.objects.standing().exclude(face_format=FORMAT)
    return stale.filter(there).select_related("release")


@data_step("stamp_approvals", _("Keeping what was approved"), unstamped)
def stamp_approval(approval: Approval) -> None:
    pair = Pair(approval.release)
    stamp(pair.versions[LANGUAGES[approval.language]], approval)
