"""What is public was approved, as it stands, by who did not write it: every way round that, tried by every role."""

import pytest
from django.contrib.auth import get_user_model

from news.bootstrap import PAGE_PERMISSIONS

from .approval_doors import DOORS, UNSEEN, Walk
from .approval_doors.walk import MARKS, Newsroom
from .approved import faults_of
from .pairs import member_of
from .scene import BOTH

pytestmark = pytest.mark.django_db

ROLES = ["superuser", *PAGE_PERMISSIONS]
STRONGEST = {"superuser", "Publishers"}


def walks(doors):
    """Each door of a register, tried by every role for each version that it is a door of; a few of them when quick."""

    def marks(door, which, role):
        if door.is_quick and (which, role) == (door.versions[0], ROLES[0]):
            return []
        is_main = (which, role) == (door.versions[0], "Publishers")
        return [pytest.mark.full if is_main else pytest.mark.nightly]

    return [
        pytest.param(name, which, role, marks=marks(door, which, role), id=f"{name}, {which}, {role}")
        for name, door in doors.items()
        for which in door.versions
        for role in ROLES
    ]


def arrive(role):
    if role == "superuser":
        return get_user_model().objects.create_superuser("root", password="secret")
    return member_of(role, username="somebody")


def walk_through(client, door, which, role):
    """The Walk, once everybody else has gone on as they would."""
    scene = getattr(Newsroom(), door.given.replace("%s", which))()
    for person in ("author", "translator", "reviewer", "second", "publisher"):
        getattr(scene, person)
    walk = Walk(client, scene, getattr(scene.pair, which).language, arrive(role))
    stood = walk.what_stands
    door.go(walk)
    for answer in walk.answers:
        assert answer.status_code != 404, answer.request["PATH_INFO"]
    if role in STRONGEST:
        assert walk.answers
        assert walk.what_stands != stood or walk.is_refused_in_words()
    return walk


def release(client, scene):
    """As a publisher does who is shown what is ready."""
    publisher = Walk(client, scene, BOTH[0], scene.publisher)
    publisher.step("release")
    publisher.step("release_single", reason="Hurry", confirmed="on")


@pytest.mark.full
@pytest.mark.parametrize(("name", "which", "role"), walks(DOORS))
def test_what_is_public_was_approved_as_it_stands_by_a_second_person(client, name, which, role):
    walk = walk_through(client, DOORS[name], which, role)
    mark = (MARKS, walk.user)
    assert list(faults_of(walk.scene.pair, mark)) == []
    release(client, walk.scene)
    assert list(faults_of(walk.scene.pair, mark)) == []


@pytest.mark.full
@pytest.mark.parametrize(("name", "which", "role"), walks(UNSEEN))
def test_nobody_decides_on_what_they_were_not_shown(client, name, which, role):
    walk = walk_through(client, UNSEEN[name], which, role)
    assert list(walk.decisions()) == []
