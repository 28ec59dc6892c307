"""What runs in bench/nodes.py: PostgreSQL, Redis, two web nodes; and what becomes of them."""

import os
import shutil
import subprocess
import sys
import threading
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from tests.demo_site import free_port
from tests.nginx import deployed_with_stored_pages, nginx, wait_for
from tests.served import PostgreSQL, Served

ROOT = settings.BASE_DIR
REDIS = shutil.which("redis-server")
MORTAL = ["setpriv", "--pdeathsig", "KILL"] if shutil.which("setpriv") else []
"""Ends with the thread that has started it, also where that is killed."""
AS_DEBIAN = ["--save", "3600 1 300 100 60 10000"]
"""What it had is there again after a stop."""
SOON = 90
"""Seconds within which what was started answers."""


@dataclass
class Outage:
    what: str
    began: float
    """By `time.monotonic`, as the others."""
    ended: float = float("inf")
    of_the_database: bool = False
    until: dict[int, float] = field(default_factory=dict)
    """{port of a node whose Python cannot answer meanwhile: when the lease is over that it had}"""
    stored: dict[int, set[str]] = field(default_factory=dict)
    """{the same: files of the pages that were there when it had begun}"""

    def overlaps(self, began, ended):
        return began < self.ended and ended > self.began

    def excuses(self, failure):
        """Whether nobody could have answered that."""
        port = failure.port
        if port not in self.until or not self.overlaps(failure.began, failure.ended):
            return False
        could_be_found = failure.began > self.began and failure.ended < self.until[port]
        return not (could_be_found and file_of(failure.path) in self.stored[port])


def file_of(address):
    path, mark, query = address.lstrip("/").partition("?")
    return path if path.endswith(".xml") else f"{path}index{mark}{query}.html"


class Node(Served):
    """A machine: a folder of its own, gunicorn, who follows, and nginx."""

    def __init__(self, folder, name, host, **told):
        folder.mkdir()
        (folder / "var").symlink_to(told["VAR_DIR"])
        super().__init__(folder, **told, FRONT_DIR=str(folder / "front"), FRONT_NODE=name, SITE_URL=f"http://{host}")
        self.name, self.front, self.host, self.processes = name, free_port(), host, []

    def start(self):
        gunicorn = ["-m", "gunicorn", "--bind", f"127.0.0.1:{self.port}", "--threads", "2", "--workers", "2"]
        for command in ([*gunicorn, "newsroom.wsgi"], ["manage.py", "front_follow"]):
            with self.log.open("a") as log:
                words = {"env": self.environment, "cwd": ROOT, "stdout": log, "stderr": log}
                command = [*MORTAL, sys.executable, *command]
                self.processes.append(subprocess.Popen(command, **words, start_new_session=True))

    def kill(self):
        """All of it but nginx, as nothing else ends it so suddenly."""
        for process in self.processes:
            os.killpg(process.pid, 9)
        for process in self.processes:
            process.wait(timeout=20)
        self.processes = []

    def wait_until(self, is_so, what):
        deadline = time.monotonic() + SOON
        while not is_so():
            if time.monotonic() > deadline or any(process.poll() is not None for process in self.processes):
                raise SystemExit(f"{self.name}: {what}\n{self.log.read_text()[-4000:]}")
            time.sleep(0.05)

    def answers(self):
        try:
            return self.ask("/livez").status == 200
        except OSError:
            return False

    def follows(self):
        return (self.folder / "front" / "held" / str(int(time.time()))).is_symlink()

    def held_for(self):
        """Seconds from now on."""
        seconds = [int(found.name) for found in (self.folder / "front" / "held").iterdir()]
        return max(seconds, default=0) - time.time()

    def stored(self):
        from home import clock  # once Django is set up

        there = (self.folder / "front" / "current" / clock.day().isoformat()).resolve()
        return {str(file.relative_to(there)) for file in there.rglob("[!.]*") if file.is_file()}

    @contextmanager
    def behind_nginx(self):
        command = [sys.executable, str(ROOT / "manage.py"), "front_nginx"]
        with self.log.open("a") as log:
            said = subprocess.run(
                command, env=self.environment, check=True, stdout=subprocess.PIPE, stderr=log, text=True
            )
        configuration = deployed_with_stored_pages(self, self.folder, said.stdout, self.host)
        with nginx(self.folder, configuration, self.front, TZ="Asia/Shanghai"):
            yield


