"""The site in a gunicorn of its own, and a PostgreSQL that a test may stop."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings

from .demo_site import free_port
from .kept import digest, locked

ROOT = settings.BASE_DIR
POSTGRESQL = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)


class Untouched(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_arguments):
        return None


class Served:
    def __init__(self, folder, **told):
        self.folder, self.port = folder, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "ENV_FILE": "",
            "PYTHONPATH": f"{ROOT}/site:{ROOT}:{os.environ.get('PYTHONPATH', '')}",
            "DJANGO_SETTINGS_MODULE": "newsroom.settings.production",
            "SECRET_KEY": "0123456789-abcdefghijklmnopqrstuvwxyz-0123456789-abc",
            "SITE_URL": self.url,
            "ALLOWED_HOSTS": "127.0.0.1",
            "SECURE_SSL_REDIRECT": "off",
            "VAR_DIR": str(folder / "var"),
            **told,
        }
        self.log = folder / "log"

    def manage(self, *arguments, code=0):
        found = subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            cwd=self.folder,
        )
        assert found.returncode == code, found.stderr
        return found.stdout + found.stderr

    def sign_in(self, *arguments):
        """The key of a session, see tests/signed_in.py."""
        command = [sys.executable, "-m", "tests.signed_in", *arguments]
        found = subprocess.run(command, env=self.environment, capture_output=True, text=True, cwd=ROOT)
        assert found.returncode == 0, found.stderr
        return found.stdout.split()[-1]

    @contextmanager
    def running(self, by=()):
        """Within it the server answers; `by` is a program that starts it."""
        command = [*by, sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{self.port}", "--threads", "2"]
        with self.log.open("a") as log:
            server = subprocess.Popen(
                [*command, "newsroom.wsgi"], env=self.environment, cwd=ROOT, stdout=log, stderr=log
            )
        try:
            for _attempt in range(1200):
                try:
                    if self.ask("/livez").status == 200:
                        break
                except OSError:
                    time.sleep(0.1)
            else:
                pytest.fail(self.log.read_text())
            yield self
        finally:
            server.terminate()
            server.wait(timeout=120)

    def ask(self, path, data=None, **headers):
        """The answer, whatever its status; its body is `.text`."""
        request = urllib.request.Request(self.url + path, data, headers)
        try:
            answer = urllib.request.build_opener(Untouched).open(request, timeout=30)
        except urllib.error.HTTPError as refusal:
            answer = refusal
        answer.text = answer.read().decode()
        return answer


class PostgreSQL:
    """A server of its own, in a new folder or in `folder`: empty, with what `kept` holds, or the replica of a running
    one that it `follows`.
    """

    def __init__(self, port=None, kept=None, folder=None, follows=None):
        self.folder, self.port = folder or Path(tempfile.mkdtemp()), port or free_port()
        self.url = f"postgres://newsroom@127.0.0.1:{self.port}/postgres"
        self.by = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if kept:
            subprocess.run(["cp", "-a", f"{kept}/.", str(self.folder)], check=True)
        if self.by:
            shutil.chown(self.folder, "postgres")
        if follows:
            place = ["-h", "127.0.0.1", "-p", str(follows.port), "-U", "newsroom"]
            self.run("pg_basebackup", "-R", "-X", "stream", "-c", "fast", *place)
        elif not kept:
            self.run("initdb", "-U", "newsroom", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")

    def run(self, program, *arguments):
        command = [*self.by, str(POSTGRESQL / program), "-D", str(self.folder), *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")

    def start(self, *settings):
        said = "".join(f" -c {setting}" for setting in settings)
        options = f"-p {self.port} -h 127.0.0.1 -k {self.folder} -c fsync=off{said}"
        self.run("pg_ctl", "-w", "-l", str(self.folder / "log"), "-o", options, "start")

    def stop(self):
        self.run("pg_ctl", "-m", "fast", "-w", "stop")

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)


def kept_cluster(folder):
    """What PostgreSQL keeps of a site as `bootstrap` leaves it, made where the tables have changed since."""
    from .databases import TABLES  # which needs Django, as a benchmark has it later

    made = folder / digest(*TABLES)
    with locked(folder / "lock"):
        if not made.exists():
            for other in folder.iterdir():
                if other.is_dir():
                    shutil.rmtree(other)
            server = PostgreSQL()
            server.start()
            try:
                with tempfile.TemporaryDirectory() as var:
                    site = Served(Path(var), DATABASE_URL=server.url)
                    site.manage("migrate", "-v0")
                    site.manage("bootstrap")
            finally:
                server.stop()
            subprocess.run(["cp", "-a", str(server.folder), f"{made}.part"], check=True)
            Path(f"{made}.part").rename(made)
            server.remove()
    return made
