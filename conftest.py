import os

import pytest
from django.core.cache import cache
from django.utils import translation

# The browser of some tests keeps an event loop in this process, beside which Django refuses the others their database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Every test starts on a site as `bootstrap` leaves it: both trees, groups, workflow, no content."""
    from news.bootstrap import bootstrap

    with django_db_blocker.unblock():
        bootstrap()


@pytest.fixture(autouse=True)
def nothing_lingers():
    """Neither the language of the last request nor Wagtail's cached site roots reach the next test."""
    translation.activate("en")
    yield
    translation.activate("en")
    cache.clear()
