"""Two web nodes and a PostgreSQL: whatever becomes of one of them, no reader of either gets what was there before."""

import gzip
import json
import os
import signal
import sys
import threading
import time
from statistics import median
from subprocess import PIPE, Popen

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from home import clock
from home.front.nodes import LEASE

from .test_release_processes import pristine, site  # noqa: F401  (fixtures)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.full,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="several nodes share a PostgreSQL"),
]
LISTS = "/en/news/", "/zh-hans/news/"
CUT_OFF = (
    "ALTER DATABASE {name} ALLOW_CONNECTIONS false",
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'",
)
LET_IN = "ALTER DATABASE {name} ALLOW_CONNECTIONS true"
RELEASES = int(os.environ.get("FRONT_RELEASES", "3"))
SOON = 10
"""Seconds within which a node follows that can."""


class Node:
    """A machine: a folder of its own, somebody who follows, and a process that answers."""

    def __init__(self, site, name, folder):  # noqa: F811
        self.name, self.folder = name, folder
        self.environment = {**site.environment, "FRONT_DIR": str(folder), "FRONT_NODE": name}
        self.follower = self.start("manage.py", "front_follow")
        self.python = self.start("-m", "news.tests.front_process")
        self.lock = threading.Lock()

    def start(self, *command):
        words = {"stdin": PIPE, "stdout": PIPE, "stderr": PIPE, "text": True}
        return Popen([sys.executable, *command], cwd=settings.BASE_DIR, env=self.environment, **words)

    def follow(self):
        self.follower = self.start("manage.py", "front_follow")
        self.wait_until_it_follows()

    def wait_until_it_follows(self):
        deadline = time.monotonic() + 2 * LEASE
        while not (self.folder / "held" / str(int(time.time()))).is_symlink():
            if time.monotonic() > deadline or self.follower.poll() is not None:
                self.follower.kill()
                pytest.fail(f"{self.name} does not follow: {self.follower.communicate()}")
            time.sleep(0.05)

    def do(self, *words):
        with self.lock:
            print(json.dumps(words), file=self.python.stdin, flush=True)
            line = self.python.stdout.readline()
        assert line, self.python.communicate()[1]
        return json.loads(line)

    def found(self, path):
        """What a web server sends without asking, None if it has to ask."""
        here = self.folder / "held" / str(int(time.time())) / clock.day().isoformat()
        try:
            return gzip.decompress((here / f"{path.strip('/')}/index.html.gz").read_bytes()).decode()
        except OSError:
            return None

    def answer(self, path):
        """What a reader gets: status and text."""
        stored = self.found(path)
        return (200, stored) if stored is not None else self.do("get", path)

    def fill(self):
        for path in LISTS:
            assert self.do("get", path)[0] == 200

    def is_full(self):
        return [self.found(path) is not None for path in LISTS]

    def end(self):
        for process in (self.follower, self.python):
            if process.poll() is None:
                process.kill()
            process.communicate()


@pytest.fixture
def nodes(site, tmp_path):  # noqa: F811
    outage(site, "ALTER DATABASE {name} SET timezone TO 'Asia/Shanghai'")  # as initdb finds it on a machine there
    nodes = [Node(site, name, tmp_path / name) for name in ("one", "other")]
    try:
        site.releases = [line.split() for line in site.step("prepare", str(RELEASES + 5)).splitlines()]
        for node in nodes:
            node.wait_until_it_follows()
            assert node.python.stdout.readline() == "ready\n"
        yield nodes
    finally:
        for node in nodes:
            node.end()


def sql(site, words):  # noqa: F811
    with psycopg.connect(site.environment["DATABASE_URL"], autocommit=True) as database:
        database.execute(words)


def outage(site, *statements):  # noqa: F811
    name = site.environment["DATABASE_URL"].rpartition("/")[2]
    with connection._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement.format(name=name))


