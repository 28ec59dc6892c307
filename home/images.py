"""The image library: one image for both languages, its words in each."""

import struct
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.db import models
from django.db.models import Model
from django.db.models.fields.files import FieldFile, ImageFileDescriptor
from django.utils.translation import gettext_lazy as _
from PIL import Image as PillowImage
from PIL import ImageOps
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    Filter,
    SourceImageIOError,
    WagtailImageField,
    WagtailImageFieldFile,
    get_upload_to,
)

from home import drawing
from home.drawing import NotDrawn
from home.keeping import GuardedImageQuerySet
from home.languages import Language, current_language
from home.storage import StorageAway, holds

DAMAGED = (OSError, SyntaxError, ValueError, struct.error, PillowImage.DecompressionBombError)
"""What Pillow says of files that break off in the middle, each format in its own way."""
ORIENTATION = 0x0112
KEPT_INFO = {"icc_profile", "transparency", "background", "duration", "loop", "disposal"}
FRAME = 100
"""Milliseconds that a frame stands which does not say so: of none at all the encoder of AVIF dies."""
SAVE_OPTIONS: dict[str, dict[str, Any]] = {
    "AVIF": {"quality": 90},
    "JPEG": {"quality": "keep"},
    "MPO": {"quality": 92},  # a phone's JPEG with a second picture in it, which is left out; "keep" is refused
    "WEBP": {"quality": 90},
}


MOST_FRAMES = 1_000


class TooManyFrames(ValueError):
    """A few bytes can say a thousand large frames, of which each has to be drawn."""

    def __init__(self, most: int) -> None:
        """`most`: how many of its size there may be."""
        super().__init__(most)
        self.most = most

    def __str__(self) -> str:
        return f"at most {self.most} frames of this size"


def require_few_frames(image: PillowImage.Image) -> None:
    """All frames together may have as many pixels as one picture. Leaves the image at its first frame."""
    fitting = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // (image.width * image.height)
    most = max(1, min(MOST_FRAMES, fitting))
    try:
        image.seek(most)
    except EOFError:
        image.seek(0)
    else:
        raise TooManyFrames(most)


def without_metadata(content: bytes) -> bytes:
    """The bytes of an image, upright, without EXIF, XMP and comments: they tell where and by whom it was taken."""
    with PillowImage.open(BytesIO(content)) as image:
        is_animated = getattr(image, "is_animated", False)
        if is_animated and image.format != "MPO":  # of that the first picture alone is kept
            require_few_frames(image)
        if image.getexif().get(ORIENTATION, 1) != 1 and not is_animated:  # Pillow would turn the first frame alone
            ImageOps.exif_transpose(image, in_place=True)
        image_format = "JPEG" if image.format == "MPO" else image.format
        options = dict(SAVE_OPTIONS.get(image.format or "", {}))
        if is_animated and image_format != "JPEG":
            options["save_all"] = True
            if image_format in ("AVIF", "WEBP"):  # of the others Pillow keeps the timing by itself
                options["duration"] = durations_of(image)
        image.info = {key: value for key, value in image.info.items() if key in KEPT_INFO}
        target = BytesIO()
        image.save(target, image_format, exif=b"", **options)
    return target.getvalue()


def durations_of(image: PillowImage.Image) -> list[int]:
    """How long each frame stands, in milliseconds; the image is at its first frame again."""
    durations = []
    for number in range(getattr(image, "n_frames", 1)):
        image.seek(number)
        image.load()  # only then its time is known
        durations.append(int(image.info.get("duration") or FRAME))
    image.seek(0)
    return durations


if TYPE_CHECKING:
    BytesFile = ContentFile[bytes]
else:
    BytesFile = ContentFile


class CleanFile(BytesFile):
    """What without_metadata gave."""

    @classmethod
    def of(cls, file: "File[bytes]") -> Self:
        if isinstance(file, cls):
            return file
        file.seek(0)
        content = file.read()
        return cls(drawing.apart(lambda: without_metadata(content), known=(TooManyFrames,)), name=file.name)


class CleanImageDescriptor(ImageFileDescriptor):
    """Takes the metadata off at assignment, so that size, hash and dimensions are those of what is stored."""

    def __set__(self, instance: Model, value: Any) -> None:
        if isinstance(value, File) and not isinstance(value, FieldFile):
            value = CleanFile.of(value)
        super().__set__(instance, value)


class CleanImageFieldFile(WagtailImageFieldFile):
    """Takes it off what is written straight into the storage: Wagtail does so with uploads that wait for words."""

    def save(self, name: str, content: "File[bytes]", save: bool = True) -> None:
        super().save(name, CleanFile.of(content), save)


