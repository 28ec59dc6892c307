"""People doing anything in any order. Four things hold throughout: what readers get was approved, as a pair, in
exactly that form and by somebody else than who wrote it; no words are lost; there is a way out of every state; and the
lists say where it stands.

Sixty steps here; `bench/invariants.py` takes ten thousand.
"""

import os

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from home.languages import CHINESE, ENGLISH
from news.pair.state import ReleaseState

from .newsroom_machine import Newsroom
from .newsroom_words import Library

pytestmark = pytest.mark.django_db
EXAMPLES, STEPS = int(os.environ.get("INVARIANT_EXAMPLES", 2)), int(os.environ.get("INVARIANT_STEPS", 30))


@pytest.mark.parametrize(
    ("kind", "language"), [("article", ENGLISH), pytest.param("partner", CHINESE, marks=pytest.mark.full)]
)
def test_anything_in_any_order(kind, language):
    class InThisWay(Newsroom):
        library = Library()

    InThisWay.kind, InThisWay.language = kind, language
    options = settings(
        max_examples=EXAMPLES,
        stateful_step_count=STEPS,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize="INVARIANT_EXAMPLES" not in os.environ,
    )
    run_state_machine_as_test(InThisWay, settings=options)
    for step, times in sorted(Newsroom.taken.items()):
        print(f"{step:20} {times}")
    assert Newsroom.taken["release_both"]
    assert Newsroom.met == set(ReleaseState), "the lists were tried in too few states"
