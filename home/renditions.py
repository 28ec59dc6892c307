"""Images as readers get them: for each place on a page the sizes and formats that a browser may choose from."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache as cache_forever

from django.conf import settings
from django.core.cache import cache
from django.db.models import Prefetch, prefetch_related_objects
from django.dispatch import Signal
from wagtail.images.models import Filter

from home.front.recording import lacks
from home.images import DAMAGED, CustomImage, Rendition
from home.outage import chain
from home.storage import NotStored, holds

log = logging.getLogger(__name__)
FAILED = "newsroom.picture-failed.{}"
MISSED = "newsroom.picture-missed.{}.{}"
FOR_NOW, FOR_GOOD = "for now", "for good"
"""Why: there is no room, or what keeps the files is away; or the picture is damaged."""
AGAIN_AFTER = 60
"""Seconds: until then a picture that could not be drawn is not tried again, nor named in the log."""

missed = Signal()
"""A page is sent without some sizes of a picture: `image`, and its `place`. Told once a minute of each."""


@dataclass(frozen=True)
class Slot:
    crops: tuple[str, ...]
    """Wagtail's filter specs, smallest first."""
    sizes: str
    """How wide the image stands, as HTML's `sizes` says it."""
    formats: tuple[str, ...] = ("avif", "webp", "jpeg")
    """Best first; the last one stands in `<img>`."""

    @property
    def specs(self) -> list[str]:
        return [f"{crop}|format-{name}" for name in self.formats for crop in self.crops]


# `full` stands for the original, which nobody outside the admin gets.
SLOTS = {
    "lead": Slot(("fill-640x360", "fill-960x540", "fill-1280x720"), "(min-width: 75rem) 47rem, 100vw"),
    "card": Slot(("fill-320x180", "fill-640x360"), "(min-width: 60rem) 22rem, (min-width: 37.5rem) 45vw, 100vw"),
    "figure": Slot(("width-640", "width-1280"), "(min-width: 48rem) 44rem, 100vw"),
    "logo": Slot(("max-160x160", "max-320x320"), "10rem", ("webp", "png")),
    "share": Slot(("fill-1200x630",), "", ("jpeg",)),
    "full": Slot(("original",), "", ("jpeg",)),
}


def with_renditions(images: Iterable[CustomImage | None]) -> list[CustomImage]:
    """Fetch the renditions of all these images at once; None among them is passed over."""
    present = [image for image in images if image is not None]
    # An image that stands on a page twice may be two objects: each needs the attribute.
    todo = [image for image in present if not hasattr(image, "prefetched_renditions")]
    if todo:
        found = Prefetch("renditions", queryset=Rendition.objects.all(), to_attr="prefetched_renditions")
        prefetch_related_objects(todo, found)
    return present


def existing(image: CustomImage, place: str) -> dict[str, Rendition]:
    """{spec: Rendition} of those that have been made and are there."""
    return {spec: rendition for spec, rendition in made(image, place).items() if is_there(rendition)}


def made(image: CustomImage, place: str) -> dict[str, Rendition]:
    found = image.find_existing_renditions(*filters_of(place))
    return {each.spec: rendition for each, rendition in found.items()}


@cache_forever
def filters_of(place: str) -> list[Filter]:
    """Kept: a Filter reads its operations out of its spec by Wagtail's hooks, 114 times for one list."""
    return [Filter(spec=spec) for spec in SLOTS[place].specs]


def is_there(rendition: Rendition) -> bool:
    return holds(rendition.file)


def draw(image: CustomImage, place: str) -> dict[str, Rendition]:
    """`existing`, once what is missing has been drawn. What cannot be is left out: a page does without its picture."""
    key = FAILED.format(image.pk)
    found = existing(image, place)
    if settings.READ_ONLY or len(found) == len(SLOTS[place].specs):
        return found
    if failed := cache.get(key):
        if failed == FOR_NOW:
            lacks()
        return found
    try:
        if not image.is_readable:
            raise FileNotFoundError(image.file.name)
        forget(image, [rendition for rendition in made(image, place).values() if not is_there(rendition)])
        return image.get_renditions(*SLOTS[place].specs)
    except (*DAMAGED, NotStored) as error:
        is_for_now = any(isinstance(cause, NotStored) for cause in chain(error))
        cache.set(key, FOR_NOW if is_for_now else FOR_GOOD, AGAIN_AFTER)
        if is_for_now:
            lacks()
        log.warning("Picture %s “%s” cannot be drawn: %s: %s", image.pk, image.title, type(error).__name__, error)
        return existing(image, place)


def forget(image: CustomImage, lost: list[Rendition]) -> None:
    """Renditions whose files are gone."""
    for rendition in lost:
        Rendition.objects.filter(pk=rendition.pk).delete()
        rendition.purge_from_cache()
    if hasattr(image, "prefetched_renditions"):
        keys = {rendition.pk for rendition in lost}
        image.prefetched_renditions = [kept for kept in image.prefetched_renditions if kept.pk not in keys]


@dataclass(frozen=True)
class Photo:
    sources: list[tuple[str, str]]
    """(MIME type, srcset) of every format but the last."""
    srcset: str
    image: Rendition
    """What `<img>` shows: the middle size of the last format."""
    sizes: str


def for_readers(image: CustomImage, place: str) -> dict[str, Rendition]:
    """`existing`; what is missing is for somebody else to draw, as a reader waits."""
    there = existing(image, place)
    if len(there) == len(SLOTS[place].specs) or settings.READ_ONLY:
        return there
    if cache.get(FAILED.format(image.pk)) != FOR_GOOD:
        lacks()
    if cache.add(MISSED.format(image.pk, place), True, AGAIN_AFTER):
        missed.send_robust(CustomImage, image=image, place=place)
    return there


def photo(image: CustomImage, place_name: str, make: bool = False) -> Photo | None:
    """The Photo of an image at a place, or None where no rendition has been made and none may be."""
    place = SLOTS[place_name]
    renditions = draw(image, place_name) if make else for_readers(image, place_name)
    by_format = {
        name: [renditions[spec] for crop in place.crops if (spec := f"{crop}|format-{name}") in renditions]
        for name in place.formats
    }
    *better, last = place.formats
    if not by_format[last]:
        return None
    return Photo(
        sources=[(f"image/{name}", srcset(by_format[name])) for name in better if by_format[name]],
        srcset=srcset(by_format[last]),
        image=by_format[last][len(by_format[last]) // 2],
        sizes=place.sizes,
    )


def srcset(renditions: Iterable[Rendition]) -> str:
    # A small original gives the same width more than once: one is enough.
    widths = {rendition.width: rendition.url for rendition in renditions}
    return ", ".join(f"{url} {width}w" for width, url in widths.items())
