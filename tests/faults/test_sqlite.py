"""A file of SQLite whose disk takes nothing any more, or has lost a part of what was written last."""

import os
import shutil
import sqlite3
from contextlib import closing

import pytest

from .newsroom import Newsroom
from .test_disk import READERS, WELL

pytestmark = pytest.mark.full
AS_SOMEBODY = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []


@pytest.fixture
def site(database, tmp_path):
    return Newsroom(tmp_path, DATABASE_URL=f"sqlite:///{database}")


@pytest.mark.skipif(bool(AS_SOMEBODY) and shutil.which("setpriv") is None, reason="no setpriv")
def test_the_file_takes_nothing_any_more(site, database):
    """Nobody has said READ_ONLY: who reads gets everything, who saves or releases is told, and nothing is changed."""
    site.begin()
    before = site.counted()
    with closing(sqlite3.connect(database)) as held:  # as a worker holds it, so that what lies beside it stays
        held.execute("SELECT count(*) FROM wagtailcore_page").fetchone()
        files = [path for path in database.parent.iterdir() if path.is_file()]
        for path in files:
            path.chmod(0o444)
        database.parent.chmod(0o555)
        try:
            with site.running(AS_SOMEBODY):
                assert site.reads(*READERS) == WELL
                assert set(site.looks.values()) == {200}, site.log.read_text()[-8000:]
                for answer in (site.save(), site.let_out()):
                    assert answer.status == 503
                    assert "Nothing was saved" in answer.text and "没有保存" in answer.text
        finally:
            database.parent.chmod(0o755)
            for path in files:
                path.chmod(0o644)
    assert site.counted() == before


COMMITS = 20
PAGE = 4096
FRAME = 24 + PAGE


def written(database):
    """By somebody who still holds the file: in 20 transactions, all of them beside it."""
    held = sqlite3.connect(database, isolation_level=None)
    held.execute("PRAGMA journal_mode=WAL")
    held.execute("PRAGMA wal_autocheckpoint=0")
    held.execute("CREATE TABLE written (number, words)")
    for number in range(COMMITS):
        held.execute("INSERT INTO written VALUES (?, ?)", [number, "x" * 3 * PAGE])
    return held


def damage(file):
    """In the middle, as a disk does."""
    content = bytearray(file.read_bytes())
    first = 32 + (len(content) // FRAME // 2) * FRAME
    for frame in range(first, first + 4 * FRAME, FRAME):
        content[frame + 24 : frame + 24 + 200] = b"\xff" * 200
    file.write_bytes(content)


def beside(path):
    return path.with_name(f"{path.name}-wal")


def test_what_lies_beside_the_file_is_damaged_under_a_running_site(site, database, tmp_path):
    with closing(written(database)):
        damage(beside(database))
        site.manage("backup", str(tmp_path / "backups"))
        [backup] = (tmp_path / "backups").glob("*.tar")
        assert "is damaged" in site.manage("backup", "--verify", str(backup), code=1)
        assert "damaged" in site.manage("doctor", code=1)


def test_after_a_crash_sqlite_goes_on_from_before_the_damage(site, database, tmp_path):
    """In silence, as is its nature: what was committed after it is in a backup or nowhere."""
    crashed = tmp_path / "crashed" / database.name
    crashed.parent.mkdir()
    with closing(written(database)):
        for path in (database, beside(database)):
            shutil.copy(path, crashed.parent)
    damage(beside(crashed))
    site.environment["DATABASE_URL"] = f"sqlite:///{crashed}"
    site.manage("backup", str(tmp_path / "backups"))
    [backup] = (tmp_path / "backups").glob("*.tar")
    site.manage("backup", "--verify", str(backup))
    found = [number for (number,) in site.rows("SELECT number FROM written ORDER BY number")]
    assert 0 < len(found) < COMMITS
    assert found == list(range(len(found))), "nothing is missing in between"
    assert site.rows("PRAGMA integrity_check") == [("ok",)]
