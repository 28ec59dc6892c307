"""Rule 25: what a check found is settled in the release in which somebody said so."""

import pytest
from django.urls import reverse

from news.findings.judged import unsettled, unwaive, waive
from news.models import Release, Waiver
from news.upgrade import REGISTER, take

from .test_findings import WRONG, in_translation, one, pair_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return in_translation(WRONG)


def test_of_the_same_two_texts_another_release_is_offered_the_reason_and_asked_all_the_same(client, scene):
    waive(pair_of(scene), one(scene, "numbers").finding.key, scene.translator, 'Said "so" elsewhere.')
    other = in_translation(WRONG, like=scene)
    judged = one(other, "numbers")
    assert judged.finding.key == one(scene, "numbers").finding.key
    assert not judged.is_settled
    assert (judged.offered.user_name, judged.offered.reason) == ("translator", 'Said "so" elsewhere.')
    client.force_login(scene.translator)
    html = client.get(reverse("newsroom_releases:findings", args=[other.release.pk])).content.decode()
    assert 'value="Said &quot;so&quot; elsewhere."' in html
    assert "translator has said" in html
    waive(pair_of(other), judged.finding.key, scene.translator, "Here, too.")
    unwaive(pair_of(scene), judged.finding.key, scene.translator)
    assert one(other, "numbers").waiver.reason == "Here, too."
    assert not one(scene, "numbers").is_settled


def test_a_reason_whose_release_nobody_knows_is_offered_alone(scene):
    waive(pair_of(scene), one(scene, "numbers").finding.key, scene.translator, "So.")
    Waiver.objects.update(release=None)
    assert not one(scene, "numbers").is_settled
    assert one(scene, "numbers").offered.reason == "So."


def test_what_was_approved_in_silence_before_has_it_settled_by_the_update(scene):
    """Somebody had said so of the same two texts in another release, which counted everywhere then."""
    waive(pair_of(scene), one(scene, "numbers").finding.key, scene.translator, "So.")
    given = Waiver.objects.get()
    other = in_translation(WRONG, like=scene)
    for judged in unsettled(pair_of(other)):
        waive(pair_of(other), judged.finding.key, scene.translator, "So.")
    other.approve()
    other.submit(other.translation)
    other.approve(other.translation)
    Waiver.objects.filter(release=other.release).delete()
    Release.objects.filter(pk=other.release.pk).update(settled_here=False)
    take(REGISTER["settle_here"], lambda done, count: None)
    taken = one(other, "numbers").waiver
    assert (taken.user_name, taken.reason, taken.at) == (given.user_name, given.reason, given.at)
    assert Release.objects.filter(settled_here=False).count() == 0
