"""Stored pages behind a real nginx, by the site's file and the configuration that `front_nginx` prints."""

import gzip
import shutil
import time
from datetime import UTC, datetime

import pytest
from django.conf import settings

from home import clock
from home.front.nginx import configuration
from home.front.store import Store

from .demo_site import DemoSite, free_port
from .nginx import ask, ask_at, deployed_with_stored_pages, needed, nginx

pytestmark = needed
OWN = {"connection", "content-length", "date", "etag", "last-modified", "server", "transfer-encoding", "vary"}
"""Headers of a server, not of a page."""
OF_PYTHON = {"x-request-id"}
NOTICE = """
from home.models import Appearance
from wagtail.models import Site
Appearance.objects.update_or_create(
    site=Site.objects.get(is_default_site=True),
    defaults={{"notice_en": "Notice {number}", "notice_zh_hans": "公告{number}"}},
)
"""
WITHDRAWAL = """
from tests.stored.changes.ways import article, petra, release_of
from news.release.withdrawal import withdraw
withdraw(release_of(article("ten-measures-for-ports")), petra(), "Wrong.")
"""
PAGES = {
    "/en/": 200,
    "/zh-hans/": 200,
    "/en/news/": 200,
    "/zh-hans/news/?year=2026": 200,
    "/en/partners/?kind=government": 200,
    "/en/news/ten-measures-for-ports/": 200,
    "/zh-hans/news/ten-measures-for-ports/bilingual/": 200,
    "/en/news/feed/": 200,
    "/sitemap.xml": 200,
    "/zh-hans/news/call-for-papers-2027/": 404,
}


class StoredSite(DemoSite):
    """The demo behind nginx, by the clock of this machine, as nginx has no other. `front` is nginx's port."""

    def __init__(self, folder, **environment):
        self.front = free_port()
        super().__init__(folder / "var", datetime.now(UTC), FRONT_DIR=str(folder / "front"), **environment)
        self.pages = folder / "front" / "current" / "pages"

    def python(self, url):
        """Past nginx."""
        return ask_at(self.port, url)


@pytest.fixture
def site(demo_folder, tmp_path):
    shutil.copytree(demo_folder, tmp_path / "var")
    site = StoredSite(tmp_path)
    (tmp_path / "var" / "static").mkdir()
    (tmp_path / "var" / "static" / "503.html").touch()  # of production: tests/test_deployed.py
    configuration = deployed_with_stored_pages(site, tmp_path, site.manage("front_nginx"), f"127.0.0.1:{site.port}")
    with site.serve(), nginx(tmp_path, configuration, site.front, TZ="Asia/Shanghai"):
        yield site


def headers(answer):
    """A policy's parts come in any order."""
    return {
        name.lower(): sorted(value.split("; "))
        for name, value in answer.getheaders()
        if name.lower() not in OWN | OF_PYTHON
    }


def is_what_python_answers(site):
    for url, status in PAGES.items():
        first, second, python = ask(site, url), ask(site, url), site.python(url)
        assert second.getheader("ETag"), f"{url} comes from a file"
        assert (first.status, second.status, python.status) == (status, status, status), url
        assert first.body == second.body == python.body, url
        expected = headers(python)
        if status != 200:  # the demo is in debug mode, in which errors have no policy
            expected["content-security-policy"] = headers(second)["content-security-policy"]
            assert "content-security-policy" not in headers(python)
        assert headers(second) == expected, url
        assert headers(first) in (headers(second), headers(python)), url
        packed = ask(site, url, **{"Accept-Encoding": "gzip"})
        assert packed.getheader("Content-Encoding") == "gzip" and gzip.decompress(packed.body) == python.body
        assert len(packed.body) < len(python.body) / 2
        if status == 200:
            assert any(is_unchanged(site, url) for _attempt in range(3)), "the demo's own worker may forget it once"


def is_unchanged(site, url):
    mark = ask(site, url).getheader("ETag")
    return bool(mark) and ask(site, url, **{"If-None-Match": mark}).status == 304


