from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from PIL import Image as PillowImage
from PIL.TiffImagePlugin import IFDRational

from home.forms import CleanImageFormField
from home.images import CustomImage, TooManyFrames, durations_of, without_metadata
from news.tests.pairs import member_of

pytestmark = pytest.mark.django_db
SECRET = b"Pixel of Secret Street 7"


def photograph(image_format="JPEG", orientation=1, size=(40, 20)):
    """An image with GPS position, camera and XMP, as phones write them."""
    image = PillowImage.new("RGB", size, (200, 30, 30))
    exif = PillowImage.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = SECRET.decode()
    exif.get_ifd(0x8825)[2] = (IFDRational(22), IFDRational(32), IFDRational(0))
    target = BytesIO()
    xmp = b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>"
    image.save(target, image_format, exif=exif.tobytes(), **({"xmp": xmp} if image_format != "PNG" else {}))
    assert SECRET in target.getvalue()
    return target.getvalue()


@pytest.mark.parametrize("image_format", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_no_metadata_is_stored(image_format):
    clean = without_metadata(photograph(image_format))
    assert SECRET not in clean
    with PillowImage.open(BytesIO(clean)) as image:
        assert image.format == image_format
        assert not image.getexif()
        assert image.size == (40, 20)


def test_a_picture_held_upright_by_exif_alone_stays_upright():
    with PillowImage.open(BytesIO(without_metadata(photograph(orientation=6)))) as image:
        assert image.size == (20, 40)


def test_an_animation_keeps_moving():
    frames = [PillowImage.new("RGB", (8, 8), colour) for colour in ("red", "green", "blue")]
    target = BytesIO()
    frames[0].save(target, "GIF", save_all=True, append_images=frames[1:], comment=SECRET)
    clean = without_metadata(target.getvalue())
    assert SECRET not in clean
    with PillowImage.open(BytesIO(clean)) as image:
        assert image.n_frames == 3


@pytest.mark.parametrize("image_format", ["WEBP", "AVIF", "GIF", "PNG"])
def test_an_animation_keeps_its_time(image_format):
    frames = [PillowImage.new("RGB", (16, 8), colour) for colour in ("red", "green", "blue")]
    target, exif = BytesIO(), PillowImage.Exif()
    exif[0x0112] = 6
    # GIF holds none, and Pillow dies of writing one into a moving AVIF.
    told = {} if image_format in ("AVIF", "GIF") else {"exif": exif.tobytes()}
    frames[0].save(target, image_format, save_all=True, append_images=frames[1:], duration=[100, 200, 300], **told)
    with PillowImage.open(BytesIO(without_metadata(target.getvalue()))) as image:
        assert not image.getexif()
        assert durations_of(image) == [100, 200, 300]
        assert image.size == (16, 8)


def animation(image_format, number, side):
    """A few kilobytes, whatever stands in the frames."""
    frames = [PillowImage.new("L", (side, side)) for _ in range(number)]
    for count, frame in enumerate(frames):
        frame.putpixel((count % side, count // side % side), 1 + count % 250)
    target = BytesIO()
    frames[0].save(target, image_format, save_all=True, append_images=frames[1:], lossless=True)
    assert PillowImage.open(target).n_frames == number
    return target.getvalue()


@pytest.mark.parametrize("image_format", ["WEBP", "AVIF", "GIF", "PNG"])
def test_all_frames_together_are_one_picture(image_format, settings):
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40 * 40 * 12
    without_metadata(animation(image_format, 12, 40))
    with pytest.raises(TooManyFrames, match="at most 12 frames"):
        without_metadata(animation(image_format, 13, 40))
    with pytest.raises(TooManyFrames, match="at most 1 frame"):
        without_metadata(animation(image_format, 2, 120))


def test_frames_that_are_small_are_counted_too():
    with pytest.raises(TooManyFrames, match="at most 1000 frames"):
        without_metadata(animation("GIF", 1001, 40))


def upload(client, name, content, content_type="image/jpeg"):
    file = SimpleUploadedFile(name, content, content_type)
    return client.post(reverse("wagtailimages:add"), {"title": name, "file": file})


@pytest.fixture
def author(client):
    client.force_login(member_of("English authors"))
    return client


def test_an_upload_loses_its_metadata_in_original_and_rendition(author):
    assert upload(author, "photo.jpg", photograph()).status_code == 302
    image = CustomImage.objects.get()
    stored = image.file.read()
    assert SECRET not in stored
    assert image.file_size == len(stored)
    assert (image.width, image.height) == (40, 20)
    assert SECRET not in image.get_rendition("width-20").file.read()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("drawing.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        ("page.jpg", b"<html><script>alert(1)</script></html>"),
        ("photo.png", photograph("JPEG")),
        ("wide.png", None),
        ("broken-off.jpg", photograph(size=(400, 300))[:-900]),
        ("broken-off.png", photograph("PNG", size=(400, 300))[:-300]),
        ("broken-off.webp", photograph("WEBP", size=(400, 300))[:-60]),
    ],
)
def test_what_is_no_photograph_is_refused_in_words(author, name, content):
    if content is None:  # 26 million pixels in a few kilobytes
        target = BytesIO()
        PillowImage.new("1", (6500, 4000)).save(target, "PNG")
        content = target.getvalue()
    response = upload(author, name, content)
    assert response.status_code == 200
    assert response.context["form"].errors["file"]
    assert not CustomImage.objects.exists()


def test_a_file_over_20_megabytes_is_refused(author):
    response = upload(author, "big.jpg", photograph() + b"\0" * (20 * 1024 * 1024))
    assert "too big" in str(response.context["form"].errors["file"])


def test_words_are_those_of_the_language_read():
    image = CustomImage(alt_en="A harbour", alt_zh_hans="港口", caption_en="Dusk", credit_zh_hans="示例社")
    assert (image.default_alt_text, image.caption, image.credit) == ("A harbour", "Dusk", "")
    with translation.override("zh-hans"):
        assert (image.default_alt_text, image.caption, image.credit) == ("港口", "", "示例社")


class TestUploadsOfTheLibrary:
    """*Images, Add an image*: a file first, then its words. A picture that is dropped again is told to be there."""

    def drop(self, client, name="photo.jpg", content=None, view="wagtailimages:add_multiple", **data):
        file = SimpleUploadedFile(name, photograph() if content is None else content, "image/jpeg")
        data = {"title": name, "files[]": file, **data}
        return client.post(reverse(view), data, headers={"X-Requested-With": "XMLHttpRequest"})

    def test_a_picture_comes_in_with_a_form_for_its_words(self, author):
        answer = self.drop(author)
        assert answer.status_code == 200
        image = CustomImage.objects.get()
        told = answer.json()
        assert told["success"]
        assert told["image_id"] == image.pk
        assert f'name="image-{image.pk}-alt_zh_hans"' in told["form"]
        assert 'type="file"' not in told["form"]
        assert SECRET not in image.file.read()

    def test_its_words_are_saved(self, author):
        pk = self.drop(author).json()["image_id"]
        words = {"title": "Harbour", "alt_en": "A harbour", "alt_zh_hans": "港口", "caption_zh_hans": "黄昏"}
        data = {f"image-{pk}-{name}": value for name, value in words.items()}
        answer = author.post(reverse("wagtailimages:edit_multiple", args=[pk]), data)
        assert answer.json()["success"], answer.json()
        image = CustomImage.objects.get()
        assert {name: getattr(image, name) for name in words} == words

    def test_what_is_wrong_with_its_words_is_said(self, author):
        pk = self.drop(author).json()["image_id"]
        answer = author.post(reverse("wagtailimages:edit_multiple", args=[pk]), {f"image-{pk}-title": ""})
        assert answer.status_code == 200
        assert not answer.json()["success"]
        assert "This field is required" in answer.json()["form"]

    def test_the_same_picture_again_is_named(self, author):
        self.drop(author)
        assert self.drop(author).json()["duplicate"]

    def test_a_damaged_picture_is_refused_in_words_and_not_kept(self, author):
        told = self.drop(author, content=photograph(size=(400, 300))[:-900]).json()
        assert not told["success"]
        assert told["error_message"] == "The picture is damaged or incomplete."
        assert not CustomImage.objects.exists()

    def test_an_animation_that_is_too_large_is_refused_in_words(self, author):
        told = self.drop(author, "long.gif", animation("GIF", 101, 500)).json()
        assert told["error_message"] == "The animation is too large: of this size it may have 100 frames at most."
        assert not CustomImage.objects.exists()
        file = SimpleUploadedFile("long.webp", animation("WEBP", 101, 500), "image/webp")
        with translation.override("zh-hans"), pytest.raises(ValidationError, match="这种尺寸最多允许100帧。"):
            CleanImageFormField().clean(file)

    def test_a_title_that_is_too_long_waits_for_a_shorter_one(self, author):
        told = self.drop(author, title="long " * 60).json()
        assert told["success"]
        assert not CustomImage.objects.exists()
        pk = told["uploaded_file_id"]
        url = reverse("wagtailimages:create_multiple_from_uploaded_image", args=[pk])
        answer = author.post(url, {f"uploaded-image-{pk}-title": "Short", f"uploaded-image-{pk}-alt_en": "A harbour"})
        assert answer.json()["success"]
        image = CustomImage.objects.get()
        assert (image.title, image.alt_en) == ("Short", "A harbour")
        assert SECRET not in image.file.read()

    def test_in_the_chooser(self, author):
        file = SimpleUploadedFile("photo.jpg", photograph(), "image/jpeg")
        data = {"image-chooser-upload-title": "Harbour", "image-chooser-upload-file": file}
        answer = author.post(reverse("wagtailimages_chooser:create"), data)
        assert answer.json()["step"] == "chosen"
        assert CustomImage.objects.get().title == "Harbour"

    def test_another_file_takes_the_place_of_the_first(self, author):
        image = CustomImage.objects.get(pk=self.drop(author).json()["image_id"])
        file = SimpleUploadedFile("other.png", photograph("PNG", size=(30, 30)), "image/png")
        answer = author.post(reverse("wagtailimages:edit", args=[image.pk]), {"title": "Other", "file": file})
        assert answer.status_code == 302
        image = CustomImage.objects.get()
        assert image.width == 30
        assert SECRET not in image.file.read()
