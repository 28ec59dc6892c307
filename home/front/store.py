"""The files of stored pages, as the web server looks for them, and which tags each has.

    FRONT_DIR/state.sqlite3                          what has changed, and which doors are shut
    FRONT_DIR/current -> epochs/7
    FRONT_DIR/epochs/7/index.sqlite3                 which file has which tags
    FRONT_DIR/epochs/7/pages/en/news/index.html      empty: that is what the web server finds
    FRONT_DIR/epochs/7/pages/en/news/index.html.gz   what it sends
    FRONT_DIR/epochs/7/2026-12-01 -> pages           which look the pages have on a day
    FRONT_DIR/held/1764201600 -> ../current          of several web nodes: a second in which this one may be trusted

An epoch ends when everything is forgotten: the next begins with an empty folder. Whatever goes wrong here costs speed
alone: no answer is kept back, and none is left that should go. Where even that cannot be had, `Unforgotten` is raised.
"""

import gzip
import logging
import os
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import date, timedelta
from pathlib import Path

from .recording import PLAIN
from .tables import INDEX, STATE, Ticket, is_changing, register, shut, take, turn
from .tags import EVERYTHING

logger = logging.getLogger(__name__)

DAYS_AHEAD = 60
"""How long the web server finds the pages though Python is away."""


class Unforgotten(Exception):
    """Something would stay in public that has to go."""