def asks_for_what_is_no_page_of_its_own(site):
    for _twice in range(2):
        ask(site, "/en/news/"), ask(site, "/en/about/")
        assert not ask(site, "/en/about/", Cookie="sessionid=somebody").getheader("ETag")
    nothing_of_its_own = (
        "/en/about/?topic=anything",
        "/en/news/ten-measures-for-ports/?year=2026",
        "/en/news/?topic=%74ransport",
        "/en/news/?topic=nothing",
        "/en/partners/?city=Nothing",
        "/en/news/?page=nothing",
        "/en/news/?year=2026&page=x",
        "/en/search/?q=bay",
        "/en/news/nothing-here/",
    )
    for url in nothing_of_its_own:
        answers = [ask(site, url) for _twice in range(2)]
        assert not any(answer.getheader("ETag") for answer in answers), url
        assert {answer.status for answer in answers} == {site.python(url).status}, url
    assert not list(site.pages.rglob("*[Nn]othing*")), "what is without number would fill a disk"
    assert ask(site, "/en/news/?utm_source=letter&utm_medium=mail").getheader("ETag"), "a campaign's marks say nothing"
    assert not ask(site, "/en/news/", "POST").getheader("ETag")


def shows_a_change_at_once(site):
    """That another process makes than the one that stores."""
    for number in range(3):
        site.manage("shell", "-c", NOTICE.format(number=number))
        for url in ("/en/about/", "/en/about/", "/en/news/nothing-here/"):
            assert f"Notice {number}" in ask(site, url).body.decode()
        for _twice in range(2):
            assert f"公告{number}" in ask(site, "/zh-hans/news/ten-measures-for-ports/").body.decode()
        assert ask(site, "/en/about/").getheader("ETag")
    assert ask(site, "/en/news/ten-measures-for-ports/").status == 200
    site.manage("shell", "-c", WITHDRAWAL)
    for _twice in range(2):
        assert ask(site, "/en/news/ten-measures-for-ports/").status == 410
    gone = ask(site, "/en/news/ten-measures-for-ports/")
    assert gone.getheader("ETag") and gone.getheader("X-Robots-Tag") == "noindex"


def goes_on_while_python_is_away(site):
    for url in PAGES:
        PAGES[url] = ask(site, url).status  # one was withdrawn
    site.server.terminate()
    site.server.wait(timeout=120)
    for url, status in PAGES.items():
        assert ask(site, url).status == status, url
    away = ask(site, "/en/news/nothing-here/")
    assert away.status == 503 and away.getheader("Retry-After")
    site.manage("front_forget")
    assert ask(site, "/en/").status == 503


@pytest.mark.django_db
def test_one_of_several_nodes_is_asked_where_its_lease_is_over(tmp_path, monkeypatch):
    """Though nobody takes anything away: the one who would may have been killed."""
    store = Store(tmp_path / "front", lambda: {}, clock.day, lambda: "a", is_followed=True)
    monkeypatch.setattr("home.front.nginx.store", lambda: store)
    port = free_port()
    server = f"server {{ listen 127.0.0.1:{port}; {configuration()} location @newsroom {{ return 503; }} }}"
    store.hold(time.time() + 3)
    assert store.put(store.ticket(), "pages", "en/index.html", {"everything"}, b"words")
    with nginx(tmp_path, server, port, TZ=settings.TIME_ZONE):
        store.hold(time.time() + 3)
        assert ask_at(port, "/en/").body == b"words"
        time.sleep(3.1)
        assert ask_at(port, "/en/").status == 503, "Python is away"
        store.hold(time.time() + 9)
        assert ask_at(port, "/en/").body == b"words"


def test_a_site_with_stored_pages(site):
    """One after another: a site is long in starting."""
    is_what_python_answers(site)
    asks_for_what_is_no_page_of_its_own(site)
    shows_a_change_at_once(site)
    goes_on_while_python_is_away(site)
