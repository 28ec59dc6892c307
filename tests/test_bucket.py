"""Uploads in object storage, on a server that speaks S3: what holds on a disk holds there, and what it is away for."""

import re
import signal
import time
from io import BytesIO

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from PIL import Image as PillowImage
from wagtail.documents import get_document_model

from home.front.recording import recording
from home.images import CustomImage, Rendition
from home.models import MovedFile
from home.renaming import rename
from home.renditions import draw
from home.storage import GUARDED, NotStored, StorageAway, uploads
from news.demo.build import make_image
from news.release.publishing import release_both
from news.release.withdrawal import withdraw
from news.tests.drawn import mark
from news.tests.pairs import seated
from news.tests.scene import WORDS, Scene

from .s3 import SERVER, Bucket, use

pytestmark = [pytest.mark.full, pytest.mark.skipif(SERVER is None, reason="no moto_server, and no MOTO_SERVER")]
Document = get_document_model()
AWAY = {
    "en": "The place where files are kept cannot be reached. Please try again in a minute.",
    "zh-hans": "暂时无法连接文件存储，请稍后再试。",
}
PICTURE = (("Waves at the shore", "岸边的波浪"), ("", ""))


@pytest.fixture(params=["en", "zh-hans"])
def editor(request, client, db):
    return seated(client, request.param, "Publishers")


def photograph():
    """With where it was taken."""
    exif = PillowImage.Exif()
    exif[0x010F] = "Secret camera"
    exif.get_ifd(0x8825)[1] = "N"
    target = BytesIO()
    PillowImage.effect_noise((700, 500), 90).convert("RGB").save(target, "JPEG", exif=exif, quality=90)
    return target.getvalue()


PHOTOGRAPH = photograph()


