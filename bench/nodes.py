"""Two web nodes under load, of which one is killed, while Redis and PostgreSQL go and come back: what readers notice.

    .venv/bin/python bench/nodes.py --connections 32 --changes 50 --seconds 60

A copy of the demo in a PostgreSQL of its own, a Redis as Debian sets it up, and two nodes, each of them gunicorn,
`front_follow`, a folder of stored pages and a real nginx. A crowd reads all public pages of both, round and round.
Meanwhile this process, as an office on the first node, releases, corrects, withdraws, brings back and renames a topic.
The second node's processes are killed (SIGKILL), and started again after `--away` seconds; Redis is stopped so long;
PostgreSQL is stopped and started. It ends with status 1 if

- an answer failed that need not: any at all but those of a node while its Python, or the database, was away; of these,
  what was stored there then, as long as the lease that the node had lasts;
- after a commit a node answered what was before it, or one language of an article was old after the other was new;
- a step of the newsroom failed but for the database, a change that was told committed is not there at the end, or one
  that failed is there by half.
"""

import argparse
import logging
import os
import random
import signal
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]

from freshness import KEY, OTHERS, PAGES  # noqa: E402
from freshness_readers import Couple, Crowd, Reader, halves_seen  # noqa: E402

from tests.demo_site import free_port  # noqa: E402

SOON = 90
"""Seconds within which what was stopped is there again."""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--connections", type=int, default=32, help="of readers, over both nodes")
    parser.add_argument("--changes", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=60, help="for which it lasts at least")
    parser.add_argument("--away", type=int, default=10, help="seconds for which a node is, and then Redis")
    parser.add_argument("--demo", metavar="FOLDER", help="where it is kept from one time to the next")
    parser.add_argument(
        "--without", choices=["telling"], help="nothing goes, and no change tells the other node: to be seen"
    )
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_signal: sys.exit(2))
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        folder.chmod(0o755)
        trial = Trial(stack, stack.enter_context(prepare(folder).running(options.demo)), options)
        trial.run()
    return print_all(trial)


def prepare(folder):
    """This process is an office on the first node."""
    host, redis_port, database_port = f"127.0.0.1:{free_port()}", free_port(), free_port()
    os.environ.update(
        ALLOWED_HOSTS="127.0.0.1",
        CACHE_URL=f"redis://127.0.0.1:{redis_port}/0",
        DATABASE_URL=f"postgres://newsroom@127.0.0.1:{database_port}/postgres",
        DJANGO_SETTINGS_MODULE="newsroom.settings.production",
        ENV_FILE="",
        FRONT_DIR=str(folder / "one" / "front"),
        FRONT_NODE="one",
        SECRET_KEY=KEY,
        SECURE_SSL_REDIRECT="off",
        SITE_URL=f"http://{host}",
        VAR_DIR=str(folder / "var"),
    )
    from nodes_servers import Place  # asks for the settings

    return Place(folder, host, redis_port, database_port)


