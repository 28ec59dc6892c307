"""How large a picture is stands in its first bytes: none is decoded to learn it.

It goes once Wagtail asks Pillow for the size without loading the picture, which takes four bytes a pixel.
"""

from typing import Any

from PIL import Image as PillowImage
from wagtail.images.models import WagtailImageFieldFile


def install() -> None:
    def get_image_dimensions(self: Any) -> tuple[int, int]:
        was_closed = self.closed
        try:
            self.open()
            with PillowImage.open(self.file) as image:
                return image.size
        finally:
            if was_closed:
                self.close()
            else:
                self.seek(0)

    WagtailImageFieldFile.get_image_dimensions = get_image_dimensions