def fill(*nodes):
    """And see that it is stored."""
    deadline = time.monotonic() + SOON
    for node in nodes:
        node.fill()
        while not all(node.is_full()) and time.monotonic() < deadline:  # doors open a moment after the commit
            time.sleep(0.01)
            node.fill()
        assert node.is_full() == [True, True], node.name


def shows(node, words):
    """Of both lists, as readers of a node get them and as its Python answers."""
    for path in LISTS:
        assert words in node.answer(path)[1], (node.name, path)
        assert words in node.do("get", path)[1], (node.name, path)


def release_next(site, on, nodes):  # noqa: F811
    """Release and look at once. Returns the seconds it took, and those of them that other nodes took."""
    key, slug = site.releases.pop()
    slug = f"/{slug}/"
    before = [node.answer(path)[1] for node in nodes for path in LISTS]
    assert not any(slug in text for text in before)
    told = on.do("release", key)
    for node in nodes:
        stored = [node.found(path) for path in LISTS]
        assert all(text is None or slug in text for text in stored), f"{node.name} has the list of before"
        shows(node, slug)
    return told


def is_new_at_once_on_both(site, nodes):  # noqa: F811
    one, other = nodes
    done, halves = threading.Event(), []
    slugs = [slug for _key, slug in site.releases]

    def read(first, second):
        while not done.is_set():
            for slug in slugs:
                paths = f"/{first}/news/{slug}/", f"/{second}/news/{slug}/"
                if other.answer(paths[0])[0] == 200 and other.answer(paths[1])[0] != 200:
                    halves.append(paths)

    readers = [threading.Thread(target=read, args=pair) for pair in (("en", "zh-hans"), ("zh-hans", "en"))]
    for reader in readers:
        reader.start()
    try:
        added = []
        for _number in range(RELEASES):
            fill(one, other)
            added.append(release_next(site, one, nodes)[1])
    finally:
        done.set()
        for reader in readers:
            reader.join()
    assert halves == []
    print(f"a release waits {median(added) * 1000:.1f} ms for the other node")
    assert max(added) < LEASE / 2


def is_new_at_once_whatever_writes(site, nodes):  # noqa: F811
    one, other = nodes
    for words in ("In one statement", "In another"):
        fill(one, other)
        other.do("notice", words)
        for node in nodes:
            shows(node, words)
    fill(one, other)
    one.do("command", "front_forget")
    assert [node.is_full() for node in nodes] == [[False, False]] * 2
    fill(one, other)
    one.do("command", "migrate")
    assert [node.is_full() for node in nodes] == [[False, False]] * 2


def is_left_alone_by_what_did_not_happen(site, nodes):  # noqa: F811
    """It may go, and is stored anew as it was."""
    fill(*nodes)
    assert nodes[0].do("refused_at_commit", "Never said")
    fill(*nodes)
    assert not any("Never said" in node.answer(path)[1] for node in nodes for path in LISTS)


def is_not_changed_while_others_cannot_be_told(site, nodes):  # noqa: F811
    fill(*nodes)
    sql(site, "ALTER TABLE home_frontdoor ADD CONSTRAINT nothing_more CHECK (id < 0) NOT VALID")
    assert "nothing_more" in nodes[0].do("is_refused", "notice", "Not said")
    sql(site, "ALTER TABLE home_frontdoor DROP CONSTRAINT nothing_more")
    fill(*nodes)
    assert not any("Not said" in node.answer(path)[1] for node in nodes for path in LISTS)


def joins_while_a_change_is_about_to_be_committed(site, nodes):  # noqa: F811
    """Which does not wait for it, as it was not there."""
    one, other = nodes
    other.follower.terminate()
    other.follower.communicate()
    file = one.folder / "now"
    change = threading.Thread(target=one.do, args=("just_before_commit", "Said late", str(file)))
    change.start()
    try:
        other.follow()
        other.fill()
        assert other.is_full() == [False, False], "it would be what was there before"
    finally:
        file.touch()
        change.join()
    fill(one, other)
    for node in nodes:
        shows(node, "Said late")


