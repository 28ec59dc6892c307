import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests.find_browser import find
from tests.people import Person

expect.set_options(timeout=30_000)  # a busy machine may take its time; a page that is wrong stays wrong

ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",
]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    path = find()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium: run `make browser`")
        pytest.skip("no Chromium: run `make browser`")
    return {**browser_type_launch_args, "executable_path": path, "args": ARGUMENTS}


class DemoSite:
    """The demo, served as `make demo` serves it, with data of its own."""

    def __init__(self, folder):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **{name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "CACHE_URL")},
            "DJANGO_SETTINGS_MODULE": "newsroom.settings.dev",
            "SITE_URL": self.url,
            "VAR_DIR": str(folder),
        }

    def manage(self, *arguments):
        result = subprocess.run(
            [sys.executable, "manage.py", *map(str, arguments)],
            cwd=settings.BASE_DIR,
            env=self.environment,
            capture_output=True,
            text=True,
        )
        assert result.returncode == 0, result.stderr
        return result.stdout

    def serve(self):
        """The server's process, answering."""
        server = subprocess.Popen(
            [sys.executable, "manage.py", "demo", "--port", str(self.port)],
            cwd=settings.BASE_DIR,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and server.poll() is None:
            try:
                urllib.request.urlopen(f"{self.url}/en/", timeout=5)
            except OSError:
                time.sleep(0.5)
            else:
                return server
        server.kill()
        pytest.fail("the demo does not answer")


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory, worker_id):
    """The demo's data, built once however many workers there are. Copy it before changing anything."""
    shared = tmp_path_factory.getbasetemp() if worker_id == "master" else tmp_path_factory.getbasetemp().parent
    folder = shared / "demo-of-all"
    with (shared / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            DemoSite(shared / "demo-being-built").manage("demo", "--no-serve")
            (shared / "demo-being-built").rename(folder)
    return folder


@pytest.fixture(scope="session")
def demo_site(demo_folder, tmp_path_factory):
    """The demo, served; what a test writes there the other tests of the same worker see."""
    folder = tmp_path_factory.mktemp("demo") / "var"
    shutil.copytree(demo_folder, folder)
    site = DemoSite(folder)
    server = site.serve()
    yield site
    server.terminate()
    server.wait(timeout=20)


@pytest.fixture(scope="session")
def signed_in():
    """Who has signed in so far: to load the whole admin once a person is enough."""
    return {}


@pytest.fixture
def sit_down(browser, demo_site, signed_in):
    """`sit_down(username, language=None, **context_options)`: that person at the admin."""
    seated = []

    def sit_down(username, language=None, **options):
        key = (username, *options)
        if key not in signed_in:
            signed_in[key] = Person(browser, demo_site, username, **options)
        seated.append(signed_in[key])
        return signed_in[key].sit_down(language)

    yield sit_down
    for person in seated:
        person.get_up()
