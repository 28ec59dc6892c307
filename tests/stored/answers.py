"""What is answered at an address: to readers, through all that is kept, and from the database alone."""

import logging
import multiprocessing
import re
from dataclasses import dataclass

from django.db import connections
from django.test import Client
from django.test.utils import override_settings

KEEPS_NOTHING = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
WORKERS = 2
ONCE = re.compile(rb"nonce(?:=|-)[\"']?[\w+/=-]+")
"""What is another in every answer."""


@dataclass(frozen=True)
class Answer:
    status: int
    to: str
    """Where it leads on, if anywhere."""
    body: bytes

    def __str__(self):
        return " ".join(filter(None, (str(self.status), self.to and f"to {self.to}", f"{len(self.body)} bytes")))


def ask(address):
    """A crash is an answer, too."""
    answer = Client(raise_request_exception=False).get(address, headers={"host": "127.0.0.1"})
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return Answer(answer.status_code, answer.headers.get("Location", ""), ONCE.sub(b"", body))


def as_readers_get(addresses):
    """{address: Answer}, asked in this process, which keeps what it has read."""
    return {address: ask(address) for address in sorted(addresses)}


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
    """Never asks anything itself: what it starts begins with nothing in mind."""
    logging.disable(logging.WARNING)
    while (addresses := here.recv()) is not None:
        with multiprocessing.get_context("fork").Pool(WORKERS) as pool:
            answers = pool.map(ask_without_cache, addresses, chunksize=10)
        here.send(dict(zip(addresses, answers, strict=True)))


def ask_without_cache(address):
    with override_settings(CACHES=KEEPS_NOTHING):
        return ask(address)
