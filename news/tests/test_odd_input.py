"""What no browser sends: every form of the register, bent. None breaks, and nothing becomes public by it.

`bench/fuzz.py` sends ten thousand.
"""

import os
import random

import pytest

from .posted.bending import REGISTER, ROLES, Bending

pytestmark = [pytest.mark.django_db, pytest.mark.full]
POSTS = int(os.environ.get("ODD_POSTS", "300"))
SEED = int(os.environ.get("ODD_SEED", "11"))  # what lands is held to the same; the night asks others
ONLY = os.environ.get("ODD_ONLY", "")
SEVERAL = 6
"""Posts of one form by one role."""


def test_no_form_breaks_and_nothing_becomes_public_by_what_no_browser_sends():
    print(f"ODD_SEED={SEED}")
    entries = [entry for entry in REGISTER if ONLY in f"{entry.area} {entry.address} {entry.name}"]
    by_chance = random.Random(SEED)
    by_chance.shuffle(entries)
    by_all = POSTS // (len(entries) * len(ROLES))
    bending = Bending()
    for entry in entries:
        if by_all >= SEVERAL or bending.posts.total() < POSTS:
            roles = ROLES if by_all >= SEVERAL else [by_chance.choice(ROLES)]
            bending.through(entry, roles, max(by_all, SEVERAL), SEED)
    print(*bending.lines(), sep="\n")
    assert bending.failures == {}, "\n" + "\n".join(bending.told())
