"""Pictures are decoded and drawn in a process that ends, with what they took of memory.

A decoder is written in C and reads what strangers have made: what kills it or keeps it busy costs an editor or a reader
one picture, and no worker. The process is a copy of this one (fork), since a new Python that knows the site takes two
seconds and a copy some milliseconds (`bench/drawing.py`). The copy finishes nothing that others have begun: it closes
all that was open, works on bytes that were read before, and is gone by `_exit`. Where another thread held a lock just
then that the copy asks for, the time of the copy runs out, which is said as of any other picture.
"""

import gc
import json
import os
import resource
import select
import signal
import threading
import time
from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from PIL import Image
from wagtail.images.models import SourceImageIOError

Image.init()
"""All formats are imported here. A module that another thread was just importing would never be there in the copy."""

SECONDS = 30
"""That one drawing may take; of each processor, too."""
MEMORY = 1024 * 1024 * 1024
"""Bytes beside those of the process that it is a copy of: 25 million pixels take a third of it (`bench/drawing.py`)."""
CHUNK = 1 << 20
one_at_a_time = threading.Lock()
"""Memory is that of one drawing for each process, however many threads ask."""


class NotDrawn(SourceImageIOError):
    """It took too much, or killed what drew it."""


class Undrawable(ValueError):
    """What the decoder said of a picture; the first words name its error."""


def apart(
    work: Callable[[], bytes],
    seconds: float = SECONDS,
    memory: int = MEMORY,
    known: Collection[type[Exception]] = (),
) -> bytes:
    """What `work` gives, by a process that ends. Raises NotDrawn, Undrawable or, with what it says, one of `known`."""
    with one_at_a_time:
        reading, writing = os.pipe()
        process = os.fork()
        if not process:
            end(work, writing, seconds, memory)
        os.close(writing)
        try:
            told = whole(reading, time.monotonic() + seconds)
        finally:
            os.close(reading)
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
    if told[:1] == b"+":
        return bytes(told[1:])
    if told[:1] != b"-":
        raise NotDrawn("what drew it ended in the middle")
    name, *arguments = json.loads(told[1:])
    if name == "MemoryError":
        raise NotDrawn("it takes more memory than it may have")
    for error in known:
        if error.__name__ == name:
            raise error(*arguments)
    raise Undrawable(f"{name}: {' '.join(map(str, arguments))}")


def whole(pipe: int, deadline: float) -> bytearray:
    told, watch = bytearray(), select.poll()  # which knows no highest number of a file, as `select` does
    watch.register(pipe, select.POLLIN)
    while True:
        left = deadline - time.monotonic()
        if left <= 0 or not watch.poll(left * 1000):
            raise NotDrawn("it takes longer than it may")
        chunk = os.read(pipe, CHUNK)
        if not chunk:
            return told
        told += chunk


def end(work: Callable[[], bytes], pipe: int, seconds: float, memory: int) -> NoReturn:
    """In the copy. Nothing that the other process has begun is finished here: neither connections nor objects."""
    try:
        gc.disable()
        os.closerange(3, pipe)
        os.closerange(pipe + 1, os.sysconf("SC_OPEN_MAX"))
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGALRM):
            signal.signal(number, signal.SIG_DFL)
        bound(seconds, memory)
        try:
            told = b"+" + work()
        except Exception as error:
            arguments = [each if isinstance(each, int) else str(each) for each in error.args]
            told = b"-" + json.dumps([type(error).__name__, *arguments]).encode()
        while told:
            told = told[os.write(pipe, told) :]
    finally:
        os._exit(0)


def bound(seconds: float, memory: int) -> None:
    """For the case that nobody is left to end it: what waits is rung for, what works has so much of each processor."""
    signal.alarm(int(seconds) + 1)
    limit(resource.RLIMIT_CORE, 0)
    limit(resource.RLIMIT_CPU, (int(seconds) + 1) * (os.cpu_count() or 1))
    taken = Path("/proc/self/statm")
    if taken.exists():  # elsewhere nothing bounds memory
        limit(resource.RLIMIT_AS, int(taken.read_text().split()[0]) * resource.getpagesize() + memory)


def limit(what: int, most: int) -> None:
    _soft, hard = resource.getrlimit(what)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (most, most))