class CleanImageField(WagtailImageField):
    """Holds no metadata, whichever way a file came: form, import or script."""

    attr_class = CleanImageFieldFile
    descriptor_class = CleanImageDescriptor


@dataclass(frozen=True)
class Drawn:
    """As Willow tells of a picture that it has saved."""

    f: Any
    format_name: str


class FilterApart(Filter):
    """Wagtail's filter, run in a process that ends."""

    def run(self, image: AbstractImage, output: Any, source: "File[bytes] | None" = None) -> Drawn:
        if source is None:
            with image.open_file() as file:
                content = file.read()
        else:
            source.seek(0)
            content = source.read()

        def work() -> bytes:
            drawn = super(FilterApart, self).run(image, BytesIO(), ContentFile(content, image.file.name))
            return drawn.format_name.encode() + b" " + drawn.f.getvalue()

        name, _blank, told = drawing.apart(work).partition(b" ")
        output.write(told)
        return Drawn(output, name.decode())


class CustomImage(AbstractImage):
    file = CleanImageField(verbose_name=_("file"), upload_to=get_upload_to, width_field="width", height_field="height")
    alt_en = models.CharField(
        _("alternative text (English)"),
        max_length=255,
        blank=True,
        help_text=_("What the picture shows, for readers who cannot see it. Leave it empty for mere decoration."),
    )
    alt_zh_hans = models.CharField(_("alternative text (Chinese)"), max_length=255, blank=True)
    caption_en = models.CharField(_("caption (English)"), max_length=500, blank=True)
    caption_zh_hans = models.CharField(_("caption (Chinese)"), max_length=500, blank=True)
    credit_en = models.CharField(
        _("credit (English)"), max_length=255, blank=True, help_text=_("The photographer or agency.")
    )
    credit_zh_hans = models.CharField(_("credit (Chinese)"), max_length=255, blank=True)
    rights_holder = models.CharField(_("rights holder"), max_length=255, blank=True)
    rights_expire_on = models.DateField(_("rights expire on"), null=True, blank=True)

    is_undrawable = False
    """Whether this object has found that it cannot be drawn within time and memory."""

    objects = GuardedImageQuerySet.as_manager()

    admin_form_fields = (
        "title",
        "file",
        "alt_en",
        "alt_zh_hans",
        "caption_en",
        "caption_zh_hans",
        "credit_en",
        "credit_zh_hans",
        "rights_holder",
        "rights_expire_on",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        indexes = [models.Index(fields=["file"], name="image_by_file")]

    def words(self, noun: str, language: Language | None = None) -> str:
        """`alt`, `caption` or `credit` in a Language, or in the one being read."""
        return getattr(self, f"{noun}_{(language or current_language()).code.replace('-', '_')}")

    def create_rendition(self, filter: Filter) -> "Rendition":
        if settings.READ_ONLY:
            raise SourceImageIOError("READ_ONLY is on: nothing is drawn.")
        return super().create_rendition(filter)

    def generate_rendition_file(self, filter: Filter, *, source: "File[bytes] | None" = None) -> "File[bytes]":
        if self.is_undrawable:  # of several sizes the others would take as long
            raise NotDrawn("one of its sizes took too much")
        try:
            return super().generate_rendition_file(FilterApart(spec=filter.spec), source=source)
        except NotDrawn:
            self.is_undrawable = True
            raise
        except DAMAGED as error:  # Wagtail's templates know this one, and show that the picture is broken
            raise SourceImageIOError(str(error)) from error

    def get_file_size(self) -> int:
        """Wagtail writes down what it has measured."""
        if self.file_size is None and settings.READ_ONLY:
            return self.file.size if holds(self.file) else 0
        return super().get_file_size()

    def get_file_hash(self) -> str:
        return self.file_hash if settings.READ_ONLY else super().get_file_hash()

    def create_renditions(self, *filters: Filter) -> "dict[Filter, Rendition]":
        if settings.READ_ONLY:
            return {}
        return super().create_renditions(*filters)

    @property
    def default_alt_text(self) -> str:
        return self.words("alt")

    @property
    def caption(self) -> str:
        return self.words("caption")

    @property
    def credit(self) -> str:
        return self.words("credit")

    @property
    def is_readable(self) -> bool:
        """Whether its file is there, as far as its first bytes tell. One that is far away is not fetched for it."""
        if not holds(self.file):
            return False
        storage = self.file.storage
        try:
            if not storage.is_near:
                return storage.look(self.file.name).size > 0
            with storage.open(self.file.name) as file, PillowImage.open(file):
                return True
        except StorageAway:
            return True
        except DAMAGED:
            return False


class Rendition(AbstractRendition):
    image = models.ForeignKey(CustomImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_of_a_kind")
        ]
        indexes = [models.Index(fields=["file"], name="rendition_by_file")]
