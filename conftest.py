import gc
import os
from collections import defaultdict
from zlib import crc32

import pytest
from django.core.cache import cache
from django.utils import translation
from hypothesis import settings

# The browser of some tests keeps an event loop in this process, beside which Django refuses the others their database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

settings.register_profile("on any machine", deadline=None)  # a busy one may take its time
settings.load_profile("on any machine")


def pytest_xdist_auto_num_workers():
    """One more than there are processors: a test with a browser mostly waits for it."""
    return os.cpu_count() + 1


def pytest_addoption(parser):
    words = "how many cases of one test of home or news are quick, where it takes the database"
    parser.addoption("--cases", type=int, default=1, metavar="N", help=words)
    words = "how many more of them are full; the others are nightly"
    parser.addoption("--more-cases", type=int, default=2, metavar="N", help=words)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """When a case of a test is tried is chosen by its name: all over the tests it is each kind, language and role."""
    number_of, more = config.getoption("cases"), config.getoption("more_cases")
    cases = defaultdict(list)
    for item in items:
        if (
            item.nodeid.startswith(("home/", "news/"))
            and hasattr(item, "callspec")
            and item.get_closest_marker("django_db")
            and not (item.get_closest_marker("full") or item.get_closest_marker("nightly"))
        ):
            cases[item.nodeid.partition("[")[0]].append(item)
    for name, found in cases.items():
        found.sort(key=lambda item: item.nodeid)
        some = spread(found, number_of, crc32(name.encode()))
        for item in some:
            found.remove(item)
        full = spread(found, more, 0)
        for item in found:
            item.add_marker("full" if item in full else "nightly")


def spread(items, number, first):
    """So many of them, each as far from the next as it can be."""
    count = min(number, len(items))
    return [items[(first + len(items) * nth // count) % len(items)] for nth in range(count)]


@pytest.hookimpl(trylast=True)
def pytest_runtest_logreport(report):
    """A failure is printed as it happens, too: a run that is cut off has said what was wrong."""
    if report.failed and not os.environ.get("PYTEST_XDIST_WORKER"):
        last = report.longreprtext.splitlines()[-12:]
        print("", f"{report.nodeid} ({report.when})", *last, sep="\n", flush=True)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish(session):
    """What is there by now stays: it need not be gone through for garbage again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, pytestconfig, worker_id):
    """Every test starts on a site as `bootstrap` leaves it: both trees, groups, workflow, no content."""
    from tests import databases

    with django_db_blocker.unblock():
        databases.connect_to_a_copy(pytestconfig.cache.mkdir("databases"), f"{worker_id}_{os.getpid()}")
    yield
    with django_db_blocker.unblock():
        databases.destroy_the_copy()


@pytest.fixture(autouse=True)
def nothing_lingers(monkeypatch):
    """Neither the language of the last request nor Wagtail's cached site roots reach the next test."""
    from news.tests.remembered import memory

    translation.activate("en")
    memory.begin(monkeypatch)
    yield
    translation.activate("en")
    cache.clear()