def goes_out_when_it_is_killed(site, nodes):  # noqa: F811
    one, other = nodes
    fill(one, other)
    other.follower.kill()
    other.follower.communicate()
    assert other.is_full() == [True, True], "nothing has changed yet"
    waited = release_next(site, one, nodes)[1]
    assert LEASE - 1 < waited < LEASE + 3, "a change waits until the lease is over"
    print(f"after a follower was killed, a release waits {waited:.1f} s")
    other.fill()
    assert other.is_full() == [False, False], "nothing is stored without a lease"
    assert release_next(site, one, nodes)[1] < 1, "it is waited for once"
    other.follow()
    fill(one, other)


def goes_out_when_it_is_stopped(site, nodes):  # noqa: F811
    one, other = nodes
    fill(one, other)
    other.follower.send_signal(signal.SIGSTOP)
    waited = release_next(site, one, nodes)[1]
    assert LEASE - 1 < waited < LEASE + 3
    print(f"after a follower was stopped, a release waits {waited:.1f} s")
    other.follower.send_signal(signal.SIGCONT)
    until = time.monotonic() + 1
    while time.monotonic() < until:
        assert other.is_full() == [False, False], "nobody has asked yet"
    other.wait_until_it_follows()
    fill(one, other)


def is_not_touched_by_a_moment_without_the_database(site, nodes):  # noqa: F811
    """Nor does it wait for a new lease, or begin anew with no pages."""
    fill(*nodes)
    outage(site, *CUT_OFF)
    stay_full(nodes, 3)
    outage(site, LET_IN)
    stay_full(nodes, LEASE + 1)
    assert release_next(site, nodes[0], nodes)[1] < 1


def begins_anew_after_the_database_has_forgotten(site, nodes):  # noqa: F811
    """As after a crash, or where a copy takes its place: what was told there last is not there."""
    fill(*nodes)
    with psycopg.connect(site.environment["DATABASE_URL"]) as database:
        database.execute("UPDATE home_frontnode SET renewed_at = renewed_at - interval '1 millisecond'")
        others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        database.execute(f"SELECT pg_terminate_backend(pid) {others}")
    deadline = time.monotonic() + SOON
    while any(any(node.is_full()) for node in nodes) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [node.is_full() for node in nodes] == [[False, False]] * 2
    for node in nodes:
        node.wait_until_it_follows()
    fill(*nodes)


def stay_full(nodes, seconds):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        assert [node.is_full() for node in nodes] == [[True, True]] * 2
        time.sleep(0.05)


def comes_back_with_the_database(site, nodes):  # noqa: F811
    fill(*nodes)
    outage(site, *CUT_OFF)
    deadline = time.monotonic() + LEASE
    while any(any(node.is_full()) for node in nodes) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [node.is_full() for node in nodes] == [[False, False]] * 2
    outage(site, LET_IN)
    for node in nodes:
        node.wait_until_it_follows()
    fill(*nodes)
    release_next(site, nodes[1], nodes)


def test_two_nodes(site, nodes):  # noqa: F811
    """One after another: they are long in starting."""
    is_new_at_once_on_both(site, nodes)
    is_new_at_once_whatever_writes(site, nodes)
    is_left_alone_by_what_did_not_happen(site, nodes)
    is_not_changed_while_others_cannot_be_told(site, nodes)
    joins_while_a_change_is_about_to_be_committed(site, nodes)
    goes_out_when_it_is_killed(site, nodes)
    goes_out_when_it_is_stopped(site, nodes)
    is_not_touched_by_a_moment_without_the_database(site, nodes)
    begins_anew_after_the_database_has_forgotten(site, nodes)
    comes_back_with_the_database(site, nodes)
    for node in nodes:
        node.follower.terminate()
        _said, errors = node.follower.communicate(timeout=120)
        assert node.follower.returncode == 0, errors
        assert node.is_full() == [False, False], "it says so when it ends"
