"""What operators do with uploads in object storage: look after them, back them up, and read the log."""

import json
from http.client import IncompleteRead
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

from home.storage import StorageAway, uploads
from news import health
from news.doctor import bucket as look

from .s3 import SERVER, Bucket, use
from .served import Served

pytestmark = [pytest.mark.full, pytest.mark.skipif(SERVER is None, reason="no moto_server, and no MOTO_SERVER")]
Document = get_document_model()


def said():
    return [(found.gravity.value, found.said) for found in look.storage()]


def test_doctor_and_readyz(bucket, db):
    assert "storage" not in {name for name, words in health.found().items() if words}
    document = Document.objects.create(title="Plan", file=ContentFile(b"The plan", "plan.txt"))
    assert [gravity for gravity, _said in said()] == ["well", "well"]
    assert set(bucket.files) == {document.file.name}, "nothing is left of the probe"
    uploads().put("strange.txt", ContentFile(b"a"))
    assert ("note", "1 files of the bucket are none of this site: strange.txt") in said()
    uploads().remove(document.file.name)
    assert ("mend", f"1 files are not in the bucket: {document.file.name}") in said()
    resource = f"arn:aws:s3:::{bucket.name}/*"
    everybody = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": resource}
    bucket.server.client.put_bucket_policy(
        Bucket=bucket.name, Policy=json.dumps({"Version": "2012-10-17", "Statement": [everybody]})
    )
    assert any(gravity == "mend" and "whoever knows a name" in words for gravity, words in said())
    bucket.line.shut()
    uploads().away_until = 0
    [(gravity, words)] = said()
    assert gravity == "mend" and bucket.name in words and "127.0.0.1" in words
    assert "storage" in {name for name, words in health.found().items() if words}


def test_a_bucket_that_is_not_there_is_told(s3_server, settings, db):
    bucket = Bucket(s3_server)
    use(settings, bucket.url.replace("news-", "olds-"))
    assert health.found()["storage"]
    assert [gravity for gravity, _said in said()] == ["mend"]
    with pytest.raises(StorageAway):
        uploads().save("a.txt", ContentFile(b"a"))


@pytest.fixture
def site(s3_server, database, tmp_path):
    bucket = Bucket(s3_server)
    site = Served(tmp_path, MEDIA_STORAGE=bucket.url, DATABASE_URL=f"sqlite:///{database}")
    site.bucket = bucket
    yield site
    s3_server.line.open()


FILL = (
    "from wagtail.documents import get_document_model as m; from django.core.files.base import ContentFile as F; "
    "print(m().objects.create(title='Plan', file=F(b'0123456789' * 200000, 'plan.txt')).file.name)"
)
NAMES = "from wagtail.documents import get_document_model as m; print(*m().objects.values_list('file', flat=True))"


def test_a_backup_holds_what_is_in_the_bucket_and_comes_back_in_a_folder_and_in_a_bucket(site, s3_server, tmp_path):
    name = site.manage("shell", "--no-imports", "-c", FILL).strip()
    site.manage("backup", str(tmp_path / "backups"))
    [backup] = (tmp_path / "backups").glob("newsroom-*Z.tar")
    site.manage("backup", "--verify", str(backup))
    before = site.bucket.files
    assert set(before) == {name}
    on_disk = Served(tmp_path / "on_disk", SITE_URL=site.url)
    in_bucket = Served(tmp_path / "in_bucket", SITE_URL=site.url)
    second = Bucket(s3_server)
    in_bucket.environment["MEDIA_STORAGE"] = second.url
    for other in (on_disk, in_bucket):
        other.folder.mkdir()
        other.manage("restore", str(backup))
        assert other.manage("shell", "--no-imports", "-c", NAMES).strip() == name
        assert "--replace" in other.manage("restore", str(backup), code=1)
    assert (on_disk.folder / "var" / "media" / name).read_bytes() == before[name]
    assert second.files == before
    # Broken off, it leaves the bucket as it was; away, there is none.
    site.bucket.server.client.delete_object(Bucket=site.bucket.name, Key=name)
    kept = site.bucket.files
    site.bucket.line.shut()
    assert "No backup" in site.manage("backup", str(tmp_path / "backups"), code=1)
    assert len(list((tmp_path / "backups").iterdir())) == 1
    assert "Traceback" not in site.manage("restore", "--replace", str(backup), code=1)
    site.bucket.line.open()
    assert site.bucket.files == kept
    site.manage("restore", "--replace", str(backup))
    assert site.bucket.files == before


def test_what_breaks_off_under_a_reader_ends_the_connection_and_leaves_a_line(site):
    name = site.manage("shell", "--no-imports", "-c", FILL).strip()
    session = site.sign_in("root", "--new")
    site.manage("collectstatic", "--noinput", "-v0")
    with site.running():
        cookie = {"Cookie": f"sessionid={session}"}
        assert len(site.ask(f"/media/{name}", **cookie).text) == 2_000_000
        site.bucket.line.up_to["back"] = 700_000
        with pytest.raises(IncompleteRead):
            site.ask(f"/media/{name}", **cookie)
        site.bucket.line.shut()
        answer = site.ask(f"/media/{name}", **cookie)
        assert answer.status == 503 and "暂时无法访问" in answer.text
        assert site.ask("/en/").status == 200
        assert "storage" in json.loads(site.ask("/readyz").text)["faults"]
    log = Path(site.log).read_text()
    assert log.count("broke off in the middle") == 1 and "Traceback" not in log
