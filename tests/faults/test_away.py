"""Behind nginx with stored pages: PostgreSQL is away under readers and an editor; many hold a line and say nothing."""

import socket
import subprocess
import sys
import threading
import time
from contextlib import ExitStack, contextmanager

import pytest

from tests.demo_site import free_port
from tests.nginx import ask, deployed_with_stored_pages, needed, nginx
from tests.served import ROOT

from .newsroom import Newsroom

pytestmark = needed
STORED = ["/en/", "/zh-hans/", "/en/news/", "/zh-hans/news/"]
NOT_STORED = "/en/search/?q=air"
READERS, IDLE = 8, 200


@contextmanager
def behind_nginx(tmp_path, database_url):
    front = free_port()
    host = f"127.0.0.1:{front}"
    told = {"FRONT_DIR": str(tmp_path / "front"), "SITE_URL": f"http://{host}", "DATABASE_URL": database_url}
    site = Newsroom(tmp_path, **told).begin()
    site.front = front
    command = [sys.executable, "manage.py", "front_nginx"]
    printed = subprocess.run(command, cwd=ROOT, env=site.environment, stdout=subprocess.PIPE, check=True).stdout
    configuration = deployed_with_stored_pages(site, tmp_path, printed.decode(), host)
    with nginx(tmp_path, configuration, front, TZ="Asia/Shanghai"), site.running():
        for _twice in range(2):
            answers = [ask(site, path) for path in STORED]
        assert all(answer.getheader("ETag") for answer in answers), "they are files by now"
        yield site


class Reader(threading.Thread):
    """Asks for one page after another until it is over."""

    def __init__(self, site, over):
        super().__init__()
        self.site, self.over = site, over
        self.stored, self.others = set(), set()

    def run(self):
        while not self.over.is_set():
            self.stored |= {ask(self.site, path).status for path in STORED}
            answer = ask(self.site, NOT_STORED)
            self.others.add((answer.status, bool(answer.getheader("Retry-After"))))
            time.sleep(0.2)


@pytest.mark.parametrize("seconds", [3, pytest.param(20, marks=pytest.mark.nightly)])
def test_postgresql_is_away_under_readers_and_an_editor(postgresql, tmp_path, seconds):
    with behind_nginx(tmp_path, postgresql.url) as site:
        before, over = site.counted(), threading.Event()
        readers = [Reader(site, over) for _number in range(READERS)]
        for reader in readers:
            reader.start()
        try:
            time.sleep(1)
            postgresql.stop()
            back_at, tried = time.monotonic() + seconds, 0
            while time.monotonic() < back_at or not tried:
                for answer in (site.save(), site.shown(site.release)):
                    assert answer.status == 503 and answer.headers["Retry-After"].isdigit()
                    assert "cannot be reached" in answer.text and "暂时无法访问" in answer.text
                tried += 1
            postgresql.start()
            assert site.counted() == before
            assert site.save().status == 302, "at once, without a restart"
            assert site.let_out().status == 302
            time.sleep(1)
        finally:
            over.set()
            for reader in readers:
                reader.join()
        assert set.union(*(reader.stored for reader in readers)) == {200}
        assert set.union(*(reader.others for reader in readers)) == {(200, False), (503, True)}
        both = [site.article, site.article.replace("/en/", "/zh-hans/"), NOT_STORED]
        assert [ask(site, path).status for path in both] == [200] * 3


BEGUN = [
    b"",
    b"GET /en/ HTTP/1.1\r\n",
    b"POST /cms/login/ HTTP/1.1\r\nHost: a\r\nContent-Length: 9000\r\n\r\nusername=",
]


def test_many_hold_on_to_the_line_and_readers_do_not_wait(database, tmp_path):
    with behind_nginx(tmp_path, f"sqlite:///{database}") as site, ExitStack() as held:
        for number in range(IDLE):
            line = held.enter_context(socket.create_connection(("127.0.0.1", site.front)))
            line.sendall(BEGUN[number % len(BEGUN)])
        for path in [*STORED, NOT_STORED, "/cms/login/"] * 2:
            began = time.monotonic()
            assert ask(site, path).status == 200
            assert time.monotonic() - began < 5, path
