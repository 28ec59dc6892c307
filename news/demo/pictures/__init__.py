"""The demo's pictures, drawn with Pillow: nothing to download, no rights to clear."""

from django.core.files.base import ContentFile

from . import document, logos
from .canvas import as_file
from .scenes import SCENES


def draw(name: str) -> "ContentFile[bytes]":
    """One of the scenes (`skyline`, `harbour`, `turbines` and more: see `scenes.SCENES`), as a JPEG file."""
    return as_file(SCENES[name](), f"{name}.jpg", "JPEG", quality=88)


def draw_logo(name: str) -> "ContentFile[bytes]":
    """One of the marks (`waves`, `lantern` and more: see `logos.MARKS`), as a PNG file."""
    return as_file(logos.drawn(name), f"{name}.png", "PNG", optimize=True)


def draw_document() -> "ContentFile[bytes]":
    """A one-page PDF."""
    return as_file(document.page(), "ten-measures.pdf", "PDF", resolution=150)
