"""What `backup` has written `restore` brings back elsewhere: readers see no difference. On the database of the run."""

import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings

from .demo_site import BUILT, DemoSite

URL = os.environ.get("DATABASE_URL", "")
ON_POSTGRESQL = URL.startswith("postgres")


def of_its_own(folder, like=None):
    """An empty site; `like` another, of the same name."""
    environment = {}
    if ON_POSTGRESQL:
        import psycopg

        name = f"backup_{uuid4().hex}"
        with psycopg.connect(URL, autocommit=True) as server:
            server.execute(f"CREATE DATABASE {name}")
        environment["DATABASE_URL"] = URL.rpartition("/")[0] + f"/{name}"
    if like:
        environment["SITE_URL"] = like.environment["SITE_URL"]
    return DemoSite(folder, **environment)


@pytest.fixture(scope="module")
def first(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("first") / "var"
    if ON_POSTGRESQL:
        site = of_its_own(folder)
        site.environment["CLOCK"] = DemoSite(folder, BUILT).environment["CLOCK"]
        site.manage("demo", "--no-serve")
        return site
    return DemoSite(shutil.copytree(request.getfixturevalue("demo_folder"), folder))


@pytest.fixture(scope="module")
def backup(first, tmp_path_factory):
    return made(first, tmp_path_factory.mktemp("backups"))


def made(site, folder, *arguments):
    site.manage("backup", str(folder), *arguments)
    return max(folder.glob("newsroom-*Z.tar"))


def refused(site, *arguments):
    with pytest.raises(AssertionError) as error:
        site.manage(*arguments)
    assert "Traceback" not in str(error.value)
    return str(error.value)


def read(site):
    return json.loads(site.run("tests/upgrade_report.py"))


def uploads(site):
    media = Path(site.environment["VAR_DIR"]) / "media"
    return {path.relative_to(media): path.read_bytes() for path in media.rglob("*") if path.is_file()}


@pytest.mark.full
def test_readers_of_the_restored_site_see_no_difference(first, backup, tmp_path):
    assert backup.stat().st_mode & 0o777 == 0o600
    first.manage("backup", "--verify", str(backup))
    second = of_its_own(tmp_path / "elsewhere", like=first)
    assert "manage.py upgrade" in second.manage("restore", str(backup))
    second.manage("upgrade", "--check")
    before = read(first)
    assert len(before["pages"]) > 40
    assert read(second) == before
    assert uploads(second) == uploads(first)
    assert "--replace" in refused(second, "restore", str(backup))
    lost = next(path for path in (tmp_path / "elsewhere" / "media").rglob("*") if path.is_file())
    lost.unlink()
    second.manage("restore", "--replace", str(backup))
    assert read(second) == before
    assert uploads(second) == uploads(first)
    assert len(list((tmp_path / "elsewhere" / "backups").glob("newsroom-*.tar"))) == 1, "of what was replaced"


def rewritten(backup, path, manifest=None, **changes):
    """The backup with other members: {name: bytes, or None for none}; or with something else in its manifest."""
    with tarfile.open(backup) as former, tarfile.open(path, "w") as new:
        for member in former:
            content = former.extractfile(member).read()
            if member.name == "manifest.json":
                content = json.dumps(json.loads(content) | (manifest or {})).encode()
            name = changes.get(member.name, member.name)
            renamed = tarfile.TarInfo(name)
            renamed.size = len(content)
            new.addfile(renamed, io.BytesIO(content))
    return path


@pytest.mark.nightly
def test_what_is_torn_or_another_sites_or_newer_is_refused_and_changes_nothing(first, backup, tmp_path):
    whole = backup.read_bytes()
    torn, damaged = tmp_path / "torn.tar", tmp_path / "damaged.tar"
    torn.write_bytes(whole[: len(whole) // 2])
    middle = len(whole) // 3
    damaged.write_bytes(whole[:middle] + bytes([whole[middle] ^ 255]) + whole[middle + 1 :])
    site = of_its_own(tmp_path / "var", like=first)
    before = uploads(site)
    for path in (torn, damaged):
        assert "damaged" in refused(site, "backup", "--verify", str(path))
        assert "damaged" in refused(site, "restore", str(path))
    other = rewritten(backup, tmp_path / "other.tar", {"site": "https://other.example"})
    assert "https://other.example" in refused(site, "restore", str(other))
    newer = rewritten(backup, tmp_path / "newer.tar", {"version": "99.0.0"})
    assert "99.0.0" in refused(site, "restore", str(newer))
    later = rewritten(backup, tmp_path / "later.tar", {"migrations": ["news.9999_later"]})
    assert "newer" in refused(site, "restore", str(later))
    assert uploads(site) == before


@pytest.mark.nightly
@pytest.mark.parametrize("name", ["media/../../escaped", "/tmp/escaped", "../escaped", "media/./escaped", ".env"])
def test_a_name_that_leads_elsewhere_is_refused(first, backup, tmp_path, name):
    with tarfile.open(backup) as tar:
        manifest = json.loads(tar.extractfile("manifest.json").read())
    one = next(file for file in manifest["files"] if file.startswith("media/"))
    manifest["files"][name] = manifest["files"].pop(one)
    path = rewritten(backup, tmp_path / "led.tar", manifest, **{one: name})
    assert "damaged" in refused(of_its_own(tmp_path / "var", like=first), "restore", str(path))
    assert list(tmp_path.rglob("*escaped*")) == []


@pytest.mark.full
def test_a_disk_without_room_leaves_nothing_half(first, tmp_path):
    """A limit on the size of files stands for the disk's."""
    result = subprocess.run(
        ["bash", "-c", 'ulimit -f 3000; exec "$@"', "-", sys.executable, "manage.py", "backup", str(tmp_path)],
        cwd=settings.BASE_DIR,
        env=first.environment,
        capture_output=True,
        text=True,
    )
    assert result.returncode == 1
    assert result.stderr.startswith("CommandError: No backup: ")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.nightly
def test_only_the_newest_are_kept_and_nobody_elses(first, tmp_path):
    others = [tmp_path / "newsroom-of-my-own.tar", tmp_path / "newsroom-20260101.tar"]
    for other in others:
        other.touch()
    made(first, tmp_path)
    second = made(first, tmp_path)
    third = made(first, tmp_path, "--keep", "2")
    assert set(tmp_path.iterdir()) == {*others, second, third}


@pytest.mark.skipif(ON_POSTGRESQL, reason="pg_dump's own promise")
@pytest.mark.full
def test_what_is_written_meanwhile_is_there_or_not_and_never_half(first, tmp_path):
    """A writer adds two rows in each transaction: the backup has an even number of them."""
    database = Path(first.environment["VAR_DIR"]) / "newsroom.sqlite3"
    write = (
        "import sqlite3, sys, itertools\n"
        "database = sqlite3.connect(sys.argv[1], timeout=20, isolation_level=None)\n"
        "database.execute('CREATE TABLE IF NOT EXISTS written (word)')\n"
        "print('begun', flush=True)\n"
        "while True:\n"
        "    database.executescript('BEGIN IMMEDIATE; INSERT INTO written VALUES (1); "
        "INSERT INTO written VALUES (2); COMMIT')\n"
    )
    writer = subprocess.Popen([sys.executable, "-c", write, database], stdout=subprocess.PIPE)
    try:
        writer.stdout.readline()
        backup = made(first, tmp_path)
        assert writer.poll() is None
    finally:
        writer.kill()
        writer.communicate()
        with closing(sqlite3.connect(database, timeout=20)) as own:
            own.execute("DROP TABLE written")
    with tarfile.open(backup) as tar:
        tar.extract("database.sqlite3", tmp_path, filter="data")
    with closing(sqlite3.connect(tmp_path / "database.sqlite3")) as found:
        ((count,),) = found.execute("SELECT count(*) FROM written")
        assert count > 0
        assert count % 2 == 0
        assert found.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.skipif(ON_POSTGRESQL, reason="SQLite's lock of the whole file")
@pytest.mark.nightly
def test_a_restore_that_fails_leaves_what_was_there(first, backup, tmp_path):
    site = DemoSite(tmp_path / "var", SITE_URL=first.environment["SITE_URL"])
    site.manage("restore", str(backup))
    extra = tmp_path / "var" / "media" / "extra.txt"
    extra.write_text("of before")
    before = uploads(site)
    database = sqlite3.connect(tmp_path / "var" / "newsroom.sqlite3", isolation_level=None)
    with closing(database) as own:
        own.execute("CREATE TABLE of_before (word)")
        own.execute("BEGIN IMMEDIATE")
        assert "in use" in refused(site, "restore", "--replace", str(backup))
        own.execute("ROLLBACK")
        assert own.execute("SELECT count(*) FROM of_before").fetchone() == (0,)
    assert uploads(site) == before
    assert list((tmp_path / "var").glob("media.before-*")) == []
