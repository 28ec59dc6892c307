"""Django's caches of files and of Redis, without which everything goes on: what fails is a miss, and is logged.

What could not be written or deleted is remembered by this process, read no more, and deleted before anything else once
the cache takes it. Other processes may find it until it expires.
"""

import logging
import pickle
import threading
import time
import zlib
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.core.cache.backends.filebased import FileBasedCache
from django.core.cache.backends.redis import RedisCache as DjangosRedisCache

logger = logging.getLogger(__name__)

EVERY = 60
"""Seconds between two lines of the log."""
PAUSE = 5
"""Seconds in which a server that did not answer is not asked again: a page asks it ten times."""
MANY = 1000
"""Keys that are remembered; with more of them all is deleted."""
T = TypeVar("T")


class Outage:
    """Of one kind of cache in this process; each thread has a cache object of its own."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.fault = ""
        self.logged_at = self.until = self.caught_up_at = -float(EVERY)
        self.missed: set[tuple[str, int | None]] = set()

    def note(self, error: Exception, pause: float, missed: Iterable[tuple[str, int | None]]) -> None:
        now = time.monotonic()
        with self.lock:
            self.fault, self.until = f"{type(error).__name__}: {error}", now + pause
            self.missed.update(missed)
            is_told = now < self.logged_at + EVERY
            if not is_told:
                self.logged_at = now
        if not is_told:
            logger.warning("The cache fails, and everything is made anew without it: %s", self.fault)


class ForgivingCache(BaseCache):
    outage: Outage
    failures: tuple[type[Exception], ...]
    pause = 0.0

    @property
    def fault(self) -> str:
        return self.outage.fault

    def attempt(
        self,
        act: Callable[[], T],
        otherwise: T,
        missed: Iterable[tuple[str, int | None]] = (),
        failures: tuple[type[Exception], ...] = (),
    ) -> T:
        missed, outage, failures = list(missed), self.outage, failures or self.failures
        if time.monotonic() < outage.until:
            with outage.lock:
                outage.missed.update(missed)
            return otherwise
        try:
            if outage.missed and time.monotonic() > outage.caught_up_at + PAUSE:
                self.catch_up()
            found = act()
        except failures as error:
            outage.note(error, self.pause, missed)
            return otherwise
        outage.fault = ""
        outage.missed.difference_update(missed)
        return found

    def attempt_to_read(self, act: Callable[[], T], otherwise: T) -> T:
        """What is damaged, or was written by another version of the site, may raise anything as it is read."""
        return self.attempt(act, otherwise, failures=(Exception,))

    def catch_up(self) -> None:
        """Raises where it still fails."""
        self.outage.caught_up_at = time.monotonic()
        if len(self.outage.missed) > MANY:
            super().clear()
            self.outage.missed.clear()
        for key, version in list(self.outage.missed):
            super().delete(key, version)
            self.outage.missed.discard((key, version))
        self.outage.caught_up_at = -float(EVERY)

    def is_missed(self, key: str, version: int | None) -> bool:
        return (key, version) in self.outage.missed

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return self.attempt(lambda: super(ForgivingCache, self).add(key, value, timeout, version), True)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        found = self.attempt_to_read(lambda: super(ForgivingCache, self).get(key, default, version), default)
        return default if self.is_missed(key, version) else found

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        missed = [(key, version)]
        self.attempt(lambda: super(ForgivingCache, self).set(key, value, timeout, version), None, missed)

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return self.attempt_to_read(lambda: super(ForgivingCache, self).touch(key, timeout, version), False)

    def delete(self, key: str, version: int | None = None) -> bool:
        return self.attempt(lambda: super(ForgivingCache, self).delete(key, version), False, [(key, version)])

    def has_key(self, key: str, version: int | None = None) -> bool:
        found = self.attempt_to_read(lambda: super(ForgivingCache, self).has_key(key, version), False)
        return found and not self.is_missed(key, version)

    def get_many(self, keys: Any, version: int | None = None) -> dict[Any, Any]:
        keys = list(keys)
        nothing: dict[Any, Any] = {}
        found = self.attempt_to_read(lambda: super(ForgivingCache, self).get_many(keys, version), nothing)
        return {key: value for key, value in found.items() if not self.is_missed(key, version)}

    def set_many(self, data: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> list[Any]:
        missed = [(key, version) for key in data]
        return self.attempt(lambda: super(ForgivingCache, self).set_many(data, timeout, version), [*data], missed)

    def delete_many(self, keys: Any, version: int | None = None) -> None:
        keys = list(keys)
        missed = [(key, version) for key in keys]
        self.attempt(lambda: super(ForgivingCache, self).delete_many(keys, version), None, missed)

    def clear(self) -> None:
        self.attempt(super().clear, None)


class FileCache(ForgivingCache, FileBasedCache):
    """A folder that is full, gone or not ours; a file that is damaged or somebody else's."""

    outage = Outage()
    failures = (OSError, EOFError, pickle.UnpicklingError, zlib.error)

    def __init__(self, folder: str, params: dict[str, Any]) -> None:
        try:
            super().__init__(folder, params)
        except OSError as error:  # it makes the folder last
            self.outage.note(error, 0, ())


class RedisCache(ForgivingCache, DjangosRedisCache):
    """A server that is away, hangs, is full or takes no writes. It is asked once, in the time that OPTIONS gives it."""

    outage = Outage()
    pause = PAUSE

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        from redis.backoff import NoBackoff
        from redis.exceptions import RedisError
        from redis.retry import Retry

        self.failures = (OSError, EOFError, pickle.UnpicklingError, RedisError)
        options = {**params.get("OPTIONS", {}), "retry": Retry(NoBackoff(), 0)}
        super().__init__(server, {**params, "OPTIONS": options})
