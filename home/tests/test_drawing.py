"""A picture that is too much costs a picture, and neither a worker nor its memory."""

import os
import re
import resource
import signal
import subprocess
import sys
import threading
import time
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from PIL import Image as PillowImage

from home import drawing, forms, images
from home.drawing import NotDrawn, Undrawable, apart
from home.images import CustomImage, TooManyFrames
from home.renditions import draw, photo
from news.tests.pairs import seated


def processes():
    """Those that this one has begun and not seen to their end."""
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
    return []


def test_it_gives_what_was_made():
    assert apart(lambda: b"") == b""
    assert apart(lambda: bytes(range(256)) * 50_000) == bytes(range(256)) * 50_000
    assert apart(lambda: str(os.getpid()).encode()) != str(os.getpid()).encode()
    processes()


def test_it_is_drawn_where_very_many_files_are_open():
    """As in a worker that holds many connections: `select` ends at the 1024th."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 2048) if hard > 0 else 2048, hard))
    held = [os.open(os.devnull, os.O_RDONLY) for _number in range(1100)]
    try:
        assert apart(lambda: b"drawn") == b"drawn"
    finally:
        for each in held:
            os.close(each)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def hang():
    while True:
        time.sleep(60)


def spin():
    while True:
        pass


@pytest.mark.parametrize(
    ("work", "words"),
    [
        (hang, "longer than it may"),
        (spin, "longer than it may"),
        (lambda: os.kill(os.getpid(), signal.SIGSEGV), "ended in the middle"),
        (lambda: os._exit(0), "ended in the middle"),
        (lambda: bytes(3 << 30), "more memory than it may"),
    ],
)
def test_what_takes_too_much_or_dies_is_over(work, words):
    began = time.monotonic()
    with pytest.raises(NotDrawn, match=words):
        apart(work, seconds=1)
    assert time.monotonic() - began < 10
    processes()
    assert apart(lambda: b"the next") == b"the next"


def test_errors_are_told_by_name_and_those_that_are_known_as_they_are():
    def fails():
        raise TooManyFrames(7)

    with pytest.raises(TooManyFrames) as found:
        apart(fails, known=[TooManyFrames])
    assert found.value.most == 7
    with pytest.raises(Undrawable, match="TooManyFrames: 7"):
        apart(fails)


def test_it_holds_nothing_of_who_started_it(tmp_path):
    with (tmp_path / "open").open("wb") as file:
        number = file.fileno()

        def look():
            try:
                os.fstat(number)
            except OSError:
                return b"closed"
            return b"open"

        assert apart(look) == b"closed"
        assert not file.closed and file.write(b"x") == 1


def test_a_copy_waits_for_no_import_of_another_thread():
    """As long as the formats are imported when the first is asked for, a copy made just then waits for ever."""
    code = (
        "import sys; sys.path[:0] = ['.', 'site']; import django; django.setup(); from home import drawing; "
        "from home.tests.test_drawing import drawn_anew; print(drawing.apart(drawn_anew).decode())"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "newsroom.settings.test"}
    ran = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert ran.stdout.split() == ["imported:"], ran.stderr


def drawn_anew():
    """`imported:`, and whatever was for a picture in each format."""
    before = set(sys.modules)
    for image_format in ("AVIF", "GIF", "JPEG", "PNG", "WEBP"):
        target = BytesIO()
        PillowImage.new("RGB", (8, 8)).save(target, image_format)
        images.without_metadata(target.getvalue())
    return " ".join(["imported:", *(name for name in set(sys.modules) - before if "Plugin" in name)]).encode()


def test_only_one_is_drawn_at_a_time():
    def one():
        apart(lambda: time.sleep(0.1) or b"")

    threads = [threading.Thread(target=one) for _ in range(4)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert time.monotonic() - began >= 0.4
    processes()


def picture(side=100):
    target = BytesIO()
    PillowImage.effect_noise((side, side), 80).convert("RGB").save(target, "PNG")
    return target.getvalue()


def memory(what):
    """`VmRSS`: what this process has now; `VmHWM`: the most it had since it was last set back."""
    status = Path("/proc/self/status").read_text()
    return int(re.search(rf"^{what}:\s+(\d+) kB", status, re.MULTILINE)[1]) * 1024


@pytest.mark.django_db
class TestPictures:
    @pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="of Linux")
    def test_twenty_five_megapixels_are_never_in_a_worker(self):
        """They have 75 million bytes, and twice that while they are drawn. What stays bench/drawing.py says."""
        content = apart(large)
        draw(CustomImage.objects.create(title="Small", file=ContentFile(picture(), "small.png")), "card")
        Path("/proc/self/clear_refs").write_text("5")
        before = memory("VmRSS")
        image = CustomImage.objects.create(title="Large", file=ContentFile(content, "large.jpg"))
        assert len(draw(image, "card")) == 6
        assert draw(image, "full")
        assert memory("VmHWM") - before < 60_000_000

    @pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="of Linux")
    def test_nor_while_a_form_is_taken_in(self, editor):
        content = apart(large)

        def send(name, content):
            file = SimpleUploadedFile(name, content, "image/jpeg")
            return editor.post(reverse("wagtailimages:add"), {"title": name, "file": file})

        assert send("small.png", picture()).status_code == 302
        Path("/proc/self/clear_refs").write_text("5")
        before = memory("VmRSS")
        assert send("large.jpg", content).status_code == 302
        assert memory("VmHWM") - before < 60_000_000

    @pytest.fixture
    def editor(self, client):
        return seated(client, "zh-hans", "Publishers")

    @pytest.mark.parametrize("way", ["slow", "deadly"])
    def test_an_editor_is_told_in_words(self, editor, monkeypatch, way):
        monkeypatch.setattr(forms, "without_metadata", SLOW_OR_DEADLY[way])
        monkeypatch.setattr(drawing.apart, "__defaults__", (1, drawing.MEMORY, ()))
        file = SimpleUploadedFile("a.png", picture(), "image/png")
        answer = editor.post(reverse("wagtailimages:add"), {"title": "A", "file": file})
        assert "请缩小尺寸" in answer.content.decode()
        assert not CustomImage.objects.exists()

    @pytest.mark.parametrize("way", ["slow", "deadly"])
    def test_a_page_goes_without_it_and_asks_once(self, monkeypatch, way):
        image = CustomImage.objects.create(title="A", file=ContentFile(picture(), "a.png"))
        monkeypatch.setattr(images.Filter, "run", lambda *_arguments: SLOW_OR_DEADLY[way](b""))
        monkeypatch.setattr(drawing.apart, "__defaults__", (1, drawing.MEMORY, ()))
        began = time.monotonic()
        assert draw(image, "lead") == {}
        assert photo(image, "lead") is None
        assert time.monotonic() - began < 6, "nine sizes, of which the first says it"

    def test_the_library_shows_that_it_is_broken(self, editor):
        image = CustomImage.objects.create(title="A", file=ContentFile(picture(), "a.png"))
        Path(image.file.path).write_bytes(picture()[:300])
        with translation.override("en"):
            assert editor.get(reverse("wagtailimages:index")).status_code == 200
            assert editor.get(reverse("wagtailimages:edit", args=[image.pk])).status_code == 200


SLOW_OR_DEADLY = {
    "slow": lambda _content: time.sleep(60),
    "deadly": lambda _content: os.kill(os.getpid(), signal.SIGKILL),
}


def large():
    target = BytesIO()
    PillowImage.effect_noise((800, 500), 80).resize((6250, 4000)).convert("RGB").save(target, "JPEG", quality=80)
    return target.getvalue()
