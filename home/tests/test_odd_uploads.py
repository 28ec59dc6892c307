"""Files that are not what they say, or say more than they are: refused in the editor's language, and nothing stays."""

import struct
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as PillowImage
from wagtail.documents import get_document_model
from wagtail.models import UploadedFile

from home.images import CustomImage
from home.kinds import RUNS
from news.tests.pairs import seated

pytestmark = pytest.mark.django_db
Document = get_document_model()
SCRIPT = {"X-Requested-With": "XMLHttpRequest"}


@pytest.fixture(params=["en", pytest.param("zh-hans", marks=pytest.mark.full)])
def editor(request, client):
    return seated(client, request.param, "Publishers")


def png(mode="RGB", size=(40, 20)):
    target = BytesIO()
    PillowImage.new(mode, size, 3).save(target, "PNG")
    return target.getvalue()


def chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def with_chunk(*chunks):
    """A PNG with more before its pixels."""
    content = png()
    head = content.index(b"IHDR") + 4 + 13 + 4
    return content[:head] + b"".join(chunk(*each) for each in chunks) + content[head:]


def archive(*entries, kind=""):
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in {"docx": ["[Content_Types].xml", "word/document.xml"]}.get(kind, []):
            packed.writestr(name, "<x/>")
        for name, content in entries:
            packed.writestr(name, content)
    return target.getvalue()


