"""What readers get of stored pages, byte for byte, while something of the machine is away or broken."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from .demo_site import free_port
from .disks import small_disk
from .nginx import ask, deployed_with_stored_pages, needed, nginx
from .served import Served

pytestmark = needed
STORED = ["/en/", "/zh-hans/", "/en/news/", "/zh-hans/news/", "/en/partners/", "/zh-hans/news/feed/", "/sitemap.xml"]
NEVER_STORED = ["/en/search/?q=bay", "/zh-hans/news/nothing-here/", "/en/news/?page=nothing"]
NOTICE = """
from home.models import Appearance
from wagtail.models import Site
Appearance.objects.update_or_create(
    site=Site.objects.get(), defaults={{"notice_en": "Notice {0}", "notice_zh_hans": "公告{0}"}}
)
"""
PAGES = [path for path in STORED if path.endswith("/") and "feed" not in path]
A_DAY = 24 * 60 * 60


@pytest.fixture
def site(database, tmp_path):
    front, folder = free_port(), tmp_path / "front"
    site = Served(tmp_path, DATABASE_URL=f"sqlite:///{database}", FRONT_DIR=str(folder))
    host = f"127.0.0.1:{front}"
    site.environment["SITE_URL"] = f"http://{host}"
    site.front, site.pages, site.database = front, folder, database
    site.manage("collectstatic", "--noinput", "-v0")
    with small_disk(folder) as site.fill:
        printed = output(site, "manage.py", "front_nginx")
        with nginx(tmp_path, deployed_with_stored_pages(site, tmp_path, printed, host), front, TZ="Asia/Shanghai"):
            yield site


def output(site, *command, **environment):
    environment = {**site.environment, **environment}
    done = subprocess.run([sys.executable, *command], cwd=settings.BASE_DIR, env=environment, stdout=subprocess.PIPE)
    assert done.returncode == 0
    return done.stdout.decode()


def change(site, number):
    output(site, "manage.py", "shell", "-c", NOTICE.format(number))


def read(site):
    return {path: (answer.status, answer.body) for path in STORED if (answer := ask(site, path))}


def stored(site):
    """Answers from files alone."""
    for _twice in range(2):
        answers = {path: ask(site, path) for path in STORED}
    assert all(answer.getheader("ETag") for answer in answers.values())
    return read(site)


def shows(site, number):
    """In every page, at once and from then on."""
    for _twice in range(2):
        found = read(site)
        for path in PAGES:
            notice = f"Notice {number}" if path.startswith("/en/") else f"公告{number}"
            assert notice in found[path][1].decode(), path


def are_away(site):
    for path in NEVER_STORED:
        away = ask(site, path)
        assert away.status == 503 and away.getheader("Retry-After").isdigit(), path
        assert "cannot be reached" in away.body.decode() and "暂时无法访问" in away.body.decode(), path


def test_readers_read_on_whatever_is_away(site):
    """One after another: a site is long in starting."""
    with site.running():
        stored(site)
        the_disk_is_full(site)
        what_is_beside_the_pages_is_damaged(site)
        the_clock_is_set_back(site)
        before = stored(site)
    assert read(site) == before, "without Python"
    are_away(site)
    the_database_is_away(site, before)


def the_database_is_away(site, before):
    elsewhere = site.database.parent.with_name("elsewhere")
    site.database.parent.rename(elsewhere)
    with site.running():
        assert read(site) == before
        are_away(site)
        elsewhere.rename(site.database.parent)
        assert ask(site, NEVER_STORED[0]).status == 200


def the_disk_is_full(site):
    if site.fill is None:
        return
    before, file = stored(site), site.fill()
    assert read(site) == before
    assert ask(site, "/en/partners/?kind=company").status == 200
    change(site, "on a full disk")
    shows(site, "on a full disk")
    file.unlink()
    stored(site)
    shows(site, "on a full disk")


def what_is_beside_the_pages_is_damaged(site):
    for number, file in enumerate(("current/index.sqlite3", "state.sqlite3")):
        before = stored(site)
        for suffix in ("-wal", "-shm"):
            Path(f"{site.pages}/{file}{suffix}").unlink(missing_ok=True)
        Path(f"{site.pages}/{file}").write_bytes(b"nothing of the kind" * 1000)
        assert read(site) == before
        change(site, f"past damage {number}")
        shows(site, f"past damage {number}")
        stored(site)


def the_clock_is_set_back(site):
    """Of what stores and changes; the web server's stays."""
    before, clock = stored(site), {"CLOCK": str(-A_DAY)}
    printed = output(site, "tests/clock.py", "manage.py", "front_warm", **clock)
    assert re.search(r"\d+ pages are stored", printed)
    feed = "/zh-hans/news/feed/"  # without news it says when it was made
    assert read(site) | {feed: before[feed]} == before
    output(site, "tests/clock.py", "manage.py", "shell", "-c", NOTICE.format("of yesterday"), **clock)
    shows(site, "of yesterday")
    stored(site)
