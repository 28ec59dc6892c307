"""The demo's marks, drawn once and small, so that their renditions take no time."""

from functools import cache
from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image

from news.demo import pictures


def mark(name):
    return ContentFile(small(name), f"{name}.png")


@cache
def small(name):
    target = BytesIO()
    with Image.open(pictures.draw_logo(name)) as image:
        image.resize((96, 96)).save(target, "PNG")
    return target.getvalue()
