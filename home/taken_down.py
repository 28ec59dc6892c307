"""What nobody gets any more: it cannot be chosen, nor be shown again."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from home.gate import Refused
from home.images import CustomImage
from home.models import TakenDown


class FileTakenDown(Refused):
    message = _("“%(titles)s” was taken down: take it out, or choose another.")


def taken_down_among(images: Iterable[int], documents: Iterable[int]) -> QuerySet[TakenDown]:
    return TakenDown.objects.filter(Q(image__in=list(images)) | Q(document__in=list(documents)))


def require_there(model: type[Model], key: int) -> None:
    """Raises FileTakenDown."""
    images, documents = ([key], []) if model is CustomImage else ([], [key])
    found = taken_down_among(images, documents).first()
    if found is not None:
        raise FileTakenDown(titles=str(found))


def still_there(files: QuerySet[Any]) -> QuerySet[Any]:
    """For choosers, whose search is told of this condition by `home.upstream.library_search`."""
    return files.filter(taken_down=None)
