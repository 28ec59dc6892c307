"""*Earlier translation*: beside a paragraph that has changed stands what it was, and never what another was."""

import random
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail_localize.models import StringTranslation

from news.release.kinds import adapt, translate_fully
from news.translation.drafts import save_draft
from news.translation.earlier import earlier
from news.translation.likeness import Line, paired

from .scene import Scene
from .test_equal_paragraphs import SAME, html, prose, scene_with, taken_again, write

pytestmark = pytest.mark.django_db
ONE = "The forum opened in Shenzhen with delegates of twelve ports."
TWO = "Shore power will be offered at every berth from next year."
THREE = "The partners agreed on a common way to count emissions."
OTHER = "Lunch is served in the garden behind the hall."
WORDS = ["一。", "二。", "三。"]


@pytest.fixture
def scene():
    scene = scene_with(ONE, TWO, THREE)
    write(scene, *WORDS)
    save_draft(scene.translation.localized)
    return scene


def offered(scene):
    """{original: (earlier translation, what that translated)}"""
    found = earlier(scene.translation.localized)
    return {
        segment.string.data: (one.words, one.source)
        for segment, one in found.items()
        if segment.context.path.startswith("body")
    }


def changed(words):
    return words.replace("The ", "All ").replace("every", "each")


def test_each_has_its_own_beside_it(client, scene):
    taken_again(scene, ONE, changed(TWO), changed(THREE))
    assert offered(scene) == {changed(TWO): ("二。", TWO), changed(THREE): ("三。", THREE)}
    client.force_login(scene.translator)
    facts = client.get(reverse("wagtailadmin_pages:edit", args=[scene.translation.page.pk])).context["facts"]
    assert {one["words"] for one in facts["earlier"].values()} >= {"二。", "三。"}


def test_whatever_was_saved_last(scene):
    """As after a correction of the first."""
    StringTranslation.objects.filter(data="一。").update(updated_at=timezone.now() + timedelta(days=9))
    taken_again(scene, ONE, changed(TWO), THREE)
    assert offered(scene) == {changed(TWO): ("二。", TWO)}


def test_what_came_has_none_and_what_moved_has_its_own(scene):
    taken_again(scene, OTHER, changed(THREE), ONE, changed(TWO))
    assert offered(scene) == {changed(TWO): ("二。", TWO), changed(THREE): ("三。", THREE)}


def test_what_went_is_beside_no_other(scene):
    taken_again(scene, ONE, changed(THREE))
    assert offered(scene) == {changed(THREE): ("三。", THREE)}


def test_one_written_anew_at_its_place_has_what_stood_there(scene):
    taken_again(scene, ONE, OTHER, THREE)
    assert offered(scene) == {OTHER: ("二。", TWO)}


def test_all_written_anew_are_paired_by_order(scene):
    taken_again(scene, "Aa.", "Bb.", "Cc.")
    assert [words for words, _source in offered(scene).values()] == WORDS


def test_a_draft_saved_meanwhile_takes_none_away(scene):
    """It holds the original's words where nobody has translated them yet."""
    taken_again(scene, ONE, changed(TWO), changed(THREE))
    save_draft(scene.translation.localized)
    assert offered(scene) == {changed(TWO): ("二。", TWO), changed(THREE): ("三。", THREE)}
    taken_again(scene, ONE, changed(TWO) + " Soon.", changed(THREE))
    assert offered(scene) == {changed(TWO) + " Soon.": ("二。", TWO), changed(THREE): ("三。", THREE)}


def test_of_two_equal_ones_that_change_each_has_its_own():
    scene = scene_with(SAME, ONE, SAME)
    write(scene, "甲。", "乙。", "丙。")
    save_draft(scene.translation.localized)
    taken_again(scene, "Doors open at ten.", ONE, "Doors open at eleven.")
    assert offered(scene) == {"Doors open at ten.": ("甲。", SAME), "Doors open at eleven.": ("丙。", SAME)}


def test_of_two_equal_ones_the_one_that_changed():
    scene = scene_with((SAME, "a"), (SAME, "b"))
    write(scene, "甲。", "乙。")
    save_draft(scene.translation.localized)
    taken_again(scene, ("Doors open at ten.", "a"), (SAME, "b"))
    assert offered(scene) == {"Doors open at ten.": ("甲。", SAME)}


def adapted(*words):
    """A translation made paragraph by paragraph that was a page of its own for a while, with these words."""
    scene = Scene()
    scene.edit(body=[prose(ONE, TWO)])
    scene.submit()
    adapt(scene.release, scene.translator)
    page = scene.translation.page.get_latest_revision_as_object()
    block = page.body[0]
    block.value = type(block.value)(html(*words))
    page.save_revision(user=scene.translator)
    translate_fully(scene.release, scene.translator)
    return scene


def test_what_an_adaptation_said_is_offered_paragraph_by_paragraph():
    assert offered(adapted("甲。", "乙。")) == {ONE: ("甲。", ""), TWO: ("乙。", "")}


def test_an_adaptation_of_another_shape_is_offered_whole():
    assert offered(adapted("甲。", "乙。", "丙。")) == {ONE: ("甲。<br/>乙。<br/>丙。", "")}


def test_a_thousand_paragraphs_pasted_are_paired_in_time():
    """One that was inserted, moved or changed leaves the others with their own."""
    chance = random.Random(7)
    said = [" ".join(chance.choices(ONE.split() + TWO.split() + THREE.split(), k=20)) for _ in range(1000)]
    now = list(said)
    now[500] += " And more."
    now.insert(100, OTHER)
    now.append(now.pop(50))
    found = paired([Line(text) for text in said], [Line(text) for text in now])
    assert found[now.index(said[50])] == 50
    assert now.index(OTHER) not in found
    assert all(said[old] == now[new] or old == 500 for new, old in found.items())
    assert len(found) == 1000


@pytest.mark.parametrize("seed", range(20))
def test_no_paragraph_is_paired_twice(seed):
    chance = random.Random(seed)
    words = [ONE, TWO, THREE, SAME, OTHER, ""]
    old, new = (
        [Line(chance.choice(words), chance.choice(["", "a", "b", "c"])) for _ in range(chance.randrange(9))]
        for _ in range(2)
    )
    found = paired(old, new)
    assert len(set(found.values())) == len(found)
    assert all(after < len(new) and before < len(old) for after, before in found.items())