def copy(source, target):
    subprocess.run(["cp", "-a", source, target], check=True)  # whoever owns it


class Place:
    def __init__(self, folder, host, redis_port, database_port):
        self.folder, self.host, self.redis_port = folder, host, redis_port
        self.database, self.redis, self.outages, self.fault = PostgreSQL(database_port), None, [], ""
        self.share = 0
        """Of the changes, those that have been begun."""
        self.are_back, self.is_over = threading.Event(), threading.Event()
        self.told = {name: os.environ[name] for name in ("CACHE_URL", "DATABASE_URL", "VAR_DIR")}

    def start_redis(self):
        command = [*MORTAL, REDIS, "--port", str(self.redis_port), "--bind", "127.0.0.1", *AS_DEBIAN]
        self.redis = subprocess.Popen(command, cwd=self.folder, stdout=subprocess.DEVNULL)
        wait_for(self.redis_port)

    def stop_redis(self):
        self.redis.terminate()
        self.redis.wait(timeout=20)

    @contextmanager
    def running(self, demo):
        """Within it all of it answers, and both nodes follow."""
        with ExitStack() as stack:
            stack.callback(self.database.remove)
            self.start_redis()
            stack.callback(self.stop_redis)
            self.have_demo(demo and Path(demo))
            self.database.start()
            stack.callback(self.database.stop)
            self.nodes = [Node(self.folder / name, name, self.host, **self.told) for name in ("one", "two")]
            self.nodes[0].manage("collectstatic", "--noinput", "-v0")
            for node in self.nodes:
                stack.callback(node.kill)
                node.start()
            for node in self.nodes:
                node.wait_until(node.answers, "does not answer")
                node.wait_until(node.follows, "does not follow")
                stack.enter_context(node.behind_nginx())
            stack.callback(self.is_over.set)
            yield self

    def have_demo(self, kept):
        """In a database that is stopped. `kept`: the folder that it is in, or is to be in for the next time."""
        if kept and kept.exists():
            for empty in (self.database.folder, self.folder / "var"):
                shutil.rmtree(empty)
            copy(kept / "postgresql", self.database.folder)
            copy(kept / "var", self.folder / "var")
            return
        print("Building the demo ...", flush=True)
        self.database.start()
        Served(self.folder, **self.told, DJANGO_SETTINGS_MODULE="newsroom.settings.dev").manage("demo", "--no-serve")
        self.database.stop()
        if kept:
            kept.mkdir()
            copy(self.database.folder, kept / "postgresql")
            copy(self.folder / "var", kept / "var")

    def have_outages(self, options):
        """Until the whole is over: what a thread has started ends with it."""
        try:
            self.have(options.away)
        except (Exception, SystemExit) as error:
            self.fault = f"{type(error).__name__}: {error}"
        self.are_back.set()
        self.is_over.wait()

    def have(self, away):
        for share, have_one in ((0.1, self.kill), (0.5, self.leave_without_redis), (0.85, self.restart_the_database)):
            while self.share < share:
                time.sleep(0.02)
            have_one(away)
            for node in self.nodes:
                node.wait_until(node.follows, "does not follow")

    def wait_until_all_is_back(self):
        """Returns what went wrong."""
        return self.fault if self.are_back.wait(10 * SOON) else "not everything is back"

    def kill(self, away):
        node = self.nodes[1]
        with self.outage(f"{node.name} was killed", [node], node.kill):
            time.sleep(away)
            node.start()
            node.wait_until(node.answers, "does not answer")

    def leave_without_redis(self, away):
        with self.outage("Redis was stopped", [], self.stop_redis):
            time.sleep(away)
            self.start_redis()

    def restart_the_database(self, _away):
        with self.outage("PostgreSQL was stopped", self.nodes, self.database.stop, of_the_database=True):
            self.database.start()

    @contextmanager
    def outage(self, what, nodes, begin, of_the_database=False):
        until = {node.front: time.monotonic() + node.held_for() for node in nodes}
        outage = Outage(what, time.monotonic(), of_the_database=of_the_database, until=until)
        self.outages.append(outage)
        begin()
        outage.stored = {node.front: node.stored() for node in nodes}
        yield
        outage.ended = time.monotonic()
