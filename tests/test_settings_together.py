"""Settings that go together or do not, and what is made of an address."""

import pytest

from newsroom.settings import addresses

from .test_settings import FIRST, GOOD, faults


def test_several_nodes_share_a_postgresql():
    node = {**GOOD, "FRONT_NODE": "web-1", "FRONT_DIR": "var/front"}
    assert faults(**node, DATABASE_URL="postgres://me:pw@db.test/news") == []
    for url in ("", "sqlite:////var/news.sqlite3"):
        [fault] = faults(**node, DATABASE_URL=url)
        assert fault.startswith("FRONT_NODE") and "Write its DATABASE_URL" in fault


@pytest.mark.parametrize(("name", "value"), [("MEDIA_ROOT", "/srv/media"), ("MEDIA_ACCEL", "/protected-media/")])
def test_what_is_of_a_disk_is_not_of_a_bucket(name, value):
    [fault] = faults(**GOOD, MEDIA_STORAGE="s3://key:SECRET@s3.test/news-media", **{name: value})
    assert fault.startswith(name) and f"Leave out {name}" in fault and "SECRET" not in fault


@pytest.mark.parametrize(
    ("text", "address", "secret", "folder", "region", "addressing"),
    [
        ("s3://k:a%2Fb+c@s3.test/media", "https://s3.test", "a/b+c", "", "us-east-1", "path"),
        ("s3+http://k:s@127.0.0.1:9000/media/a/b/", "http://127.0.0.1:9000", "s", "a/b", "us-east-1", "path"),
        ("s3://k:s@oss.test/media?addressing=virtual&region=cn-1", "https://oss.test", "s", "", "cn-1", "virtual"),
    ],
)
def test_a_bucket_is_what_was_meant(text, address, secret, folder, region, addressing):
    found = addresses.bucket(text)
    assert (found["bucket_name"], found["access_key"], found["secret_key"]) == ("media", "k", secret)
    assert (found["endpoint_url"], found["location"]) == (address, folder)
    assert (found["region_name"], found["addressing_style"]) == (region, addressing)


def test_a_replica_is_another_server():
    first = {**GOOD, **FIRST}
    assert faults(**first, DATABASE_REPLICA_URL="postgres://me:pw@db.test:5433/news") == []
    [fault] = faults(**first, DATABASE_REPLICA_URL="postgres://other:SECRET@db.test:5432/news")
    assert "DATABASE_URL itself" in fault and "SECRET" not in fault
