"""READ_ONLY=1: whoever reads gets everything, whoever writes is told, and nothing is written."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .served import ROOT, Served

PUBLIC = ["/en/", "/zh-hans/", "/en/news/", "/zh-hans/news/", "/sitemap.xml", "/news-sitemap.xml", "/en/news/feed/"]
SEARCHES = ["/en/search/?q=harbour", "/zh-hans/search/?q=%E6%B8%AF", "/en/search/suggestions/?q=har"]


def digest(path):
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


@pytest.fixture
def site(demo_folder, tmp_path):
    """The demo, where somebody has signed in before it was closed."""
    site = Served(tmp_path)
    shutil.copytree(demo_folder, tmp_path / "var")
    site.manage("collectstatic", "--noinput", "-v0")
    site.session = site.sign_in("admin")
    shutil.rmtree(tmp_path / "var" / "cache", ignore_errors=True)
    site.database = tmp_path / "var" / "newsroom.sqlite3"
    site.environment["READ_ONLY"] = "1"
    return site


def addresses_of(html):
    return {path for path in re.findall(r'(?:href|src)="(/[^"#?]*)"', html) if not path.startswith("/cms/logout")}


def is_refused(answer):
    assert (answer.status, answer.headers["Retry-After"]) == (503, "600")
    assert "Nothing was saved" in answer.text and "没有保存" in answer.text
    return True


def test_everything_is_read_and_nothing_written(site):
    before = digest(site.database)
    cookie = {"Cookie": f"sessionid={site.session}"}
    with site.running():
        for path in PUBLIC + SEARCHES:
            answer = site.ask(path)
            assert answer.status == 200, path
            assert "Set-Cookie" not in answer.headers
        assert "<mark" in site.ask(SEARCHES[0]).text
        found = sorted(addresses_of(site.ask("/en/").text + site.ask("/en/news/").text))
        assert len([path for path in found if path.startswith("/en/news/")]) > 5
        assert [path for path in found if path.endswith("/") and site.ask(path).status not in (200, 302)] == []
        for path in ("/cms/login/", "/cms/", "/en/", "/cms/pages/add/news/articlepage/1/", "/nowhere"):
            assert is_refused(site.ask(path, b"username=petra&password=newsroom")), path
            assert is_refused(site.ask(path, b"a=b", **cookie)), path
        told = site.ask("/cms/pages/1/edit/", b"a=b", **{"X-Requested-With": "XMLHttpRequest"}, **cookie)
        assert (told.status, json.loads(told.text)["success"]) == (503, False)
        desk = site.ask("/cms/", **cookie)
        assert (desk.status, 'class="read-only"' in desk.text) == (200, True)
        inside = set()
        more = ["/cms/pages/", "/cms/images/", "/cms/documents/", "/cms/reports/"]
        for path in [*more, *sorted(addresses_of(desk.text))]:
            if path.startswith("/cms/"):
                answer = site.ask(path, **cookie)
                inside |= {found for found in addresses_of(answer.text) if found.startswith("/cms/")}
        editors = [path for path in inside if re.search(r"/(?:edit|releases)/", path)] + ["/cms/account/"]
        assert len(editors) > 3
        wrong = {path: site.ask(path, **cookie).status for path in [*editors, *sorted(inside)[:80]]}
        assert {path: status for path, status in wrong.items() if status >= 500} == {}
        assert json.loads(site.ask("/readyz").text)["read_only"] is True
    assert digest(site.database) == before
    beside = site.database.with_name("newsroom.sqlite3-wal")
    assert not beside.exists() or not beside.stat().st_size


@pytest.mark.full
def test_commands_say_so(site):
    before = digest(site.database)
    for command in ("release_due", "send_notices", "work", "publish_scheduled"):
        assert "READ_ONLY is on" in site.manage(command)
    worker = subprocess.Popen(
        [sys.executable, str(ROOT / "manage.py"), "worker"], env=site.environment, stdout=subprocess.PIPE, text=True
    )
    assert "READ_ONLY is on" in worker.stdout.readline()
    assert worker.stdout.readline() == "Running nothing.\n"
    worker.terminate()
    assert worker.wait(timeout=120) == 0
    for command in (["bootstrap"], ["upgrade"], ["build_search_index"], ["import_releases", "nothing"], ["demo"]):
        assert "READ_ONLY is on" in site.manage(*command, code=1)
    assert digest(site.database) == before


WITHOUT_ROOTS_RIGHTS = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []


@pytest.mark.full
@pytest.mark.skipif(bool(WITHOUT_ROOTS_RIGHTS) and shutil.which("setpriv") is None, reason="no setpriv")
def test_a_file_in_a_folder_that_is_read_only(site, tmp_path):
    folders = [tmp_path / "var", *(path for path in (tmp_path / "var").rglob("*") if path.is_dir())]
    for path in folders:
        path.chmod(0o555)
    try:
        with site.running(WITHOUT_ROOTS_RIGHTS):
            assert {path: site.ask(path).status for path in PUBLIC + SEARCHES} == dict.fromkeys(PUBLIC + SEARCHES, 200)
            assert is_refused(site.ask("/cms/login/", b"a=b"))
            assert site.ask("/readyz").status == 200
            desk = site.ask("/cms/", Cookie=f"sessionid={site.session}")
            assert (desk.status, 'class="read-only"' in desk.text) == (200, True)
    finally:
        for path in folders:
            path.chmod(0o755)
    assert not site.database.with_name("newsroom.sqlite3-shm").exists()


@pytest.mark.full
def test_postgresql_takes_nothing(postgresql, tmp_path):
    site = Served(tmp_path, DATABASE_URL=postgresql.url)
    site.manage("collectstatic", "--noinput", "-v0")
    site.environment["READ_ONLY"] = "yes"
    said = site.manage("shell", "-v0", "-c", "from news.models import Topic; Topic().save()", code=1)
    assert "read-only transaction" in said
    with site.running():
        assert [site.ask(path).status for path in ("/en/", "/zh-hans/search/?q=a", "/cms/login/")] == [200] * 3
        assert is_refused(site.ask("/cms/login/", b"a=b"))
