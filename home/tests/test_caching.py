"""What fails in the cache is a miss: on real folders, and on a real Redis that is stopped, hangs, and is back."""

import os
import pickle
import shutil
import signal
import socket
import subprocess
import sys
import time
import zlib
from contextlib import contextmanager
from importlib.util import find_spec

import pytest

from home import caching
from home.kept import Kept

REDIS = shutil.which("redis-server")
needs_redis = pytest.mark.skipif(not (REDIS and find_spec("redis")), reason="no Redis")


def use_all(cache):
    """Every way in: none raises."""
    cache.set("b", 1, 60)
    cache.set_many({"c": 1, "d": [2]}, 60)
    cache.get("b"), cache.get_many(["b", "c", "nothing"]), cache.has_key("d")
    cache.add("e", 1, 60), cache.touch("b", 60), cache.delete("b"), cache.delete_many(["c", "d"])
    assert cache.get_or_set("made", lambda: "anew", 60) == "anew"


@pytest.fixture
def files(tmp_path, monkeypatch):
    def at(folder):
        return caching.FileCache(str(folder), {})

    monkeypatch.setattr(caching.FileCache, "outage", caching.Outage())
    return at


@pytest.mark.parametrize("what", ["a file", "below a file", "nowhere to be made"])
def test_a_folder_that_is_none_is_an_empty_cache(files, tmp_path, caplog, what):
    (tmp_path / "file").touch()
    cache = files({"a file": tmp_path / "file", "below a file": tmp_path / "file" / "in"}.get(what, "/proc/nowhere"))
    for _time in range(3):
        use_all(cache)
    assert cache.get("b") is None
    assert len(caplog.records) == 1, "once a minute"
    cache.set("b", 1)
    assert cache.fault


def test_what_is_damaged_is_made_anew(files, tmp_path):
    cache = files(tmp_path / "cache")
    too_long = b"\x8e" + b"\xff" * 8  # says how many bytes follow
    of_another_version = pickle.dumps(None) + zlib.compress(b"cnewsroom_once\nThing\n.")
    for content in (b"", b"\x80", b"not pickled at all", too_long, of_another_version, os.urandom(200)):
        cache.set("a", "before", None)
        [file] = (tmp_path / "cache").glob("*.djcache")
        file.write_bytes(content)
        assert cache.get("a") is None
        cache.set("a", "after", 60)
        assert cache.get("a") == "after"
        cache.delete("a")


def test_what_could_not_be_deleted_is_read_no_more_and_goes_later(files, tmp_path, monkeypatch):
    monkeypatch.setattr(caching, "PAUSE", -1)
    cache, folder = files(tmp_path / "cache"), tmp_path / "cache"
    cache.set("a", "old", None)
    [file] = folder.glob("*.djcache")
    kept = file.read_bytes()
    file.unlink()
    file.mkdir()  # cannot be removed as a file can, by nobody
    cache.delete("a")
    file.rmdir()
    file.write_bytes(kept)
    assert cache.get("a") is None
    cache.set("other", 1, 60)
    assert not file.exists()
    cache.set("a", "new", 60)
    assert (cache.get("a"), cache.fault) == ("new", "")


AS_NOBODY = """
import os, sys, tempfile
sys.path[:0] = [{root!r}, {root!r} + "/site"]
from django.conf import settings
settings.configure()
from home import caching
caching.FileCache(tempfile.mkdtemp(), {{}}).set("everything", "imported")
os.setgid(65534); os.setuid(65534)
cache = caching.FileCache({folder!r}, {{}})
cache.set("mine", 1, 60); cache.set("theirs", 2, 60); cache.delete("theirs"); cache.get("theirs")
print(cache.get("mine"), cache.get("theirs"), cache.get_or_set("new", 3, 60))
"""


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can be somebody else")
@pytest.mark.parametrize(
    ("mode", "said"),
    [(0o755, "None None 3"), (0o700, "None None 3"), (0o1777, "1 None 3"), (0o777, "1 None 3")],
)
def test_files_of_another_user_are_passed_over(files, mode, said, settings):
    folder = f"/tmp/newsroom-caching-{os.getpid()}-{mode}"
    try:
        files(folder).set("theirs", "of root", None)
        os.chmod(folder, mode)  # noqa: PTH101
        code = AS_NOBODY.format(root=str(settings.BASE_DIR), folder=folder)
        found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd="/")
        assert found.stdout.strip() == said, found.stderr
    finally:
        shutil.rmtree(folder, ignore_errors=True)


# Redis ---------------------------------------------------------------------------------------------------------------


class Server:
    def __init__(self, folder):
        self.folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]

    def start(self):
        self.process = subprocess.Popen(
            [REDIS, "--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self.folder), "--save", "1 1"],
            stdout=subprocess.DEVNULL,
        )
        for _attempt in range(100):
            with socket.socket() as asked:
                if asked.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        pytest.fail("Redis does not answer")

    def stop(self):
        self.process.send_signal(signal.SIGCONT)
        self.process.terminate()
        self.process.wait(timeout=120)

    @contextmanager
    def hung(self):
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)


@pytest.fixture
def server(tmp_path, monkeypatch):
    monkeypatch.setattr(caching.RedisCache, "outage", caching.Outage())
    server = Server(tmp_path)
    server.start()
    yield server
    server.stop()


def connected(server):
    options = {"socket_timeout": 1, "socket_connect_timeout": 1}
    return caching.RedisCache(f"redis://127.0.0.1:{server.port}/0", {"OPTIONS": options})


@needs_redis
def test_redis_keeps_what_files_keep(server):
    cache = connected(server)
    use_all(cache)
    cache.set("a", {"of": ["all", 1]}, None)
    assert cache.get("a") == {"of": ["all", 1]}
    assert connected(server).get_many(["a", "b"]) == {"a": {"of": ["all", 1]}}


@needs_redis
def test_redis_hangs_and_nobody_waits_long(server, caplog):
    cache = connected(server)
    cache.set("a", 1, None)
    with server.hung():
        began = time.monotonic()
        for _page in range(5):
            use_all(cache)
        assert time.monotonic() - began < 2.5
        assert cache.get("a") is None
    assert len(caplog.records) == 1


@needs_redis
def test_redis_is_stopped_and_what_was_forgotten_meanwhile_stays_forgotten(server, monkeypatch):
    monkeypatch.setattr(caching.RedisCache, "pause", 0.5)
    cache = connected(server)
    cache.set_many({"session": "somebody", "untouched": 1}, None)
    server.stop()
    use_all(cache)
    cache.delete("session")
    assert cache.get("untouched") is None
    server.start()
    time.sleep(0.6)
    assert cache.get("session") is None
    assert connected(server).get_many(["session", "untouched"]) == {"untouched": 1}
    assert cache.fault == ""


@needs_redis
def test_what_is_kept_for_all_pages_is_made_anew_meanwhile(server, monkeypatch):
    cache = connected(server)
    monkeypatch.setattr("home.kept.cache", cache)
    kept, made = Kept("tried"), iter(range(100))
    assert [kept.get("part", lambda: next(made)) for _time in range(2)] == [0, 0]
    server.stop()
    assert [kept.get("part", lambda: next(made)) for _time in range(2)] == [1, 2]
    kept.turn_over()
    server.start()
