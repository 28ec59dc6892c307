"""Several processes at once, killed ones among them, on SQLite and on PostgreSQL."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

import pytest
from django.conf import settings
from django.db import connection

pytestmark = [pytest.mark.django_db, pytest.mark.full]
ROOT = settings.BASE_DIR


SEARCHED = """
from wagtail.models import Locale
from news.models import ArticlePage
for language, words in ("en", "forum"), ("zh-hans", "论坛"):
    locale = Locale.objects.get(language_code=language)
    print(len(ArticlePage.objects.live().filter(locale=locale).search(words)))
"""


class Site:
    """A database of its own, as `bootstrap` left it, and commands that run on it."""

    def __init__(self, folder, database_url):
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "newsroom.settings.dev",
            "DATABASE_URL": database_url,
            "VAR_DIR": str(folder),
        }

    def start(self, *command):
        return subprocess.Popen(
            [sys.executable, *command],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *command, code=0):
        process = self.start(*command)
        output, errors = process.communicate()
        assert process.returncode == code, errors
        return output

    def step(self, *arguments):
        return self.run("-m", "news.tests.release_process", *arguments)

    def report(self):
        return [tuple(map(int, line.split())) for line in self.step("report").splitlines()]


@pytest.fixture(scope="session")
def pristine(django_db_setup, django_db_blocker, tmp_path_factory):
    """A copy of the tests' own database as `bootstrap` left it, so that nothing has to be migrated again."""
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            path = tmp_path_factory.mktemp("pristine") / "copy.sqlite3"
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(path)])
            yield path
            return
        name = connection.settings_dict["NAME"]
        connection.close()
        create_database(f"{name}_pristine", name)
    yield f"{name}_pristine"
    with django_db_blocker.unblock():
        drop_database(f"{name}_pristine")


def create_database(name, template):
    drop_database(name)
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def drop_database(name):
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture
def site(pristine, tmp_path):
    if connection.vendor == "sqlite":
        path = shutil.copy(pristine, tmp_path / "site.sqlite3")
        yield Site(tmp_path, f"sqlite:///{path}")
        return
    name, options = f"{pristine}_site", connection.settings_dict
    create_database(name, pristine)
    yield Site(tmp_path, f"postgres://{options['USER']}@{options['HOST']}:{options['PORT']}/{name}")
    drop_database(name)


def test_a_kill_between_the_languages_leaves_neither_live_and_the_next_run_both(site):
    site.step("prepare", "1")
    process = site.start("-m", "news.tests.release_process", "half")
    assert process.stdout.readline() == "half\n"
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.communicate()
    assert site.report() == [(0, 0, 0)]
    site.run("manage.py", "release_due")
    assert site.report() == [(2, 2, 0)]


@pytest.mark.parametrize("times", [12, pytest.param(80, marks=pytest.mark.nightly)])
def test_killed_before_any_statement_each_is_out_in_both_languages_or_in_none(site, times):
    site.step("prepare", "3")
    lines = site.step("killed", str(times)).splitlines()
    assert lines.pop().startswith("ended ")
    assert set(lines) <= {"0 0 0", "2 2 0"}
    assert len(lines) == 3 * times
    assert "0 0 0" in lines, "none was killed"
    site.run("manage.py", "release_due")
    assert site.report() == [(2, 2, 0)] * 3
    found = site.run("manage.py", "shell", "-v0", "-c", SEARCHED)
    assert found.split() == ["3", "3"], "each is found in its language"


def test_started_three_times_at_once_each_is_released_once(site):
    site.step("prepare", "6")
    processes = [site.start("manage.py", "release_due") for _ in range(3)]
    for process in processes:
        _output, errors = process.communicate()
        assert process.returncode == 0, errors
    assert site.report() == [(2, 2, 0)] * 6


def test_a_broken_release_holds_up_none_of_the_others(site):
    site.step("prepare", "6")
    site.step("break_one")
    process = site.start("manage.py", "release_due")
    _output, errors = process.communicate()
    assert process.returncode == 1
    assert "1 release failed." in errors
    assert site.report() == [(0, 0, 1), *[(2, 2, 0)] * 5]


def test_whoever_sees_one_language_finds_the_other(site):
    """Releases while readers ask for both languages: the second answer is never older than the first."""
    slugs = [line.split()[1] for line in site.step("prepare", "15").splitlines()]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    site.environment["PYTHONPATH"] = os.pathsep.join(map(str, (ROOT, ROOT / "site")))
    command = ["-m", "gunicorn", "--workers", "2", "--bind", f"127.0.0.1:{port}", "newsroom.wsgi"]
    server = site.start(*command)

    def status(language, slug):
        try:
            return urllib.request.urlopen(f"http://127.0.0.1:{port}/{language}/news/{slug}/", timeout=30).status
        except urllib.error.HTTPError as refusal:
            return refusal.code

    done, seen, behind = threading.Event(), set(), []

    def poll(first, second):
        while not done.is_set():
            for slug in slugs:
                if (first, slug) not in seen and status(first, slug) == 200:
                    if status(second, slug) != 200:
                        behind.append((first, slug))
                    seen.add((first, slug))

    try:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/en/", timeout=5)
                break
            except OSError:
                time.sleep(0.3)
        readers = [threading.Thread(target=poll, args=pair) for pair in (("en", "zh-hans"), ("zh-hans", "en"))]
        for reader in readers:
            reader.start()
        site.step("release_one_by_one")
        time.sleep(1)
        deadline = time.monotonic() + 60
        while len(seen) < 30 and time.monotonic() < deadline:
            time.sleep(0.2)
        done.set()
        for reader in readers:
            reader.join()
    finally:
        server.terminate()
        server.communicate()
    assert behind == []
    assert len(seen) == 30
    assert site.report() == [(2, 2, 0)] * 15
