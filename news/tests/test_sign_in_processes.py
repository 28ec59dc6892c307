"""Tries that are made at the same moment are counted as if one came after the other, on SQLite and on PostgreSQL."""

import json

import pytest

from home.accounts.models import Door
from home.accounts.throttle import LIMITS

from .sign_in_process import AT_ONCE
from .test_release_processes import pristine, site  # noqa: F401  (fixtures)

pytestmark = [pytest.mark.django_db, pytest.mark.full]


def test_of_many_at_once_no_more_are_looked_at_than_may_fail(site):  # noqa: F811
    told = json.loads(site.run("-m", "news.tests.sign_in_process"))
    assert [sum(found.values()) for found in told.values()] == [AT_ONCE] * 3
    assert told["passwords"].get("looked at", 0) <= LIMITS[Door.SIGN_IN].name
    assert told["codes"].get("looked at", 0) <= LIMITS[Door.CODE].name
    assert told["the right code"] == {"confirmed": 1, "refused": AT_ONCE - 1}
