"""What readers and editors get while something behind the site is away, and that it is back as soon as that is."""

import json
import re
import shutil
import subprocess
from importlib.util import find_spec

import pytest

from .served import Served, free_port

ADDRESSES = ["/en/", "/zh-hans/", "/en/news/feed/", "/en/nowhere/", "/cms/", "/sitemap.xml", "/media/a.png"]
COOKIE = {"Cookie": "sessionid=0123456789abcdefghijklmnopqrstuv"}
REDIS = shutil.which("redis-server")


@pytest.fixture
def site(database, tmp_path):
    site = Served(tmp_path, DATABASE_URL=f"sqlite:///{database}")
    site.manage("collectstatic", "--noinput", "-v0")
    return site


def is_away(answer):
    assert answer.status == 503, answer.text
    assert answer.headers["Retry-After"].isdigit()
    assert answer.headers["Cache-Control"] == "no-store"
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "cannot be reached for the moment" in answer.text
    assert 'lang="zh-Hans"' in answer.text and "暂时无法访问" in answer.text
    assert 'name="color-scheme" content="light dark"' in answer.text
    assert re.findall(r'(?:href|src)="(?!/static/)[^"]*"', answer.text) == []
    return True


def test_the_folder_of_sqlite_is_gone_and_comes_back(site, database, tmp_path):
    database.parent.rename(tmp_path / "elsewhere")
    with site.running():
        for path in ADDRESSES:
            assert is_away(site.ask(path, **COOKIE)), path
        token = "a" * 32
        form = f"username=a&password=b&csrfmiddlewaretoken={token}".encode()
        assert is_away(site.ask("/cms/login/", form, Referer=site.url, Cookie=f"csrftoken={token}"))
        told = site.ask("/en/search/suggestions/?q=news", Accept="application/json")
        assert (told.status, told.headers["Content-Type"]) == (503, "application/json")
        assert "请稍后再试" in json.loads(told.text)["error_message"]
        [sheet] = re.findall('href="(/static/[^"]*)"', site.ask("/en/").text)
        assert site.ask(sheet).status == 200
        assert site.ask("/livez").status == 200
        assert set(json.loads(site.ask("/readyz").text)["faults"]) == {"database"}
        (tmp_path / "elsewhere").rename(database.parent)
        assert [site.ask(path).status for path in ("/en/", "/zh-hans/", "/cms/login/")] == [200] * 3


def test_a_cache_that_takes_nothing_takes_nothing_away(site, tmp_path):
    (tmp_path / "file").touch()
    site.environment["CACHE_URL"] = f"filecache://{tmp_path}/file/cache"
    with site.running():
        assert [site.ask(path).status for path in ("/en/", "/zh-hans/", "/cms/login/", "/en/search/?q=a")] == [200] * 4
        assert "NotADirectoryError" in json.loads(site.ask("/readyz").text)["faults"]["cache"]
    assert site.log.read_text().count("The cache fails") == 1


@pytest.mark.full
def test_postgresql_and_redis_are_stopped_under_requests(postgresql, tmp_path):
    redis_port = free_port()
    site = Served(tmp_path, DATABASE_URL=postgresql.url)
    redis = None
    if REDIS and find_spec("redis"):
        site.environment["CACHE_URL"] = f"redis://127.0.0.1:{redis_port}/0"
        command = [REDIS, "--port", str(redis_port), "--bind", "127.0.0.1", "--save", ""]
        redis = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL)
    try:
        site.manage("collectstatic", "--noinput", "-v0")
        with site.running():
            for turn in range(2):
                assert [site.ask(path).status for path in ("/en/", "/cms/login/")] == [200, 200]
                postgresql.stop()
                for path in ADDRESSES:
                    assert is_away(site.ask(path, **COOKIE)), path
                postgresql.start()
                if redis and turn == 0:
                    redis.terminate()
                    redis.wait(timeout=120)
                assert [site.ask(path).status for path in ("/en/", "/zh-hans/", "/cms/login/")] == [200] * 3
    finally:
        if redis:
            redis.kill()
            redis.wait()
