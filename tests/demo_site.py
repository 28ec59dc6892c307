"""The demo in a process of its own. Whoever imports this needs no Django set up."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager

import pytest
from django.conf import settings


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
            "ENV_FILE": "",
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

    @contextmanager
    def serve(self):
        """Within it the server answers."""
        server = subprocess.Popen(
            [sys.executable, "manage.py", "demo", "--port", str(self.port)],
            cwd=settings.BASE_DIR,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            self.wait_for(server)
            yield
        finally:
            server.terminate()
            server.wait(timeout=20)

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
