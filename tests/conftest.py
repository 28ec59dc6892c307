import os
import shutil
import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import expect

from tests.databases import digest, locked
from tests.day import Day
from tests.demo_site import BUILT, DemoSite
from tests.find_browser import ARGUMENTS, find
from tests.people import Person

PRODUCT = ["home/**/*", "news/**/*", "site/**/*", "locale/**/*.po", "manage.py", "tests/clock.py", "tests/demo_site.py"]
"""What the demo is made by."""

expect.set_options(timeout=30_000)  # a busy machine may take its time; a page that is wrong stays wrong


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    path = find()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium: run `make browser`")
        pytest.skip("no Chromium: run `make browser`")
    return {**browser_type_launch_args, "executable_path": path, "args": ARGUMENTS}


@pytest.fixture(scope="session")
def demo_folder(pytestconfig):
    """The demo's data, built once for all workers, and for later runs while the product is the same. Copy it."""
    kept = pytestconfig.cache.mkdir("demos")
    folder = kept / digest(*PRODUCT)
    with locked(kept / "lock"):
        if not folder.exists():
            for other in kept.iterdir():
                if other.is_dir():
                    shutil.rmtree(other)
            DemoSite(kept / "unfinished", BUILT).manage("demo", "--no-serve")
            (kept / "unfinished").rename(folder)
    return folder


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
def sit_down(browser, demo_site, signed_in, own_languages):
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
    for person in seated:
        person.get_up()


@pytest.fixture
def day(demo_site, sit_down):
    """A Day, of which nothing wrong was seen by its end."""
    day = Day(demo_site, sit_down)
    yield day
    day.look()
    assert day.failures == []
