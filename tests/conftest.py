import os
import shutil
import sqlite3
from contextlib import closing

import pytest
from django.db import connection
from playwright.sync_api import expect

from tests.day import Day
from tests.demo_site import DemoSite, kept_demo
from tests.find_browser import ARGUMENTS, find
from tests.people import Person
from tests.s3 import Bucket, ObjectStorage, use
from tests.served import POSTGRESQL, PostgreSQL, kept_cluster

expect.set_options(timeout=30_000)  # a busy machine may take its time; a page that is wrong stays wrong


FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    """Fixtures know at their end whether the test failed."""
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Those on the demo first: of several processes one gets most of them, and starts a demo and a browser."""
    items.sort(key=lambda item: "demo_site" not in item.fixturenames)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    path = find()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium: run `make browser`")
        pytest.skip("no Chromium: run `make browser`")
    return {**browser_type_launch_args, "executable_path": path, "args": ARGUMENTS}


@pytest.fixture(scope="session")
def s3_server():
    server = ObjectStorage()
    yield server
    server.end()


@pytest.fixture
def bucket(s3_server, settings, tmp_path):
    bucket = Bucket(s3_server)
    use(settings, bucket.url)
    settings.VAR_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    yield bucket
    s3_server.line.open()
    assert not (tmp_path / "media").exists(), "nothing of it lies on a disk"


@pytest.fixture(scope="session")
def demo_folder(pytestconfig):
    """The demo's data, built once for all workers, and for later runs while the product is the same. Copy it."""
    return kept_demo(pytestconfig.cache.mkdir("demos"))


@pytest.fixture
def database(django_db_setup, django_db_blocker, tmp_path):
    """A file of SQLite as `bootstrap` leaves it."""
    if connection.vendor != "sqlite":
        pytest.skip("of files")
    (tmp_path / "database").mkdir()
    path = tmp_path / "database" / "site.sqlite3"
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(path)])
    return path


@pytest.fixture(scope="session")
def cluster(pytestconfig):
    """The files of a PostgreSQL with a site as `bootstrap` leaves it. Copy them."""
    if POSTGRESQL is None:
        pytest.skip("no PostgreSQL")
    return kept_cluster(pytestconfig.cache.mkdir("clusters"))


@pytest.fixture
def postgresql(cluster):
    """A server of the test's own, which runs and may be stopped, on a site as `bootstrap` leaves it."""
    server = PostgreSQL(kept=cluster)
    server.start()
    yield server
    server.stop()
    server.remove()


@pytest.fixture(scope="session")
def demo_site(demo_folder, tmp_path_factory):
    """The demo, served; what a test writes there the other tests of the same worker see."""
    site = DemoSite(shutil.copytree(demo_folder, tmp_path_factory.mktemp("demo") / "var"))
    with site.serve():
        yield site


@pytest.fixture(scope="session")
def signed_in():
    """Who has signed in so far: to load the whole admin once a person is enough."""
    return {}


@pytest.fixture(scope="session")
def own_languages(demo_folder):
    """The language of the admin that each person of the demo has chosen: {username: code}"""
    chosen = (
        "SELECT username, preferred_language FROM auth_user JOIN wagtailusers_userprofile p ON p.user_id = auth_user.id"
    )
    with closing(sqlite3.connect(demo_folder / "newsroom.sqlite3")) as connection:
        return dict(connection.execute(chosen))


@pytest.fixture
def sit_down(request, browser, demo_site, signed_in, own_languages):
    """`sit_down(username, language=None, **context_options)`: that person at the admin."""
    seated = []

    def sit_down(username, language=None, **options):
        key = (username, *options)
        if key not in signed_in:
            own_language = own_languages.get(username) or "en"
            signed_in[key] = Person(browser, demo_site, username, own_language, **options)
        seated.append(signed_in[key])
        return signed_in[key].sit_down(language)

    yield sit_down
    if request.node.stash.get(FAILED, False):
        for person in seated:
            print(person.where())
        print(demo_site.troubles())
    for person in seated:
        person.get_up()


@pytest.fixture
def day(demo_site, sit_down):
    """A Day, of which nothing wrong was seen by its end."""
    day = Day(demo_site, sit_down)
    yield day
    day.look()
    assert day.failures == []