def open_document(method=zipfile.ZIP_STORED, words="application/vnd.oasis.opendocument.text", flags=0):
    """Of OpenDocument, its kind alone; `flags`: what its entry says of itself."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", method) as packed:
        packed.writestr("mimetype", words)
        packed.infolist()[0].flag_bits |= flags
    return target.getvalue()


def bent(content):
    """What was deflated cannot be inflated."""
    start = 30 + len("mimetype")
    return content[:start] + b"\xff" * 4 + content[start + 4 :]


PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
BOMB = bytes(60 * 1024 * 1024)
TEXT = zlib.compress(BOMB)
WORDS = {
    "kind": ("This is no", "文件，或者文件已损坏"),
    "room": ("would take too much room", "占用空间过大"),
    "windows": ("Windows can store no file", "Windows无法保存"),
    "program": ("the ending of a program", "程序的扩展名"),
    "empty": ("The submitted file is empty.", "所提交的是空文件"),
    "ending": ("is not allowed", "是不被允许"),
    "picture": (
        "Upload a valid image|damaged or incomplete|Not a |Not a supported",
        "请上传一张有效的图片|损坏|不是|不支持",
    ),
    "pixels": ("too many pixels|too large", "像素|过大|太大"),
}
DOCUMENTS = {
    "a program as pdf": ("plan.pdf", b"MZ\x90\0" + bytes(500), "kind"),
    "a page as pdf": ("plan.pdf", b"<!doctype html><script>alert(1)</script>%PDF-1.7 %%EOF", "kind"),
    "half a pdf": ("plan.pdf", PDF[:30], "kind"),
    "an archive as document": ("plan.docx", archive(("a.txt", "a")), "kind"),
    "a document as table": ("plan.xlsx", archive(kind="docx"), "kind"),
    "half an archive": ("plan.zip", archive(("a.txt", "a" * 999))[:60], "kind"),
    "a program that unpacks itself": ("plan.zip", b"MZ" + archive(("a.txt", "a")), "kind"),
    "a program as text": ("plan.txt", b"\x7fELF\x02\0\0\0", "kind"),
    "an old document": ("plan.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900), "kind"),
    "a table as open document": ("plan.odt", open_document(words="application/vnd.oasis.opendocument.sheet"), "kind"),
    "an open document that is bent": ("plan.odt", bent(open_document(zipfile.ZIP_DEFLATED)), "kind"),
    "an open document that is encrypted": ("plan.odt", open_document(flags=1), "kind"),
    "an open document that swells": ("plan.odt", open_document(zipfile.ZIP_BZIP2), "kind"),
    "another that swells": ("plan.odt", open_document(zipfile.ZIP_LZMA), "kind"),
    "a bomb": ("plan.zip", archive(("a", BOMB)), "room"),
    "a bomb as document": ("plan.docx", archive(("word/media/a", BOMB), kind="docx"), "room"),
    "too many": ("plan.zip", archive(*((str(number), "") for number in range(10_001))), "room"),
    "turned round": ("plan\u202efdp.exe", PDF, "ending"),
    "of windows": ("CON.txt", b"a", "windows"),
    "of windows again": ("lpt1.2026.pdf", PDF, "windows"),
    "two endings": ("plan.exe.pdf", PDF, "program"),
    "two endings again": ("plan.HTML.txt", b"a", "program"),
    "another ending": ("plan.pdf.exe", PDF, "ending"),
    "no ending": ("plan", PDF, "ending"),
    "empty": ("plan.pdf", b"", "empty"),
}
PICTURES = {
    "empty": ("a.png", b"", "empty"),
    "half": ("a.png", png(size=(400, 300))[:-60], "picture"),
    "text": ("a.png", b"GIF89a=1;alert(1)//", "picture"),
    "words that swell": ("a.png", with_chunk((b"zTXt", b"Comment\0\0" + TEXT)), "picture"),
    "a profile that swells": ("a.png", with_chunk((b"iCCP", b"a\0\0" + TEXT)), "picture"),
    "too many pixels": ("a.png", png("1", (30_000, 1_000)), "pixels"),
    "a bomb of pixels": ("a.png", png("1", (60_000, 30_000)), "pixels"),
    "a drawing": ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "picture"),
    "a drawing as picture": ("a.png", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "picture"),
    "turned round": ("a\u202egnp.exe.png", png(), "program"),
    "of windows": ("aux.png", png(), "windows"),
    "two endings": ("a.php.png", png(), "program"),
}


def files():
    return {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}


def said(answer):
    return answer.json().get("error_message", "") if "json" in answer["Content-Type"] else answer.content.decode()


def refused(editor, library, name, content, why):
    """By the form of one, and by the uploader of many."""
    before = files()
    words = WORDS[why][editor.language == "zh-hans"].split("|")
    for address, field in (("add", "file"), ("add_multiple", "files[]")):
        file = SimpleUploadedFile("a", content)
        file._name = name  # as it is sent
        headers = SCRIPT if address == "add_multiple" else {}
        answer = editor.post(reverse(f"{library}:{address}"), {"title": "A", field: file}, headers=headers)
        assert answer.status_code == 200, answer
        assert any(each in said(answer) for each in words), (address, said(answer)[-900:])
    assert files() == before
    assert not Document.objects.exists() and not CustomImage.objects.exists() and not UploadedFile.objects.exists()


@pytest.mark.parametrize("what", DOCUMENTS)
def test_documents(editor, what):
    refused(editor, "wagtaildocs", *DOCUMENTS[what])


@pytest.mark.parametrize("what", PICTURES)
def test_pictures(editor, what):
    refused(editor, "wagtailimages", *PICTURES[what])


GOOD = {
    "plan.pdf": PDF,
    "计划（二）.docx": archive(("word/media/1.png", png()), kind="docx"),
    "plan.odt": open_document(),
    "plan v1.2.zip": archive(("a.txt", "a")),
    "html.txt": "说明".encode("utf-16"),
    "plan.csv": "中文".encode("gb18030"),
    "p" * 300 + ".txt": b"a",
    "pl\u202e\u200b\u2066an.txt": b"a",
    "p\0\x07\x1blan.txt": b"a",
    "constitution.con.txt": b"a",
}


@pytest.mark.parametrize("name", GOOD)
def test_what_is_what_it_says_is_taken(editor, name):
    file = SimpleUploadedFile("a", GOOD[name])
    file._name = name
    answer = editor.post(reverse("wagtaildocs:add"), {"title": "A", "file": file})
    assert answer.status_code == 302, answer.context["form"].errors
    document = Document.objects.get()
    assert document.file.read() == GOOD[name]
    assert len(document.file.name) <= 100 and document.filename.endswith(name[-4:])
    assert document.filename.isprintable()


def test_a_picture_that_is_a_program_too_is_a_picture_alone(editor):
    target = BytesIO()
    PillowImage.new("P", (47, 42), 3).save(target, "GIF", comment=b"=1;alert(1)/*")
    content = target.getvalue() + b"*/=1;alert(1)//<script>alert(1)</script>"
    file = SimpleUploadedFile("a.gif", content, "image/gif")
    assert editor.post(reverse("wagtailimages:add"), {"title": "A", "file": file}).status_code == 302
    stored = CustomImage.objects.get().file.read()
    assert b"alert" not in stored and stored.startswith(b"GIF8")


@pytest.mark.parametrize("name", ["a.exe.pdf", "a.html.txt", "a.HTM.b.pdf", "a.svgz.zip"])
def test_programs_in_the_middle(name):
    assert RUNS.search(name)
    assert not RUNS.search(
        name.replace(".exe", "exe").replace(".htm", "htm").replace(".HTM", "htm").replace(".svgz", "")
    )
