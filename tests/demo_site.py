"""The demo in a process of its own. Whoever imports this needs no Django set up."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from tests.kept import digest, locked

BUILT = datetime(2026, 11, 18, 2, tzinfo=UTC)
"""When the demo is built, whatever the day of the run: a morning of a working week, in Shenzhen as in Europe."""
USED = BUILT + timedelta(hours=1)
"""When a run begins to use it."""
NOW = time.time()
PRODUCT = ["home/**/*", "news/**/*", "site/**/*", "locale/**/*.po", "manage.py", "tests/clock.py", "tests/demo_site.py"]
"""What the demo is made by."""

WENT_WELL = re.compile(r'" [23]\d\d \d+$')


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class DemoSite:
    """The demo, served as `make demo` serves it, with data of its own and its clock set to a day that never changes."""

    def __init__(self, folder, moment=USED, **environment):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = Path(folder).with_name(f"{Path(folder).name}.log")
        self.environment = {
            **{name: os.environ[name] for name in ("HOME", "LANG", "PATH", "TMPDIR") if name in os.environ},
            "DJANGO_SETTINGS_MODULE": "newsroom.settings.dev",
            "ENV_FILE": "",
            "PYTHONPATH": str(settings.BASE_DIR / "site"),
            "CLOCK": str(moment.timestamp() - NOW),
            "SITE_URL": self.url,
            "VAR_DIR": str(folder),
            **environment,
        }

    def run(self, script, *arguments):
        """What a script of the tree prints, by the demo's clock."""
        result = subprocess.run(
            [sys.executable, "tests/clock.py", script, *map(str, arguments)],
            cwd=settings.BASE_DIR,
            env=self.environment,
            capture_output=True,
            text=True,
        )
        assert result.returncode == 0, result.stderr
        return result.stdout

    def manage(self, *arguments):
        return self.run("manage.py", *arguments)

    @contextmanager
    def serve(self):
        """Within it the server answers; what it says goes to `log`."""
        with self.log.open("a") as log:
            self.server = server = subprocess.Popen(
                [sys.executable, "tests/clock.py", "manage.py", "demo", "--port", str(self.port)],
                cwd=settings.BASE_DIR,
                env=self.environment,
                stdout=log,
                stderr=log,
            )
        try:
            self.wait_for(server)
            yield
        finally:
            server.terminate()
            server.wait(timeout=120)

    def troubles(self):
        """What the server said but for its answers that went well."""
        return "\n".join(line for line in self.log.read_text().splitlines() if not WENT_WELL.search(line))

    def wait_for(self, server):
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and server.poll() is None:
            try:
                urllib.request.urlopen(f"{self.url}/en/", timeout=5)
            except OSError:
                time.sleep(0.5)
            else:
                return
        pytest.fail("the demo does not answer")


def kept_demo(folder):
    """The demo's data in a folder of `folder`, made where the product has changed since. Copy it."""
    made = folder / digest(*PRODUCT)
    with locked(folder / "lock"):
        if not made.exists():
            for other in folder.iterdir():
                if other.is_dir():
                    shutil.rmtree(other)
            DemoSite(folder / "unfinished", BUILT).manage("demo", "--no-serve")
            (folder / "unfinished").rename(made)
    return made
