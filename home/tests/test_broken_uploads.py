"""A disk that is full. The kernel ends what is written past a size: nothing here is played."""

import random
import resource
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from PIL import Image as PillowImage
from wagtail.documents import get_document_model
from wagtail.models import UploadedFile

from home.images import CustomImage
from news.tests.pairs import seated

pytestmark = pytest.mark.django_db
Document = get_document_model()
ROOM = 100_000
WORDS = {
    "en": "The file could not be stored: the server has no room for it or may not write there.",
    "zh-hans": "文件未能保存：服务器空间不足或没有写入权限。",
}
LARGER_THAN_MEMORY = 3_000_000


@contextmanager
def full(room=ROOM):
    """No file grows past some bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture(params=["en", "zh-hans"])
def editor(request, client):
    return seated(client, request.param, "Publishers")


def noise(side=400):
    image, target = PillowImage.new("RGB", (side, side)), BytesIO()
    image.frombytes(random.randbytes(side * side * 3))
    image.save(target, "PNG")
    return target.getvalue()


PICTURE = noise()


def picture():
    return SimpleUploadedFile("港口.png", PICTURE, "image/png")


def paper(size=ROOM * 2):
    return SimpleUploadedFile("方案.txt", b"x" * size, "text/plain")


def files():
    """Folders that hold one file among them."""
    return {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.parent != Path(settings.MEDIA_ROOT)}


def send(client, name, data, *arguments, **headers):
    before = files()
    with full():
        answer = client.post(reverse(name, args=arguments), data, headers=headers)
    transaction.set_rollback(False)  # the test's own, which a site has not around its requests
    assert files() == before, "nothing of it stays"
    return answer


SCRIPT = {"X-Requested-With": "XMLHttpRequest"}


@pytest.mark.parametrize("size", [ROOM * 2, LARGER_THAN_MEMORY])
def test_documents(editor, size):
    answer = send(editor, "wagtaildocs:add", {"title": "Plan", "file": paper(size)})
    assert WORDS[editor.language] in editor.get(answer.url).content.decode()
    answer = send(editor, "wagtaildocs:add_multiple", {"title": "Plan", "files[]": paper(size)}, **SCRIPT)
    assert answer.json() == {"success": False, "error_message": WORDS[editor.language]}
    answer = send(editor, "wagtaildocs_chooser:create", {"title": "Plan", "file": paper(size)}, **SCRIPT)
    assert not Document.objects.exists()
    assert not UploadedFile.objects.exists()


def test_pictures(editor):
    answer = send(editor, "wagtailimages:add", {"title": "Harbour", "file": picture()})
    assert WORDS[editor.language] in editor.get(answer.url).content.decode()
    answer = send(editor, "wagtailimages:add_multiple", {"title": "Harbour", "files[]": picture()}, **SCRIPT)
    assert answer.json() == {"success": False, "error_message": WORDS[editor.language]}
    too_long = {"title": "long " * 60, "files[]": picture()}
    assert not send(editor, "wagtailimages:add_multiple", too_long, **SCRIPT).json()["success"]
    assert not CustomImage.objects.exists()
    assert not UploadedFile.objects.exists()


def test_another_file_for_a_picture(editor):
    editor.post(reverse("wagtailimages:add"), {"title": "Harbour", "file": picture()})
    image = CustomImage.objects.get()
    answer = send(editor, "wagtailimages:edit", {"title": "Another", "file": picture()}, image.pk)
    assert WORDS[editor.language] in editor.get(answer.url).content.decode()
    after = CustomImage.objects.get()
    assert (after.file.name, after.title) == (image.file.name, "Harbour")
    assert after.is_readable


def test_what_fits_is_taken(editor):
    assert (
        editor.post(reverse("wagtaildocs:add"), {"title": "Plan", "file": paper(LARGER_THAN_MEMORY)}).status_code == 302
    )
    assert Document.objects.get().file.size == LARGER_THAN_MEMORY
