"""When the replica may be read. That nothing old comes of it: tests/test_replica.py, on two servers."""

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models.query import QuerySet
from wagtail.models import Locale, Page, Site

from home import replica
from home.front.recording import recording
from home.images import CustomImage, Rendition
from home.models import HomePage

ROUTER = replica.ReplicaRouter()


@pytest.fixture
def current():
    current = replica.GuestReading(is_current=True)
    token = replica.reading.set(current)
    yield current
    replica.reading.reset(token)


@pytest.mark.parametrize("model", [Page, HomePage, CustomImage])
def test_a_guests_request_reads_it(current, model):
    assert ROUTER.db_for_read(model) == "replica"
    assert ROUTER.db_for_write(model) == "default"


def test_nobody_else_does():
    assert ROUTER.db_for_read(Page) == "default"


@pytest.mark.parametrize("model", [Site, Locale, Rendition])
def test_what_wagtail_keeps_is_read_from_the_first(current, model):
    assert ROUTER.db_for_read(model) == "default"


@pytest.mark.parametrize("what", ["is_current", "has_written", "has_failed"])
def test_not_where_it_is_behind_or_away_or_something_was_written(current, what):
    setattr(current, what, what != "is_current")
    assert ROUTER.db_for_read(Page) == "default"


def test_what_is_kept_or_stored_is_made_of_the_first(current):
    with recording():
        assert ROUTER.db_for_read(Page) == "default"
    assert ROUTER.db_for_read(Page) == "replica"


def test_not_within_a_transaction(current, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        with transaction.atomic():
            assert ROUTER.db_for_read(Page) == "default"
        assert ROUTER.db_for_read(Page) == "replica"


@pytest.mark.django_db
@pytest.mark.parametrize("write", [lambda: User.objects.create(username="a"), lambda: QuerySet(User).update(email="")])
def test_whoever_has_written_reads_it(write):
    current = replica.GuestReading(is_current=False)
    with transaction.get_connection().execute_wrapper(replica.notices_writing(current)):
        list(User.objects.all())
        assert not current.has_written
        write()
    assert current.has_written
