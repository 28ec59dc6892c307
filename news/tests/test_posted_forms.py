"""Everything that takes a form is posted to with real data by every role; the register is in `posted/`."""

import pytest

from .posted import AREAS
from .posted.addresses import addresses
from .posted.reading import written_by_reading
from .posted.register import READS, REGISTER
from .posted.trying import failures_in, people

pytestmark = pytest.mark.django_db


def test_every_address_that_takes_a_form_is_in_the_register_and_no_other():
    known = {entry.address for entry in REGISTER}
    found = addresses()
    takes = {address for address, takes in found.items() if takes or takes is None}
    assert sorted(takes - known - READS.keys()) == [], "takes a form, or might: it needs an entry in news/tests/posted/"
    assert sorted((known | READS.keys()) - takes) == [], "no such address takes a form any more"
    assert not known & READS.keys()


@pytest.mark.parametrize("area", AREAS)
def test_each_form_does_what_it_says_for_those_who_may_and_refuses_the_others(area):
    failures = failures_in(area)
    assert failures == [], "\n" + "\n".join(failures)


def test_what_only_reads_writes_nothing_when_it_is_posted_to():
    assert written_by_reading(people()) == {}