class Store:
    def __init__(
        self,
        folder: Path,
        looks: Callable[[], dict[date, str]],
        today: Callable[[], date],
        code: Callable[[], str],
        is_followed: bool = False,
    ) -> None:
        """`looks`: {day: name of its look} where it is not that of most days; `code`: what has made the pages.

        Where it is followed, see `follower`, nothing is stored or found but while it is held.
        """
        self.folder, self.looks, self.today, self.code = folder, looks, today, code
        self.is_followed = is_followed
        self.here = threading.local()
        self.linked: tuple[str, date] | None = None
        self.own_code = ""

    @property
    def current(self) -> Path:
        return self.folder / "current"

    # Storing

    def ticket(self) -> Ticket:
        """Taken before anything is read from the database. OSError or sqlite3.Error: then nothing is stored."""
        with self.locked() as state:
            self.know_code(state)
            epoch = self.epoch()
            self.link_days(epoch)
            (number,) = state.execute("SELECT number FROM clock").fetchone()
        return Ticket(epoch.name, number)

    def put(self, ticket: Ticket, look: str, file: str, tags: Collection[str], body: bytes) -> bool:
        """Whether it was stored: not if one of its tags has changed since the ticket was taken, or is changing now."""
        packed = gzip.compress(body, 9, mtime=0)
        with self.locked() as state:
            stamp, code = state.execute("SELECT stamp, code FROM clock").fetchone()
            if self.epoch_name() != ticket.epoch or code != self.own_code or is_changing(state, ticket, tags):
                return False
            if self.is_followed and not self.is_held():
                return False
            epoch = self.folder / "epochs" / ticket.epoch
            index, name = self.connection(epoch / "index.sqlite3", INDEX), f"{look}/{file}"
            index.execute("BEGIN IMMEDIATE")
            try:
                register(index, name, tags)
                write(epoch / name, packed, max(stamp, int(time.time())))
            except BaseException:
                index.rollback()
                raise
            index.commit()
        return True

    def know_code(self, state: sqlite3.Connection) -> None:
        """Once in a process, and where the state was begun anew: what other templates, words or settings have made, or
        the time before a crash, goes. A process that still runs the former ones says nothing then.
        """
        (known,) = state.execute("SELECT code FROM clock").fetchone()
        if self.own_code and known:
            return
        code = self.code()
        if self.own_code not in ("", code):
            return
        if known != code:
            self.begin_epoch()
            state.execute("UPDATE clock SET code = ?", (code,))
        self.own_code = code

    # Several web nodes

    def hold(self, until: float) -> None:
        """Until then, by the clock on the wall, and no longer."""
        held, now = self.folder / "held", time.time()
        held.mkdir(parents=True, exist_ok=True)
        seconds = {str(second) for second in range(int(now), int(until))}
        there = {link.name for link in held.iterdir()}
        for name in there - seconds:
            (held / name).unlink(missing_ok=True)
        for name in seconds - there:
            (held / name).symlink_to(Path("..") / "current")

    def is_held(self) -> bool:
        return (self.folder / "held" / str(int(time.time()))).is_symlink()

    # Forgetting

    def close(self, name: str, tags: Collection[str]) -> int:
        """What depends on these is about to change: it goes, and comes back only when `name` is opened.

        Returns how many files went, or -1 for all.
        """
        return self.forget(tags, shutting=name)

    def open(self, name: str, tags: Collection[str]) -> int:
        """The change that shut these doors is done, or did not happen."""
        return self.forget(tags, opening=name)

    def forget(self, tags: Collection[str], shutting: str = "", opening: str = "") -> int:
        """Returns how many files went, or -1 for all."""
        try:
            with self.locked() as state:
                turn(state, tags)
                if shutting:
                    shut(state, shutting, tags)
                if opening:
                    state.execute("DELETE FROM door WHERE name = ?", (opening,))
                name = self.epoch_name()
                if EVERYTHING in tags or not name:
                    self.begin_epoch()
                    return -1
                return self.remove(self.folder / "epochs" / name, tags)
        except (sqlite3.Error, OSError) as error:
            logger.error("Stored pages are given up until they can be kept in order again: %s", error)
            self.give_up()
            if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
                self.begin_anew()
            return -1

    def begin_anew(self) -> None:
        """What is damaged goes; no ticket from before is taken, as the epoch is another."""
        with suppress(OSError):
            for suffix in ("", "-wal", "-shm"):
                self.folder.joinpath(f"state.sqlite3{suffix}").unlink(missing_ok=True)

    def remove(self, epoch: Path, tags: Collection[str]) -> int:
        index = self.connection(epoch / "index.sqlite3", INDEX)
        index.execute("BEGIN IMMEDIATE")
        try:
            files = take(index, tags)
            for file in files:
                remove(epoch / file)
        except BaseException:
            index.rollback()
            raise
        index.commit()
        return len(files)

    def give_up(self) -> None:
        """Nothing is found any more. Taking a link away needs no room on a disk that is full."""
        try:
            self.current.unlink(missing_ok=True)
        except OSError as error:
            raise Unforgotten(str(error)) from error

    # Epochs

    def epoch_name(self) -> str:
        """Empty where there is none."""
        try:
            return self.current.readlink().name
        except OSError:
            return ""

    def epoch(self) -> Path:
        name = self.epoch_name()
        return self.folder / "epochs" / name if name else self.begin_epoch()

    def begin_epoch(self) -> Path:
        former = self.epoch_name()
        epoch = self.folder / "epochs" / str(max(time.time_ns(), int(former or 0) + 1))
        epoch.mkdir(parents=True)
        self.link_days(epoch)
        draft = self.folder / ".current"
        draft.unlink(missing_ok=True)
        draft.symlink_to(Path("epochs") / epoch.name)
        draft.replace(self.current)
        threading.Thread(target=self.sweep, args=(int(former or epoch.name),), daemon=True).start()
        return epoch

    def link_days(self, epoch: Path) -> None:
        """Under the name of each day the look that pages have on it, so that it turns at midnight by itself."""
        today = self.today()
        if self.linked == (epoch.name, today):
            return
        looks = self.looks()
        for look in {*looks.values(), PLAIN}:
            (epoch / look).mkdir(exist_ok=True)
        for number in range(-1, DAYS_AHEAD):
            day = today + timedelta(days=number)
            with suppress(FileExistsError):
                (epoch / day.isoformat()).symlink_to(looks.get(day, PLAIN))
        self.linked = epoch.name, today

    def sweep(self, former: int) -> None:
        """Take the files away of the epochs before the former, which may still be read from."""
        with suppress(OSError):
            for epoch in (self.folder / "epochs").iterdir():
                if int(epoch.name) < former:
                    shutil.rmtree(epoch, ignore_errors=True)

    def count(self) -> int:
        """Pages that are stored now."""
        index = self.current / "index.sqlite3"
        if not index.exists():
            return 0
        with closing(sqlite3.connect(f"{index.resolve().as_uri()}?mode=ro", uri=True, timeout=1)) as found:
            (count,) = found.execute("SELECT count(*) FROM page").fetchone()
        return int(count)

    # Its databases

    @contextmanager
    def locked(self) -> Iterator[sqlite3.Connection]:
        """The state, and nobody else at it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        state = self.connection(self.folder / "state.sqlite3", STATE)
        state.execute("BEGIN IMMEDIATE")
        try:
            yield state
        except BaseException:
            state.rollback()
            raise
        state.commit()

    def connection(self, file: Path, schema: str) -> sqlite3.Connection:
        """One for each thread; of indexes, that of the current epoch."""
        known: dict[str, tuple[object, sqlite3.Connection]] = self.here.__dict__.setdefault("known", {})
        mark, connection = known.get(file.name, (None, None))
        now = (file, os.getpid(), file.stat().st_ino if file.exists() else None)
        if connection is None or mark != now:
            connection = sqlite3.connect(file, timeout=10, isolation_level=None)
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=OFF")  # after a crash of the machine everything is forgotten anyway
            connection.executescript(schema)
            known[file.name] = (file, os.getpid(), file.stat().st_ino), connection
        return connection


def write(target: Path, packed: bytes, stamp: int) -> None:
    """The packed form first: the web server looks for the other one, and finds it when both are there."""
    target.parent.mkdir(parents=True, exist_ok=True)
    for suffix, content in ((".gz", packed), ("", b"")):
        draft = target.with_name(f".{os.getpid()}-{threading.get_ident()}{suffix}")
        try:
            draft.write_bytes(content)
            os.utime(draft, (stamp, stamp))
            draft.replace(f"{target}{suffix}")
        except OSError:
            draft.unlink(missing_ok=True)
            remove(target)
            raise


def remove(target: Path) -> None:
    target.unlink(missing_ok=True)
    target.with_name(f"{target.name}.gz").unlink(missing_ok=True)
