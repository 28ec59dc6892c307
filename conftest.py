import os

import pytest
from django.core.cache import cache
from django.utils import translation

# The browser of some tests keeps an event loop in this process, beside which Django refuses the others their database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_xdist_auto_num_workers():
    """One more than there are processors: a test with a browser mostly waits for it."""
    return os.cpu_count() + 1


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
