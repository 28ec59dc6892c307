"""Whether readers are ever sent something old while a newsroom works: a crowd reads, and changes go out.

.venv/bin/python bench/freshness.py --connections 64 --changes 200

A copy of the demo is served by gunicorn, with stored pages, behind a real nginx (Debian's nginx-light) with what
`front_nginx` prints. The crowd, in a process of its own, reads all public pages round and round over connections that
stay open. Meanwhile this process releases, corrects, withdraws, brings back, renames a topic and says anew who
publishes, as the demo's people do. Right after each commit every address that could show the change is asked twice
through nginx: the answer must be what is rendered from the database alone. And while it is committed somebody reads
both languages of the article in turn: once one of them is new, the other one is never old after it.

`--without doors` takes away what stored pages stand on: the bench must see it.
"""

import argparse
import logging
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import SimpleNamespace

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]

from freshness_readers import Couple, Crowd, Reader, halves_seen  # noqa: E402

from tests.demo_site import free_port  # noqa: E402

OTHERS = 8
"""Pages that a change need not concern, of which so many are asked, too, after each."""
PAGES = re.compile(r"/(?:en|zh-hans)/(?!search/)|/sitemap\.xml")
"""What a crowd reads: neither pictures nor what is never stored."""
KEY = "0123456789-abcdefghijklmnopqrstuvwxyz-0123456789-abc"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--changes", type=int, default=200)
    parser.add_argument("--minutes", type=float, default=float("inf"), help="after which no other change is begun")
    parser.add_argument("--demo", metavar="FOLDER", help="one that is built already, of which a copy is used")
    parser.add_argument("--without", choices=["doors"], help="as if no change shut any: to be seen")
    options = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        prepare(folder, options.demo)
        sites = [stack.enter_context(site_in(folder))]
        crowd = Crowd([site.front for site in sites], options.connections)
        couple = Couple(sites[0].front)
        stack.callback(couple.end)
        found = work(stack, sites, crowd, couple, options)
    print_all(found)
    return 1 if found.old or found.halves or found.failed else 0


def prepare(folder, demo):
    """The environment of all processes, of which this one writes and gunicorn reads."""
    host = f"127.0.0.1:{free_port()}"
    os.environ.update(
        DJANGO_SETTINGS_MODULE="newsroom.settings.production",
        ALLOWED_HOSTS="127.0.0.1",
        ENV_FILE="",
        FRONT_DIR=str(folder / "front"),
        SECRET_KEY=KEY,
        SECURE_SSL_REDIRECT="off",
        SITE_URL=f"http://{host}",
        VAR_DIR=str(folder / "var"),
    )
    if demo:
        shutil.copytree(demo, folder / "var")


@contextmanager
def site_in(folder):
    """Within it nginx answers at `front`, before gunicorn."""
    from tests.nginx import deployed_with_stored_pages, nginx
    from tests.served import Served

    names = ("ALLOWED_HOSTS", "DATABASE_URL", "FRONT_DIR", "SECRET_KEY", "SITE_URL", "VAR_DIR")
    served = Served(folder, **{name: os.environ[name] for name in names if name in os.environ})
    served.environment["GUNICORN_CMD_ARGS"] = "--workers 2"
    if not (folder / "var").exists():
        print("Building the demo ...", flush=True)
        served.environment |= {"DJANGO_SETTINGS_MODULE": "newsroom.settings.dev", "FRONT_DIR": ""}
        served.manage("demo", "--no-serve")
        served.environment |= {name: os.environ[name] for name in ("DJANGO_SETTINGS_MODULE", "FRONT_DIR")}
    served.manage("collectstatic", "--noinput", "-v0")
    host = os.environ["SITE_URL"].removeprefix("http://")
    front = int(host.rpartition(":")[2])
    command = [sys.executable, str(ROOT / "manage.py"), "front_nginx"]
    printed = subprocess.run(command, env=served.environment, check=True, stdout=subprocess.PIPE, text=True).stdout
    served.front = front
    configuration = deployed_with_stored_pages(served, folder, printed, host)
    with served.running(), nginx(folder, configuration, front, TZ="Asia/Shanghai"):
        yield SimpleNamespace(front=front, folder=folder)


def work(stack, sites, crowd, couple, options):
    import django

    django.setup()

    import freshness_changes as changes
    from django.utils import translation

    from home.front import process
    from tests.stored import addresses
    from tests.stored.answers import FromTheDatabase

    logging.disable(logging.WARNING)
    database = FromTheDatabase()
    stack.callback(database.end)
    if options.without == "doors":
        store = process.store()
        store.close = store.open = lambda name, tags: 0
    found = SimpleNamespace(
        changes={}, compared=0, old=[], pairs=0, halves=[], failed=0, took=[], checked=[], crowd=None, began=time.time()
    )
    readers = [Reader(site.front) for site in sites]
    with translation.override("en"):
        there = addresses.crawl(addresses.BEGIN, database.answers)
        public = {address for address, answer in there.items() if answer.status == 200}
        crowd.begin(sorted(filter(PAGES.match, public)))
        for name, both, act in changes.some(options.changes):
            if time.time() - found.began > 60 * options.minutes:
                break
            before = database.answers(both)
            couple.begin(both)
            began = time.monotonic()
            act()
            committed = time.monotonic()
            asked = [*both, *sorted(changes.lists()), *random.sample(sorted(public), OTHERS)]
            got = [(reader.ask(address), address) for _twice in range(2) for reader in readers for address in asked]
            checked = time.monotonic()
            reads = couple.stop()
            truth = database.answers(asked)
            found.changes[name] = found.changes.get(name, 0) + 1
            found.took.append(committed - began)
            found.checked.append(checked - committed)
            found.compared += len(got)
            found.old += [(name, address) for answer, address in got if answer != truth[address]]
            found.pairs += len(reads) // 2
            found.halves += [(name, both)] * halves_seen(reads, before, truth)
            print(".", end="", flush=True, file=sys.stderr)
            public.update(address for address in both if truth[address].status == 200)
        truth = database.answers(public)
        got = [(reader.ask(address), address) for reader in readers for address in sorted(public)]
        found.compared += len(got)
        found.old += [("at the end", address) for answer, address in got if answer != truth[address]]
    counted, failures = crowd.end()
    found.crowd, found.failed = sum(counted.values(), Counter()), len(failures)
    return found


def print_all(found):
    seconds = time.time() - found.began
    kinds = ", ".join(f"{count} {name}" for name, count in sorted(found.changes.items()))
    print(f"{sum(found.changes.values())} changes in {seconds:.0f} s: {kinds}")
    for title, values in (
        ("a change took", found.took),
        ("from its commit until the last answer was there", found.checked),
    ):
        tenth = sorted(values)[int(len(values) * 0.9)]
        print(f"{title}: median {statistics.median(values) * 1000:.0f} ms, p90 {tenth * 1000:.0f} ms")
    print(f"answers compared: {found.compared}, old: {len(found.old)}")
    print(f"pairs read during a commit: {found.pairs}, half new: {len(found.halves)}")
    crowd = found.crowd
    print(f"read by the crowd: {crowd['file']} from files, {crowd['python']} by Python, {found.failed} failed")
    for name, address in [*found.old[:5], *found.halves[:5]]:
        print(f"  {name}: {address}")


if __name__ == "__main__":
    sys.exit(main())
