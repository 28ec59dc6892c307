"""Everything that takes a form is posted to with real data by every role; the register is in `posted/`."""

import pytest

from .posted import AREAS
from .posted.addresses import addresses
from .posted.reading import written_by_reading
from .posted.register import READS, REGISTER
from .posted.trying import everybody, failures_in, people, two_of_them

pytestmark = pytest.mark.django_db
LARGEST = {"explorer", "pages", "releases", "translation"}


def test_every_address_that_takes_a_form_is_in_the_register_and_no_other():
    known = {entry.address for entry in REGISTER}
    found = addresses()
    takes = {address for address, takes in found.items() if takes or takes is None}
    failures = [f"{address} takes a form, or might, and has no entry" for address in takes - known - READS.keys()]
    failures += [f"{address} takes no form any more" for address in (known | READS.keys()) - takes]
    failures += [f"{address} has an entry and is said to be read only" for address in known & READS.keys()]
    assert failures == [], "\n".join(["news/tests/posted/:", *sorted(failures)])


def tried():
    """Each area by two roles; where the longest tests are run the largest by everybody, and at night each of them."""
    for area in AREAS:
        if area not in LARGEST:
            yield pytest.param(area, two_of_them, id=f"{area}, two of them")
        marks = pytest.mark.full if area in LARGEST else pytest.mark.nightly
        yield pytest.param(area, everybody, id=f"{area}, everybody", marks=marks)


@pytest.mark.parametrize(("area", "roles"), tried())
def test_each_form_does_what_it_says_for_those_who_may_and_refuses_the_others(area, roles):
    failures = failures_in(area, roles)
    assert failures == [], "\n" + "\n".join(failures)


def test_what_only_reads_writes_nothing_when_it_is_posted_to():
    assert written_by_reading(people()) == {}
