"""What is answered at an address: to readers, through all that is kept, and from the database alone."""

import gzip
import logging
import multiprocessing
import os
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.db import connections
from django.test import Client
from django.test.utils import override_settings

from home import clock

from .answer import answer

HOST = urlsplit(settings.SITE_URL).netloc
OWN_CACHE = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "one answer"}}
WORKERS = 2


@lru_cache(maxsize=1)
def client():
    """One in a process: its first question loads all that stands around the views."""
    return Client(raise_request_exception=False)


def ask(address):
    """A crash is an answer, too."""
    client().cookies.clear()
    said = client().get(address, headers={"host": HOST})
    body = b"".join(said.streaming_content) if said.streaming else said.content
    return answer(said.status_code, said.headers.get("Location", ""), body)


def as_readers_get(addresses):
    """{address: Answer}, from the stored page or, where there is none, asked in this process, which keeps things."""
    return {address: stored(address) or ask(address) for address in sorted(addresses)}


def stored(address):
    """What the web server finds without asking, as docs/operators.md has it look; None if nothing."""
    if not settings.FRONT_DIR:
        return None
    path, _mark, query = address.partition("?")
    here = Path(settings.FRONT_DIR, "current", clock.day().isoformat())
    name = path.lstrip("/") + (f"index{'?' if query else ''}{query}.html" if path.endswith("/") else "")
    for status, folder in ((200, ""), (410, "410/"), (404, "404/")):
        file = here / f"{folder}{name}"
        if name and file.is_file():
            return answer(status, "", gzip.decompress(file.with_name(f"{file.name}.gz").read_bytes()))
    return None


class FromTheDatabase:
    """Processes that have answered nothing yet. Begin it before anything is asked in this one."""

    def __init__(self):
        context = multiprocessing.get_context("fork")
        self.here, there = context.Pipe()
        connections.close_all()
        self.process = context.Process(target=wait, args=(there,))
        self.process.start()

    def answers(self, addresses):
        """{address: Answer}"""
        self.here.send(sorted(addresses))
        return self.here.recv()

    def end(self):
        self.here.send(None)
        self.process.join()


def wait(here):
    """Never asks anything itself: what it starts begins with nothing in mind. Ends with who has started it."""
    logging.disable(logging.WARNING)
    parent = os.getppid()
    while (addresses := heard(here, parent)) is not None:
        with multiprocessing.get_context("fork").Pool(WORKERS) as pool:
            answers = pool.map(ask_without_cache, addresses, chunksize=10)
        here.send(dict(zip(addresses, answers, strict=True)))


def heard(here, parent):
    while not here.poll(1):
        if os.getppid() != parent:
            return None
    return here.recv()


def ask_without_cache(address):
    """With a cache that is empty when each answer begins: without any, each takes four times as long."""
    with override_settings(CACHES=OWN_CACHE, FRONT_DIR=""):
        cache.clear()
        return ask(address)
