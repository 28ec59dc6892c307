"""Two servers of PostgreSQL, one behind the other: guests are answered by it, and never with what is old."""

import re
import time

import pytest

from .served import POSTGRESQL, PostgreSQL, Served

pytestmark = [pytest.mark.full, pytest.mark.skipif(POSTGRESQL is None, reason="no PostgreSQL")]
COOKIE = {"Cookie": "sessionid=0123456789abcdefghijklmnopqrstuv"}
HOME = '"home_homepage"'
ENGLISH = "(SELECT id FROM wagtailcore_locale WHERE language_code = 'en')"
PAGES = f"(SELECT id FROM wagtailcore_page WHERE locale_id = {ENGLISH})"
WRITE = f"UPDATE home_homepage SET introduction = %s WHERE page_ptr_id IN {PAGES}"
WITHDRAW = f"UPDATE wagtailcore_page SET live = %s WHERE depth = 3 AND slug = 'news' AND locale_id = {ENGLISH}"


class Pair:
    def __init__(self, folder):
        import psycopg

        self.connect = psycopg.connect
        self.first = PostgreSQL()
        self.first.start()
        self.second = None
        self.folder = folder
        self.site = Served(folder, DATABASE_URL=self.first.url)
        self.site.manage("migrate", "-v0")
        self.site.manage("bootstrap")
        self.site.manage("collectstatic", "--noinput", "-v0")
        self.number = 0

    def follow(self):
        """A new replica in the place of the last."""
        self.end_second()
        self.second = PostgreSQL(follows=self.first)
        self.second.start("log_statement=all")
        self.site.environment["DATABASE_REPLICA_URL"] = self.second.url

    def on(self, server, sql, *params):
        with self.connect(server.url, autocommit=True) as connection:
            found = connection.execute(sql, params)
            return found.fetchone() if found.description else None

    def change(self):
        """Committed on the first; what readers have to see from now on."""
        self.number += 1
        words = f"The harbour on day {self.number}."
        self.on(self.first, WRITE, words)
        return words

    def answers(self, path="/en/", **headers):
        """(the page, how much of it was read from the second)"""
        before = len(self.log)
        answer = self.site.ask(path, **headers)
        assert answer.status == 200, answer.text
        return answer.text, self.log[before:].count(HOME)

    def answer_of_second(self, path="/en/"):
        """A page, once the second has read it: the first writes something of its own now and then."""
        for _attempt in range(60):
            page, count = self.answers(path)
            if count:
                return page
            time.sleep(0.5)
        pytest.fail("it is not read")

    @property
    def log(self):
        return (self.second.folder / "log").read_text()

    def catch_up(self):
        [written] = self.on(self.first, "SELECT pg_current_wal_insert_lsn()")
        for _attempt in range(300):
            if self.on(self.second, "SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn", written) == (True,):
                return
            time.sleep(0.1)
        pytest.fail("it does not follow")

    def end_second(self):
        if self.second:
            self.second.stop()
            self.second.remove()

    def end(self):
        self.end_second()
        self.first.stop()
        self.first.remove()


@pytest.fixture(scope="module")
def servers(tmp_path_factory):
    pair = Pair(tmp_path_factory.mktemp("pair"))
    yield pair
    pair.end()


@pytest.fixture
def pair(servers):
    environment = dict(servers.site.environment)
    yield servers
    servers.site.environment = environment


@pytest.fixture
def followed(pair):
    pair.follow()
    pair.site.log.unlink(missing_ok=True)
    with pair.site.running():
        pair.answers()  # what is kept is made
        pair.catch_up()
        yield pair


def test_guests_are_answered_by_it_and_nobody_is_answered_with_what_is_old(followed):
    words = followed.change()
    followed.catch_up()
    assert words in followed.answer_of_second(), "it has all that was written"
    assert followed.answers(**COOKIE)[1] == 0, "who may have signed in"
    assert followed.answers("/cms/login/")[1] == 0

    followed.on(followed.second, "SELECT pg_wal_replay_pause()")
    for _time in range(10):
        former, words = words, followed.change()
        page, count = followed.answers()
        assert words in page and former not in page and count == 0
    followed.on(followed.first, WITHDRAW, False)
    assert followed.site.ask("/en/news/").status == 404
    followed.on(followed.first, WITHDRAW, True)
    assert followed.site.ask("/en/news/").status == 200
    assert "hardly read" not in followed.site.manage("doctor", code=1)

    followed.on(followed.second, "SELECT pg_wal_replay_resume()")
    followed.catch_up()
    assert words in followed.answer_of_second()

    served = 0
    for _time in range(40):  # it follows by itself, some moments behind
        words = followed.change()
        for _reader in range(2):
            page, count = followed.answers()
            assert words in page
            served += bool(count)
    assert served, "and is read as soon as it has caught up"


@pytest.mark.nightly
def test_what_is_stored_is_made_of_the_first(pair):
    pair.follow()
    pair.site.environment["FRONT_DIR"] = str(pair.folder / "front")
    with pair.site.running():
        pair.answers("/en/search/?q=harbour")
        pair.catch_up()
        pair.answer_of_second("/en/?utm_source=a")  # a page that is not stored
        words = pair.change()
        pair.catch_up()
        page, count = pair.answers("/en/")
        assert words in page and count == 0
        [stored] = (pair.folder / "front").rglob("en/index.html*gz")
        assert stored.stat().st_size
        pair.on(pair.second, "SELECT pg_wal_replay_pause()")
        words = pair.change()
        page, count = pair.answers("/en/?utm_source=b")
        assert words in page and count == 0


def test_it_is_away_or_goes_or_is_another(followed, tmp_path):
    words = followed.change()
    followed.catch_up()
    followed.answer_of_second()
    others = "FROM pg_stat_activity WHERE usename = 'newsroom' AND pid <> pg_backend_pid()"
    followed.on(followed.second, f"SELECT count(pg_terminate_backend(pid)) {others}")
    assert words in followed.answers()[0], "its connections were cut"
    followed.second.stop()
    began = time.monotonic()
    for _time in range(5):
        assert words in followed.site.ask("/en/").text
    assert time.monotonic() - began < 10
    assert "replica: it does not answer" in followed.site.manage("doctor", code=1)
    followed.second.start("log_statement=all")
    followed.catch_up()
    followed.answer_of_second()
    followed.second.run("pg_ctl", "promote", "-w")
    followed.on(followed.second, WRITE, "Written elsewhere.")
    words = followed.change()
    for _time in range(3):
        page, count = followed.answers()
        assert words in page and count == 0, "it follows no more"
    assert "is no replica" in followed.site.manage("doctor", code=1)
    log = followed.site.log.read_text()
    assert "The replica is away" in log and "Traceback" not in log


def test_a_server_that_is_no_replica_of_this_one_is_not_read(pair):
    other = PostgreSQL()
    other.start()
    try:
        pair.site.environment["DATABASE_REPLICA_URL"] = other.url
        pair.site.log.unlink(missing_ok=True)
        words = pair.change()
        with pair.site.running():
            assert words in pair.site.ask("/en/").text
            assert words in pair.site.ask("/en/").text
        assert len(re.findall("is no replica of DATABASE_URL", pair.site.log.read_text())) >= 1
    finally:
        other.stop()
        other.remove()
