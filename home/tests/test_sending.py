"""Parts of a file, as RFC 9110 has them asked for."""

import pytest
from django.core.files.base import ContentFile
from django.test import RequestFactory

from home.sending import send
from home.storage import uploads

WORDS = b"0123456789"


@pytest.fixture
def name():
    name = uploads().save("a.txt", ContentFile(WORDS))
    yield name
    uploads().delete(name)


def asked(name, method="get", **headers):
    request = getattr(RequestFactory(), method)("/", headers=headers)
    answer = send(request, uploads(), name, "text/plain", is_public=True)
    said = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer.status_code, said, answer.headers.get("Content-Range")


@pytest.mark.parametrize(
    ("wanted", "got", "of"),
    [
        ("bytes=0-3", b"0123", "bytes 0-3/10"),
        ("bytes=7-", b"789", "bytes 7-9/10"),
        ("bytes=7-400", b"789", "bytes 7-9/10"),
        ("bytes=-2", b"89", "bytes 8-9/10"),
        ("bytes=9-9", b"9", "bytes 9-9/10"),
    ],
)
def test_the_part_that_is_asked_for(name, wanted, got, of):
    assert asked(name, Range=wanted) == (206, got, of)


@pytest.mark.parametrize("wanted", ["bytes=10-", "bytes=900-901", "bytes=-0"])
def test_there_is_no_such_part(name, wanted):
    assert asked(name, Range=wanted) == (416, b"", "bytes */10")


@pytest.mark.parametrize(
    "wanted",
    ["", "bytes=-", "bytes=5-3", "bytes=0-1,4-5", "lines=1-2", "bytes=a-b", "bytes=0-", "bytes=-99", "bytes=١-"],
)
def test_what_says_nothing_or_more_gets_all_of_it(name, wanted):
    assert asked(name, Range=wanted) == (200, WORDS, None)


def test_a_part_is_of_the_version_that_the_reader_has(name):
    whole = send(RequestFactory().head("/"), uploads(), name, "text/plain", is_public=True)
    for known in (whole["ETag"], whole["Last-Modified"]):
        assert asked(name, Range="bytes=0-1", **{"If-Range": known})[0] == 206
    for other in ('"another"', f"W/{whole['ETag']}", "Mon, 01 Jan 2024 00:00:00 GMT", "nothing"):
        assert asked(name, Range="bytes=0-1", **{"If-Range": other})[0] == 200


def test_head_is_told_of_the_whole(name):
    assert asked(name, "head", Range="bytes=0-1") == (200, b"", None)
