"""A translation comes back as a PO file: what somebody was not sure of is not done, and all that is left is named."""

import polib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail_localize.models import String, StringTranslation
from wagtail_localize.strings import StringValue

from news.translation.drafts import open_segments
from news.translation.offline import GIVEN_BACK, HELD

from .pairs import member_of
from .scene import Scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(client):
    scene = Scene()
    scene.submit()
    client.force_login(scene.translator)
    return scene


@pytest.fixture
def translation(scene):
    return scene.translation.localized


@pytest.fixture
def file(translation):
    """As it is downloaded, with words in each place."""
    file = polib.pofile(str(translation.export_po()))
    for number, entry in enumerate(file):
        entry.msgstr = f"译文{number}"
    return file


def send(client, translation, file, name="译文 最终版.po"):
    content = file if isinstance(file, bytes) else str(file).encode()
    path = reverse("wagtail_localize:upload_pofile", args=[translation.pk])
    return client.post(path, {"file": SimpleUploadedFile(name, content)}, follow=True)


def words():
    return sorted(StringTranslation.objects.values_list("data", flat=True))


def test_all_of_a_whole_file_is_taken(client, translation, file):
    page = send(client, translation, file).content.decode()
    assert f"{len(file)} paragraphs taken from the file." in page
    assert open_segments(translation) == 0


@pytest.mark.parametrize("mark", ["fuzzy", "obsolete", "empty", "blank"])
def test_what_is_marked_as_doubtful_stays_open_and_is_named(client, translation, file, mark):
    doubtful, number = file[1], len(file)
    if mark == "fuzzy":
        doubtful.flags.append("fuzzy")
    elif mark == "obsolete":
        doubtful.obsolete = True
    else:
        doubtful.msgstr = "" if mark == "empty" else "  "
    page = send(client, translation, file).content.decode()
    assert open_segments(translation) == 1
    assert "译文1" not in words()
    assert f"{number - 1} paragraphs taken from the file." in page
    assert doubtful.msgid in page
    reason = {"fuzzy": "not sure (fuzzy)", "obsolete": "no longer used (obsolete)"}.get(
        mark, "Not translated in the file"
    )
    assert reason in page


def test_a_file_that_fills_nothing_does_not_say_that_all_went_well(client, translation, file):
    for entry in file:
        entry.msgstr = ""
    page = send(client, translation, file).content.decode()
    assert "Nothing was taken from the file." in page
    assert f"Left out: {len(file)}." in page
    assert "uccessfully" not in page


def test_what_the_original_says_no_longer_and_what_is_not_in_the_file_is_named(client, translation, file):
    gone, absent = file[0], file[2]
    original = gone.msgid
    gone.msgid = "A title nobody gave it"
    file.remove(absent)
    page = send(client, translation, file).content.decode()
    assert open_segments(translation) == 2
    assert "A title nobody gave it" in page
    assert original in page
    assert absent.msgid in page
    assert "Not in the file" in page


def test_of_two_translations_of_one_text_neither_is_taken(client, translation, file):
    again = polib.POEntry(msgid=file[0].msgid, msgctxt=file[0].msgctxt, msgstr="另一译文")
    file.append(again)
    file.append(polib.POEntry(msgid=file[1].msgid, msgctxt=file[1].msgctxt, msgstr=file[1].msgstr))
    page = send(client, translation, file).content.decode()
    assert open_segments(translation) == 1
    assert {"译文0", "另一译文"} & set(words()) == set()
    assert "In the file twice" in page
    assert "译文1" in words()


def test_a_doubt_takes_nothing_away_that_stands_here(client, translation, file):
    send(client, translation, file)
    for entry in file:
        entry.msgstr += "，改"
        entry.flags.append("fuzzy")
    file[0].flags.clear()
    page = send(client, translation, file).content.decode()
    assert words() == sorted(["译文0，改", *(f"译文{number}" for number in range(1, len(file)))])
    assert "another translation was here before: 1." in page


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_it_is_read_in_whatever_encoding_a_program_saved_it(client, translation, file, encoding):
    send(client, translation, str(file).encode(encoding))
    assert open_segments(translation) == 0
    assert "译文0" in words()


def test_broken_links_are_taken_and_said_to_be_open(client, translation, file):
    file[0].msgstr = '见<a id="a9">此处</a>'
    page = send(client, translation, file).content.decode()
    assert "Taken, but still open" in page
    assert open_segments(translation) == 1


@pytest.mark.parametrize("content", [b"/etc/hostname", b"msgid 1", b"\x89PNG\r\n", "中文".encode("gb18030")])
def test_what_is_no_po_file_is_refused_in_words(client, translation, content):
    assert "This is not a PO file that was downloaded here." in send(client, translation, content).content.decode()
    assert words() == []


def test_the_file_of_another_translation_is_refused(client, translation, file):
    file.metadata["X-WagtailLocalize-TranslationID"] = "00000000-0000-0000-0000-000000000000"
    assert "downloaded for another translation" in send(client, translation, file).content.decode()
    assert words() == []


def test_who_may_not_write_the_translation_brings_nothing_in(client, translation, file):
    client.force_login(member_of("English authors", username="somebody"))
    send(client, translation, file)
    assert words() == []


@pytest.mark.parametrize("sign", ["\x0b", "\x0c", "\x1c", "\x1e", "\x85", "\u2028", "\u2029", "\x07", "\ufffe"])
def test_what_ends_a_line_for_python_alone_ends_none_in_a_file(client, translation, file, sign):
    text = str(file).replace("译文1", f"译{sign}文1").encode()
    page = send(client, translation, text).content.decode()
    assert f"{len(file)} paragraphs taken from the file." in page
    assert open_segments(translation) == 0
    taken = [said for said in words() if said.startswith("译") and said.endswith("文1")]
    assert len(taken) == 1
    assert sign not in taken[0]
    again = send(client, translation, text).content.decode()
    assert "paragraphs taken from the file." not in again


@pytest.mark.parametrize("sign", ["\x0b", "\x85", "\u2028"])
def test_an_original_of_an_earlier_version_may_hold_such_a_sign(client, translation, sign):
    segment = translation.source.stringsegment_set.order_by("order").last()
    segment.string = String.from_value(segment.string.locale, StringValue(f"It{sign}opened."))
    segment.save()
    file = polib.pofile("#\n" + str(translation.export_po()).translate(HELD))
    text = str(file).translate(GIVEN_BACK)
    assert sign in text or sign == "\x0b"
    text = text.replace('msgstr ""\n', 'msgstr "译文"\n').replace('msgstr "译文"\n', 'msgstr ""\n', 1)
    send(client, translation, text.encode())
    assert open_segments(translation) == 0
