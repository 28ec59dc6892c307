"""Redis is stopped, and hangs, under readers and an editor who release."""

import shutil
import time
from importlib.util import find_spec

import pytest

from home.tests.test_caching import Server

from .newsroom import Newsroom
from .test_disk import READERS, WELL

pytestmark = [
    pytest.mark.full,
    pytest.mark.skipif(not (shutil.which("redis-server") and find_spec("redis")), reason="no Redis"),
]
A_PAGE = 5
"""Seconds: the first page that meets it waits for one, the others for nothing."""


def all_goes_on(site):
    for path in READERS:
        began = time.monotonic()
        assert site.ask(path).status == 200
        assert time.monotonic() - began < A_PAGE, path
    assert site.shown("/cms/").status == 200, "a session is known without it"
    assert site.save().status == 302


def test_redis_hangs_and_is_stopped_while_somebody_releases(database, tmp_path):
    redis = Server(tmp_path)
    redis.start()
    try:
        told = {"DATABASE_URL": f"sqlite:///{database}", "CACHE_URL": f"redis://127.0.0.1:{redis.port}/0"}
        site = Newsroom(tmp_path, **told).begin()
        with site.running():
            all_goes_on(site)
            with redis.hung():
                all_goes_on(site)
                assert site.let_out().status == 302
                assert site.reads(site.article) == {site.article: 200}, "at once"
            redis.stop()
            all_goes_on(site)
            redis.start()
            time.sleep(5.5)  # only then is it asked again
            all_goes_on(site)
            assert site.reads(site.article, *READERS) == {site.article: 200, **WELL}
        assert site.log.read_text().count("The cache fails") <= 2, "once a minute"
    finally:
        redis.stop()
