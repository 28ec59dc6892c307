"""Readers of a site, for bench/freshness.py and nodes.py. Each kind is a process of its own, and knows no Django."""

import asyncio
import ctypes
import gzip
import hashlib
import multiprocessing
import os
import random
import signal
import sys
import time
from collections import Counter
from http.client import HTTPConnection, HTTPException
from itertools import cycle
from typing import NamedTuple

from tests.stored.answer import answer

PAUSE = 0.02
"""Seconds between two questions of one connection: the processor is there for the newsroom, too."""
PATIENCE = 120
"""Seconds in which one of these processes says what it has seen."""
AWAY = b"cannot be reached for the moment", "暂时无法访问".encode()
"""Words of the page that says in both languages that the site is away."""
CONTEXT = multiprocessing.get_context("fork")


class Failure(NamedTuple):
    """What a reader got in place of an answer, and when (by `time.monotonic`) it was asked for and had ended."""

    port: int
    path: str
    began: float
    ended: float
    what: str
    """"away", in both languages; "cut" in the midst of an answer; or anything else, which nothing excuses."""


class Said(NamedTuple):
    status: int
    stays: bool
    """Whether the connection does."""
    by: str
    """A "file" or "python"."""
    body: bytes


def fault(status, body):
    return "away" if status == 503 and all(words in body for words in AWAY) else f"status {status}"


def helper(target, *arguments):
    """A process that ends with this one, and its pipe."""
    here, there = CONTEXT.Pipe()
    process = CONTEXT.Process(target=mortal, args=(target, there, *arguments), daemon=True)
    process.start()
    return process, here


def mortal(target, *arguments):
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG: also where the parent is killed
    target(*arguments)


def heard(pipe):
    if not pipe.poll(PATIENCE):
        raise TimeoutError(f"Readers say nothing for {PATIENCE} seconds.")
    return pipe.recv()


class Reader:
    """One connection that stays open."""

    def __init__(self, port):
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60)

    def ask(self, path):
        try:
            return self.exchange(path)
        except (HTTPException, ConnectionError):  # nginx closes a connection after a thousand requests
            self.connection.close()
            return self.exchange(path)

    def exchange(self, path):
        self.connection.request("GET", path)
        said = self.connection.getresponse()
        return answer(said.status, said.getheader("Location", ""), said.read())

    def look_at(self, path):
        """The answer, and a Failure if it is one."""
        began = time.monotonic()
        found = self.ask(path)
        failure = Failure(self.connection.port, path, began, time.monotonic(), fault(found.status, found.body))
        return found, failure if found.status >= 500 else None


class Couple:
    """Reads two addresses in turn, as long as it is told to."""

    def __init__(self, port):
        self.process, self.here = helper(read_in_turn, port)

    def begin(self, addresses):
        self.here.send(addresses[:2])
        heard(self.here)

    def stop(self):
        """[(address, digest of its answer)] in the order of reading: each was asked once the one before was there."""
        self.here.send(None)
        return heard(self.here)

    def end(self):
        self.process.kill()
        self.process.join()


def read_in_turn(there, port):
    reader = Reader(port)
    while True:
        addresses, seen = there.recv(), []
        while not there.poll():
            for address in addresses:
                seen.append((address, digest(reader.ask(address))))
            if len(seen) == len(addresses):
                there.send("begun")
        there.recv()
        there.send(seen)


def digest(found):
    return hashlib.sha256(repr((found.status, found.to, found.body)).encode()).hexdigest()


def halves_seen(reads, before, after):
    """How often one language was old after the other one had been new. Of pages that both have changed."""
    old = {address: digest(before[address]) for address, _seen in reads}
    new = {address: digest(after[address]) for address in old}
    if any(old[address] == new[address] for address in old):
        return 0
    is_new, count = False, 0
    for address, seen in reads:
        count += is_new and seen == old[address]
        is_new = is_new or seen == new[address]
    return count


class Crowd:
    """Many connections, each of which reads all addresses round and round."""

    def __init__(self, ports, connections):
        self.process, self.here = helper(read_all, ports, connections)

    def begin(self, addresses):
        self.here.send(addresses)

    def end(self):
        """({port: Counter of answers: from a "file", by "python"}, [Failure])"""
        self.here.send(None)
        return heard(self.here)


def read_all(there, ports, connections):
    os.nice(10)  # what is measured is not who is the first to get the processor
    addresses = there.recv()
    there.send(asyncio.run(crowd(there, addresses, ports, connections)))


async def crowd(there, addresses, ports, connections):
    counted, failures = {port: Counter() for port in ports}, []
    readers = [
        asyncio.create_task(one_of_them(port, addresses, counted[port], failures))
        for port, _number in zip(cycle(ports), range(connections), strict=False)
    ]
    while not there.poll():
        await asyncio.sleep(0.1)
    there.recv()
    for reader in readers:
        reader.cancel()
    await asyncio.gather(*readers, return_exceptions=True)
    return counted, failures


async def one_of_them(port, addresses, counted, failures):
    number = random.randrange(len(addresses))
    while True:
        path, began, writer = "", time.monotonic(), None
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            stays = True
            while stays:
                number += 1
                path, began = addresses[number % len(addresses)], time.monotonic()
                async with asyncio.timeout(60):  # Python 3.11's `wait_for` may swallow that it is cancelled
                    said = await ask(reader, writer, path)
                if said.status >= 500:
                    failures.append(Failure(port, path, began, time.monotonic(), fault(said.status, said.body)))
                else:
                    counted[said.by] += 1
                stays = said.stays
                await asyncio.sleep(PAUSE)
        except (OSError, TimeoutError, asyncio.IncompleteReadError) as error:
            what = "cut" if path and not isinstance(error, TimeoutError) else f"{type(error).__name__} {error}"
            failures.append(Failure(port, path, began, time.monotonic(), what))
            await asyncio.sleep(PAUSE)
        finally:
            if writer is not None:
                writer.close()


async def ask(reader, writer, path):
    writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n".encode())
    lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    said = dict(line.lower().split(": ", 1) for line in lines[1:] if line)
    body = b""
    if said.get("transfer-encoding") == "chunked":
        while size := int(await reader.readuntil(b"\r\n"), 16):
            body += (await reader.readexactly(size + 2))[:-2]
        await reader.readuntil(b"\r\n")
    else:
        body = await reader.readexactly(int(said["content-length"]))
    status = int(lines[0].split()[1])
    if status >= 500 and said.get("content-encoding") == "gzip":
        body = gzip.decompress(body)
    by = "file" if "etag" in said and "x-request-id" not in said else "python"
    return Said(status, said.get("connection") != "close", by, body)
