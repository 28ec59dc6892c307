"""Make the changes one after another and print, for each, what readers were left with."""

import argparse
import json
import logging
import sys
import time
import traceback

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.utils import translation  # noqa: E402

from home.front import following, process  # noqa: E402
from home.front.tags import EVERYTHING  # noqa: E402
from tests.stored import addresses, changes, receivers  # noqa: E402
from tests.stored.answers import FromTheDatabase, as_readers_get, stored  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", metavar="KIND", help="these kinds alone, in the order of the list")
    parser.add_argument(
        "--without", metavar="NAME", help="as if this receiver of a signal, or followed table, were not"
    )
    parser.add_argument("--list", action="store_true", help="name the kinds and the receivers, and make no change")
    options = parser.parse_args()
    if options.list:
        print(
            json.dumps(
                {
                    "kinds": list(changes.REGISTER),
                    "receivers": list(receivers.REGISTER),
                    "tables": list(following.REGISTER),
                },
                indent=1,
            )
        )
        return 0
    logging.disable(logging.WARNING)
    if options.without:
        receivers.take_away(options.without)
    chosen = {name: kind for name, kind in changes.REGISTER.items() if not options.only or name in options.only}
    unknown = set(options.only or ()) - chosen.keys()
    if unknown:
        parser.error(f"no such kind: {', '.join(unknown)}")
    return run(chosen)


def run(kinds):
    cache.clear()
    database, stale, failed, forgotten, shut = FromTheDatabase(), {}, {}, {}, {}
    truth = addresses.crawl(addresses.BEGIN | addresses.of_pages(), database.answers)
    as_readers_get(truth)
    there = {address for address in truth if stored(address)}
    print(f"{len(truth)} addresses, {len(there)} stored", file=sys.stderr)
    for name, change in kinds.items():
        began = time.perf_counter()
        try:
            with translation.override("en"):
                change()
        except Exception:
            failed[name] = traceback.format_exc()
            print(f"FAILED {name}\n{failed[name]}", file=sys.stderr, flush=True)
        known = truth.keys() | addresses.BEGIN | addresses.of_pages()
        left = {address for address in known if stored(address)}
        got = as_readers_get(known)
        before, truth = truth, database.answers(known)
        changed = {address for address, answer in truth.items() if before.get(address) != answer}
        forgotten[name] = {"stored": len(there), "went": len(there - left), "differed": len(there & changed)}
        wrong = {address: (got[address], truth[address]) for address in known if got[address] != truth[address]}
        if wrong:  # asking draws pictures that are missing, which others of the addresses show
            got, again = as_readers_get(wrong), database.answers(wrong)
            truth |= again
            wrong = {address: (got[address], again[address]) for address in wrong if got[address] != again[address]}
        stale[name] = sorted(wrong)
        shut |= {name: still} if (still := doors_shut()) else {}
        seconds = time.perf_counter() - began
        print(
            f"{'STALE' if wrong else 'ok   '} {name:70} stale {len(wrong):3}"
            f" of {len(there):3} stored {len(there - left):3} went {len(there & changed):3} differed {seconds:5.1f} s",
            *(f"\n      {address}: readers {one}, database {other}" for address, (one, other) in [*wrong.items()][:4]),
            file=sys.stderr,
            flush=True,
        )
        more = addresses.linked({address: truth[address] for address in changed}) - truth.keys()
        truth |= addresses.crawl(more, database.answers)
        as_readers_get(more)
        if wrong:
            cache.clear()
            if settings.FRONT_DIR:
                process.store().forget({EVERYTHING})
            as_readers_get(truth)
        there = {address for address in truth if stored(address)}
    database.end()
    print(json.dumps({"stale": stale, "failed": failed, "shut": shut, "forgotten": forgotten}))
    return 0


def doors_shut():
    """Tags of which nothing is stored, as if a change were still going on."""
    if not settings.FRONT_DIR:
        return []
    with process.store().locked() as state:
        return sorted(tag for (tag,) in state.execute("SELECT DISTINCT tag FROM door"))


if __name__ == "__main__":
    sys.exit(main())