def content(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.fixture
def shown(bucket, db):
    """Approved in both languages, with a picture and a document."""
    image = make_image("waves", mark("waves"), PICTURE)
    document = Document.objects.create(title="Plan", file=ContentFile(b"0123456789" * 20_000, "实施方案.pdf"))
    scene = Scene()
    words = {"alt": "Waves at sea", "caption": "", "decorative": False}
    block = [("image", {"image": image, **words}), ("document", {"document": document, "title": "The plan"})]
    scene.edit(body=block, lead_image=image)
    scene.submit()
    scene.approve()
    scene.translate({**dict(WORDS), "The plan": "方案", "Waves at sea": "海上的波浪"})
    scene.image, scene.document = image, document
    return scene


def links(html):
    return set(re.findall(r'"(/media/[^" ]+|/(?:en|zh-hans)/files/[^"]+)"', html))


# Promises ------------------------------------------------------------------------------------------------------------


def test_what_is_uploaded_lies_in_the_bucket_under_a_secret_name_without_where_it_was_taken(editor, bucket):
    picture = SimpleUploadedFile("港口.jpg", PHOTOGRAPH, "image/jpeg")
    assert editor.post(reverse("wagtailimages:add"), {"title": "Harbour", "file": picture}).status_code == 302
    large = SimpleUploadedFile("方案.txt", b"x" * 3_000_000, "text/plain")
    assert editor.post(reverse("wagtaildocs:add"), {"title": "Plan", "file": large}).status_code == 302
    image, document = CustomImage.objects.get(), Document.objects.get()
    files = bucket.files
    assert set(files) == {image.file.name, document.file.name}
    assert all(GUARDED.search(name) for name in files)
    assert b"Secret camera" in PHOTOGRAPH and b"Secret camera" not in files[image.file.name]
    assert len(files[document.file.name]) == document.file.size == 3_000_000
    assert not PillowImage.open(BytesIO(files[image.file.name])).getexif()
    assert {bucket.ask_plainly(name) for name in files} == {403}
    assert content(editor.get(image.file.url)) == files[image.file.name]
    assert editor.get(reverse("wagtailimages:edit", args=[image.pk])).status_code == 200
    assert editor.get(reverse("wagtailimages:index")).status_code == 200, "its thumbnails are drawn"
    assert Rendition.objects.exists() and set(Rendition.objects.values_list("file", flat=True)) < set(bucket.files)


def test_readers_get_from_us_what_is_public_and_nothing_else(client, shown, bucket):
    before = {shown.image.file.url, shown.document.url}
    assert {client.get(url).status_code for url in before} == {404}
    release_both(shown.release, shown.publisher)
    found = set()
    for code in ("en", "zh-hans"):
        html = client.get(f"/{code}/news/a-week-of-clean-air/").content.decode()
        assert str(bucket.line.port) not in html and bucket.name not in html and "X-Amz" not in html
        found |= links(html)
    assert {"media", "files"} <= {part for url in found for part in url.split("/")}
    for url in found:
        answer = client.get(url)
        assert answer.status_code == 200 and content(answer), "and no redirect"
        assert client.get(url, headers={"If-None-Match": answer["ETag"]}).status_code == 304
        assert (client.head(url).status_code, client.head(url)["Content-Length"]) == (200, answer["Content-Length"])
    assert client.get(shown.image.file.url).status_code == 404, "the original"
    client.force_login(shown.publisher)
    withdraw(shown.release, shown.publisher, "It was called off.")
    client.logout()
    assert {client.get(url).status_code for url in found} == {410}
    assert len(bucket.files) > len(found), "all of it is still there"


def test_a_download_goes_on_where_it_broke_off(client, shown):
    release_both(shown.release, shown.publisher)
    html = client.get("/en/news/a-week-of-clean-air/").content.decode()
    [url] = {url for url in links(html) if "/files/" in url}
    whole = client.get(url)
    answer = client.get(url, headers={"Range": "bytes=150003-", "If-Range": whole["ETag"]})
    assert (answer.status_code, answer["Content-Range"]) == (206, "bytes 150003-199999/200000")
    assert content(answer) == content(whole)[150_003:]
    assert content(client.get(url, headers={"Range": "bytes=-3"})) == b"789"
    assert client.get(url, headers={"Range": "bytes=5-9", "If-Range": '"of before"'}).status_code == 200
    refused = client.get(url, headers={"Range": "bytes=200000-"})
    assert (refused.status_code, refused["Content-Range"]) == (416, "bytes */200000")


def test_what_is_deleted_is_gone_from_the_bucket(bucket, db, django_capture_on_commit_callbacks):
    image = make_image("waves", mark("waves"), PICTURE)
    draw(image, "card")
    assert len(bucket.files) > 3
    with django_capture_on_commit_callbacks(execute=True):
        image.delete()
    assert bucket.files == {}


def test_a_file_of_before_gets_a_name_that_nobody_guesses(bucket, db):
    uploads().put("documents/plan.txt", ContentFile(b"The plan"))
    document = Document.objects.create(title="Plan", file="documents/plan.txt")
    lost = Document.objects.create(title="Lost", file="documents/lost.txt")
    for each in (document, lost):
        rename(each)
        each.refresh_from_db()
    assert GUARDED.search(document.file.name) and lost.file.name == "documents/lost.txt"
    assert bucket.files == {"documents/plan.txt": b"The plan", document.file.name: b"The plan"}
    assert MovedFile.objects.count() == 2


def test_a_folder_of_the_bucket_is_enough(s3_server, settings, db):
    whole = Bucket(s3_server)
    whole.server.client.put_object(Bucket=whole.name, Key="of-others/a.txt", Body=b"theirs")
    use(settings, f"{whole.url}/ours/news")
    document = Document.objects.create(title="Plan", file=ContentFile(b"The plan", "plan.txt"))
    assert set(whole.files) == {"of-others/a.txt", f"ours/news/{document.file.name}"}
    assert list(uploads().everything()) == [(document.file.name, 8)]


# The bucket is away --------------------------------------------------------------------------------------------------


def test_pages_go_on_and_files_are_away_for_a_moment_in_both_languages(client, shown, bucket):
    release_both(shown.release, shown.publisher)
    html = client.get("/en/news/a-week-of-clean-air/").content.decode()
    urls = links(html)
    bucket.line.shut()
    assert links(client.get("/en/news/a-week-of-clean-air/").content.decode()) == urls
    for url in urls:
        answer = client.get(url)
        assert answer.status_code == 503 and answer["Retry-After"].isdigit() and answer["Cache-Control"] == "no-store"
        words = answer.content.decode()
        assert "cannot be reached for the moment" in words and "暂时无法访问" in words
    client.force_login(shown.publisher)
    assert client.get(reverse("newsroom_releases:release", args=[shown.release.pk])).status_code == 200
    bucket.line.open()
    uploads().away_until = 0
    assert {client.get(url).status_code for url in urls} == {200}


def test_a_picture_that_cannot_be_drawn_now_is_left_out_and_that_page_is_not_stored(bucket, db):
    image = make_image("waves", mark("waves"), PICTURE)
    bucket.line.shut()
    for _once_more in range(2):
        with recording() as found:
            assert draw(image, "card") == {}
        assert not found.is_whole
    bucket.line.open()
    uploads().away_until = 0
    cache.clear()
    with recording() as found:
        assert len(draw(CustomImage.objects.get(), "card")) == 6
    assert found.is_whole


@pytest.mark.parametrize("way", ["shut", "cut in the middle"])
def test_an_upload_ends_in_words_and_leaves_nothing(editor, bucket, way):
    if way == "shut":
        bucket.line.shut()
    else:
        bucket.line.up_to["there"] = 100_000
    large = {"title": "Plan", "file": SimpleUploadedFile("方案.txt", b"x" * 3_000_000, "text/plain")}
    answer = editor.post(reverse("wagtaildocs:add"), large)
    transaction.set_rollback(False)  # the test's own
    assert AWAY[editor.language] in editor.get(answer.url).content.decode()
    picture = {"title": "Harbour", "files[]": SimpleUploadedFile("a.jpg", PHOTOGRAPH, "image/jpeg")}
    told = editor.post(reverse("wagtailimages:add_multiple"), picture, headers={"X-Requested-With": "XMLHttpRequest"})
    transaction.set_rollback(False)
    assert told.json() == {"success": False, "error_message": AWAY[editor.language]}
    assert not (Document.objects.exists() or CustomImage.objects.exists())
    assert bucket.files == {}


def test_nobody_waits_again_for_what_has_just_not_answered(bucket, db):
    bucket.line.shut()
    with pytest.raises(StorageAway):
        uploads().look("a")
    bucket.line.open()
    with pytest.raises(NotStored):
        uploads().look("a")
    uploads().away_until = 0
    with pytest.raises(FileNotFoundError):
        uploads().look("a")


def test_what_hangs_is_away(s3_server, settings, db, monkeypatch):
    monkeypatch.setattr("home.bucket.ANSWER", 1)
    bucket = Bucket(s3_server)
    use(settings, bucket.url)
    name = uploads().save("a.txt", ContentFile(b"a"))
    s3_server.server.send_signal(signal.SIGSTOP)
    try:
        began = time.monotonic()
        for _reader in range(20):
            with pytest.raises(StorageAway):
                uploads().look(name)
        assert time.monotonic() - began < 8, "one has waited"
    finally:
        s3_server.server.send_signal(signal.SIGCONT)
    uploads().away_until = 0
    assert uploads().look(name).size == 1


def test_what_cannot_be_deleted_is_named_in_the_log(bucket, db, caplog):
    name = uploads().save("a.txt", ContentFile(b"a"))
    bucket.line.shut()
    uploads().delete(name)
    assert f"{name} may stay in the bucket" in caplog.text
