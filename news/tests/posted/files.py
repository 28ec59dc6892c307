"""What editors have at hand: real files, as browsers send them."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as PillowImage
from wagtail.documents.models import Document

from home.images import CustomImage


def picture(name="青山.png", colour=(30, 120, 60, 128)):
    """A PNG with transparency and what a camera notes."""
    exif = PillowImage.Exif()
    exif[0x010F] = "A camera"
    target = BytesIO()
    PillowImage.new("RGBA", (64, 40), colour).save(target, "PNG", exif=exif.tobytes())
    return SimpleUploadedFile(name, target.getvalue(), "image/png")


def paper(name="征稿启事.pdf"):
    return SimpleUploadedFile(
        name, b"%PDF-1.4\n%\xe4\xbd\xa0\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n", "application/pdf"
    )


def text_file(text, name, kind="text/csv"):
    return SimpleUploadedFile(name, text.encode(), kind)


def stored_image(title="Green hills", **fields):
    return CustomImage.objects.create(title=title, file=picture("hills.png"), **fields)


def stored_document(title="A call for papers", **fields):
    return Document.objects.create(title=title, file=paper("call.pdf"), **fields)
