"""A disk that fills up under a site: readers read on, whoever saves or releases is told, and nothing is half done."""

import json
import random
import shutil
import string
import tempfile
from pathlib import Path

import pytest

from tests.disks import small_disk
from tests.served import PostgreSQL

from .newsroom import Newsroom

pytestmark = pytest.mark.full
READERS = ["/en/", "/zh-hans/", "/en/news/", "/zh-hans/news/feed/", "/en/search/?q=air", "/sitemap.xml"]
WELL = dict.fromkeys(READERS, 200)


@pytest.fixture
def disk():
    """(the folder of a disk of 120 MB, what leaves no room on it); PostgreSQL's account finds it, too."""
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        folder = Path(place) / "disk"
        with small_disk(folder, 120) as fill:
            if fill is None:
                pytest.skip("only root has a disk to fill")
            yield folder, fill


def incompressible(letters):
    return "".join(random.choices(string.ascii_letters, k=letters))


def is_told(answer):
    assert (answer.status, answer.headers["Retry-After"]) == (503, "600"), answer.text[:2000]
    assert "The server has no room left. Nothing was saved" in answer.text
    assert "服务器空间已满" in answer.text and "没有保存" in answer.text
    return True


def works_again(site):
    assert site.save().status == 302
    assert site.let_out().status == 302
    both = site.reads(site.article, site.article.replace("/en/", "/zh-hans/"), *READERS)
    assert set(both.values()) == {200}


def full_and_empty_again(site, fill):
    with site.running():
        assert site.reads(*READERS) == WELL
        before, file = site.counted(), fill()
        for _twice in range(2):
            assert is_told(site.save(incompressible(400_000)))
            told = site.save(incompressible(400_000), Accept="application/json")
            assert (told.status, json.loads(told.text)["success"]) == (503, False)
            assert "空间已满" in json.loads(told.text)["error_message"]
        assert site.reads(*READERS) == WELL
        assert set(site.looks.values()) == {200}, site.log.read_text()[-8000:]
        pictures = site.shown("/cms/images/")  # which are drawn as they are first shown
        assert pictures.status == 200 or is_told(pictures)
        assert site.counted() == before
        yield before
        file.unlink()
        works_again(site)


def test_sqlite_has_no_room(database, disk, tmp_path):
    """Nor have cache, uploads and whatever else stands in VAR_DIR."""
    folder, fill = disk
    path = Path(shutil.copy(database, folder))
    site = Newsroom(tmp_path, DATABASE_URL=f"sqlite:///{path}", VAR_DIR=str(folder)).begin()
    for before in full_and_empty_again(site, fill):
        assert is_told(site.let_out())
        assert site.reads(site.article) == {site.article: 404}
        assert site.counted() == before
        fill()  # whatever has become free since
        assert "cache" in json.loads(site.ask("/readyz").text)["faults"]
    assert site.log.read_text().count("The cache fails") <= 2, "once a minute"


def test_postgresql_has_no_room(cluster, disk, tmp_path):
    folder, fill = disk
    (folder / "cluster").mkdir(mode=0o700)
    server = PostgreSQL(kept=cluster, folder=folder / "cluster")
    server.start()
    try:
        site = Newsroom(tmp_path, DATABASE_URL=server.url).begin()
        for _before in full_and_empty_again(site, fill):
            pass
    finally:
        server.stop()
