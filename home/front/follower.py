"""The process of a node that carries out what changes on other nodes shut and open, and says how long that is sure.

Nothing is found on this node without it: `Store.hold` names the seconds for which its lease lasts, and the web server
looks whether the present one is among them. So a process that is killed, stopped or cut off need not do anything.
"""

import logging
import threading
import time
from collections.abc import Callable
from functools import partial

import psycopg
from django.db import InterfaceError, OperationalError, connections

from .changes import forget_beside_rows
from .nodes import LEASE, Membership
from .store import Store
from .tags import EVERYTHING

logger = logging.getLogger(__name__)

POLL, RENEWAL, PAUSE, SWEEP = 0.5, 2, 1, 60
"""Seconds: between two looks, where nothing is told; between two renewals; after what failed; between two sweeps."""
SHORT = 1
"""By so many seconds the lease is over earlier here than for who waits: web servers look at the clock now and then."""
CLOCK = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
"""Nobody sets it, and it goes on while the machine sleeps."""
AWAY = psycopg.OperationalError, psycopg.InterfaceError, OperationalError, InterfaceError
"""What is raised where the database cannot be asked, beside Django and through it."""


def passed() -> float:
    return time.clock_gettime(CLOCK)


class Follower:
    def __init__(self, store: Store, node: str, tell: Callable[[str], None]) -> None:
        self.store, self.node, self.tell = store, node, tell
        self.membership = Membership(node)
        self.done = 0
        self.until = 0.0, 0.0
        """When the lease is over, by the clock on the wall and by `passed`."""
        self.is_sure = False
        """Whether all was well when the lease was renewed the last time."""

    def run(self, over: threading.Event) -> None:
        """Until it is over. Whatever goes wrong, nothing of before is trusted afterwards; but that the database is away
        for a while: the lease lasts, or runs out, meanwhile.
        """
        while not over.is_set():
            try:
                if self.goes_on() or self.begin(over):
                    self.follow(over)
                self.is_sure = False
            except Exception as error:  # of the database, of the disk: until it is well again
                logger.error("No pages are stored on %s: %s: %s", self.node, type(error).__name__, error)
                self.is_sure = self.is_sure and isinstance(error, AWAY)
            if self.is_sure:
                self.attempt(self.hold, self.membership.beside.close, connections.close_all)
            else:
                self.give_up()
            over.wait(PAUSE)
        if self.is_sure:
            self.give_up()

    def goes_on(self) -> bool:
        """After the database was away: with what was carried out for sure. Once, if all is not well even then."""
        done = self.membership.resume() if self.is_sure else None
        self.is_sure = False
        if done is None:
            return False
        self.done = done
        return True

    def begin(self, over: threading.Event) -> bool:
        """Changes wait for this node before anything is read that may be stored."""
        self.store.hold(0)
        is_said = False
        while not self.membership.join():
            if not is_said:
                self.tell(f"Waiting: the lease of the last process that followed as {self.node} is not over.")
            is_said = True
            if over.wait(POLL):
                return False
        self.done = self.membership.begin_after()
        self.forget({EVERYTHING})
        return True

    def follow(self, over: threading.Event) -> None:
        """Until the lease is lost."""
        swept = renewed = 0.0
        while not over.is_set():
            news = self.membership.news(self.done)
            for number, tags, shutting, opening in news:
                self.carry_out(set(tags), shutting, opening)
                self.done = number
            if news or passed() - renewed > RENEWAL:
                wall, now = time.time(), passed()
                if not self.membership.renew(self.done):
                    self.tell("The lease was over.")
                    return
                if not renewed:
                    self.tell(f"Following as {self.node}.")
                renewed, self.until = now, (wall + LEASE - SHORT, now + LEASE - SHORT)
                self.is_sure = True
            self.hold()
            if passed() - swept > SWEEP:
                self.membership.sweep()
                swept = passed()
            if not news:
                self.membership.wait(POLL)

    def hold(self) -> None:
        """Both: where the clock was set back the first is too late, after a stop before this the second."""
        self.store.hold(min(self.until[0], time.time() + self.until[1] - passed()))

    def carry_out(self, tags: set[str], shutting: str, opening: str) -> None:
        if shutting:
            self.store.close(shutting, tags)
        else:
            self.forget(tags, opening)

    def forget(self, tags: set[str], opening: str = "") -> None:
        forget_beside_rows(tags)
        self.store.forget(tags, opening=opening)

    def give_up(self) -> None:
        """At once, where that is possible; else the lease runs out."""
        self.until = 0.0, 0.0
        self.attempt(partial(self.store.hold, 0), self.membership.leave, connections.close_all)

    def attempt(self, *steps: Callable[[], object]) -> None:
        for each in steps:
            try:
                each()
            except Exception as error:
                logger.warning("%s: %s", type(error).__name__, error)