class Trial:
    def __init__(self, stack, place, options):
        import django

        django.setup()

        from nodes_changes import Newsroom

        from tests.stored.answers import FromTheDatabase

        logging.disable(logging.CRITICAL)
        self.place, self.options, self.newsroom = place, options, Newsroom()
        self.ports = {node.front: node.name for node in place.nodes}
        self.database = FromTheDatabase()
        stack.callback(self.database.end)
        self.crowd = Crowd(list(self.ports), options.connections)
        self.couples = {port: Couple(port) for port in self.ports}
        for couple in self.couples.values():
            stack.callback(couple.end)
        self.readers = {port: Reader(port) for port in self.ports}
        self.public, self.took = set(), []
        self.faults, self.failures = [], []
        """[(what, where)], [Failure]"""
        self.kinds, self.raised, self.compared, self.pairs = Counter(), Counter(), Counter(), Counter()

    def run(self):
        from django.utils import translation

        from home.front import process
        from tests.stored import addresses

        changes, seconds = self.options.changes, self.options.seconds
        with translation.override("en"):
            self.newsroom.make_ready(changes)
            there = addresses.crawl(addresses.BEGIN, self.truth)
            self.public |= {address for address, answer in there.items() if answer.status == 200}
            for _first in range(3):
                self.take(self.newsroom.release)
            self.kinds.clear()
            self.took.clear()
            self.crowd.begin(sorted(filter(PAGES.match, self.public)))
            began = time.monotonic()
            if self.options.without:
                process.nodes().shut = process.nodes().open = lambda name, tags: None
            else:
                threading.Thread(target=self.place.have_outages, args=(self.options,), daemon=True).start()
            for number in range(changes):
                time.sleep(max(0, began + number * seconds / changes - time.monotonic()))
                self.take(self.newsroom.next_kind(), (number + 1) / changes)
            self.place.share = 1
            if not self.options.without and (fault := self.place.wait_until_all_is_back()):
                self.note("the trial itself", fault)
            time.sleep(max(0, began + seconds - time.monotonic()))
            self.counted, failures = self.crowd.end()
            self.failures += failures
            self.lasted = time.monotonic() - began
            self.look_at_all()

    def truth(self, addresses):
        """What the database alone says, once it is there."""
        deadline = time.monotonic() + SOON
        while True:
            answers = self.database.answers(addresses)
            if all(answer.status < 500 for answer in answers.values()) or time.monotonic() > deadline:
                return answers
            time.sleep(0.2)

    def take(self, kind, share=0):
        """A step of the newsroom, and what readers of both nodes get right after it."""
        from django.db import close_old_connections
        from nodes_changes import EVERYWHERE

        close_old_connections()  # as before a request
        began = time.monotonic()
        try:
            step = kind()
        except Exception as error:
            self.has_raised(f"before {kind.__name__}", error, began)
            return
        before, raised = self.truth(step.addresses), None
        for couple in self.couples.values():
            couple.begin(step.addresses)
        began, self.place.share = time.monotonic(), share
        try:
            step.act()
        except Exception as error:
            raised = error
            self.has_raised(kind.__name__, error, began)
        else:
            self.kinds[kind.__name__] += 1
            self.took.append(time.monotonic() - began)
        reads = {port: couple.stop() for port, couple in self.couples.items()}
        asked = [*step.addresses, *EVERYWHERE, *random.sample(sorted(self.public), OTHERS)]
        got = [] if raised else self.ask_all(asked) + self.ask_all(asked)
        truth = self.truth(asked)
        self.compare(kind.__name__, got, truth)
        for port, read in reads.items():
            self.pairs[port] += len(read) // 2
            for _half in range(halves_seen(read, before, truth)):
                self.note(f"half new on {self.ports[port]}", step.addresses[0])
        what = self.newsroom.settle(step, raised is None, [truth[address] for address in step.addresses])
        self.raised[what] += raised is not None
        if what in ("lost", "by half"):
            self.note(what, f"{kind.__name__} {step.subject}")
        self.public |= {address for address in step.addresses if truth[address].status == 200}
        print("!" if raised else ".", end="", flush=True, file=sys.stderr)

    def has_raised(self, name, error, began):
        from django.db import InterfaceError, OperationalError

        self.newsroom.lay_aside()
        self.raised["all"] += 1
        outages, now = [outage for outage in self.place.outages if outage.of_the_database], time.monotonic()
        is_away = any(outage.overlaps(began, now) for outage in outages)
        if not (is_away and isinstance(error, (InterfaceError, OperationalError))):
            self.note("a step failed", f"{name}: {type(error).__name__}: {error}")

    def note(self, what, where):
        self.faults.append((what, where))
        print(f"\n{what}: {where}", file=sys.stderr, flush=True)

    def ask_all(self, addresses):
        """[(port, address, answer)] of both nodes, where there was one."""
        found = []
        for port, reader in self.readers.items():
            for address in addresses:
                answer, failure = reader.look_at(address)
                if failure:
                    self.failures.append(failure)
                else:
                    found.append((port, address, answer))
        return found

    def compare(self, name, got, truth):
        self.compared.update(port for port, _address, _answer in got)
        old = [(port, address) for port, address, answer in got if answer != truth[address]]
        for port, address in old:
            self.note(f"old on {self.ports[port]}", f"after {name}: {address}")

    def look_at_all(self):
        """Once everything is back: every public address on both nodes, and all that was changed."""
        known = {address for addresses, _says in self.newsroom.known.values() for address in addresses}
        truth = self.truth(self.public | known)
        self.compare("all", self.ask_all(truth), truth)
        for subject in self.newsroom.differing(truth):
            self.note("lost at the end", subject)


def print_all(trial):
    """Returns the status to end with."""
    outages, faults, raised = trial.place.outages, Counter(what for what, _where in trial.faults), trial.raised
    excused = [failure for failure in trial.failures if is_excused(failure, outages)]
    bad = [failure for failure in trial.failures if failure not in excused]
    kinds = ", ".join(f"{count} {name}" for name, count in sorted(trial.kinds.items()))
    print(f"\n{trial.lasted:.0f} s, {trial.options.connections} connections, {trial.options.changes} steps: {kinds}")
    print("; ".join(f"{outage.what} for {outage.ended - outage.began:.1f} s" for outage in outages))
    print(f"a change took: median {statistics.median(trial.took) * 1000:.0f} ms, longest {max(trial.took):.1f} s")
    rows = {
        "answers from files": {port: count["file"] for port, count in trial.counted.items()},
        "answers by Python": {port: count["python"] for port, count in trial.counted.items()},
        "told that it is away, and had to be": Counter(one.port for one in excused if one.what == "away"),
        "cut off as a node was killed": Counter(one.port for one in excused if one.what == "cut"),
        "failed and need not": Counter(one.port for one in bad),
        "compared with the database": trial.compared,
        "old": {port: faults[f"old on {name}"] for port, name in trial.ports.items()},
        "pairs read during a commit": trial.pairs,
        "half new": {port: faults[f"half new on {name}"] for port, name in trial.ports.items()},
    }
    print(f"{'':38}" + "".join(f"{name:>10}" for name in trial.ports.values()))
    for title, counts in rows.items():
        print(f"{title:38}" + "".join(f"{counts.get(port, 0):10,}" for port in trial.ports))
    print(f"changes told committed: {trial.kinds.total()}, lost: {faults['lost'] + faults['lost at the end']}")
    print(f"steps that failed: {raised['all']}, need not: {faults['a step failed']}; of their changes", end=" ")
    print(f"{raised['not at all']} not at all, {raised['done']} done, {raised['by half']} by half")
    for failure in bad[:10]:
        print(f"  {trial.ports[failure.port]} {failure.what} {failure.ended - failure.began:.2f} s: {failure.path}")
    for what, where in trial.faults[:10]:
        print(f"  {what}: {where}")
    return 1 if bad or trial.faults else 0


def is_excused(failure, outages):
    return failure.what in ("away", "cut") and any(outage.excuses(failure) for outage in outages)


if __name__ == "__main__":
    sys.exit(main())
