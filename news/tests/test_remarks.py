"""What somebody said who sent a version back, and corrections that wait, stand before whoever acts next."""

import pytest
from django.urls import reverse

from home.languages import other_language
from news.admin.steps import offers_of
from news.release.correction import approve_correction, correct
from news.release.review import take_back

from .scene import CHINESE, ENGLISH, Scene
from .test_desk import desk_of, of, places

pytestmark = pytest.mark.django_db
SAID = "第二段的“3500吨”应为“35万吨”，请核对。"


def pages_of(scene, version):
    return [
        reverse("newsroom_releases:release", args=[scene.release.pk]),
        reverse("wagtailadmin_pages:edit", args=[version.page.pk]),
    ]


def shows(client, user, address):
    client.force_login(user)
    page = client.get(address).content.decode()
    return 'class="remark' in page and SAID in page


def send_back(scene, version, user):
    state = scene.fresh(version).current_workflow_task_state
    state.task.specific.on_action(state, user, "reject", comment=SAID)


@pytest.mark.parametrize("original", [ENGLISH, CHINESE])
@pytest.mark.parametrize("of_original", [True, False])
def test_what_the_reviewer_said_stands_wherever_it_is_written_until_it_is_submitted_again(
    client, original, of_original
):
    scene = Scene(original=original).both_in_review()
    version = scene.original if of_original else scene.translation
    writer = scene.author if of_original else scene.translator
    addresses = pages_of(scene, version)
    assert not any(shows(client, writer, address) for address in addresses)
    send_back(scene, version, scene.reviewer)
    assert SAID in desk_of(client, writer)
    assert "reviewer" in desk_of(client, writer)
    assert all(shows(client, writer, address) for address in addresses)
    scene.submit(version)
    assert SAID not in desk_of(client, writer)
    assert not any(shows(client, writer, address) for address in addresses)


def test_why_an_approval_was_taken_back_stands_there_too(client):
    scene = Scene().both_approved()
    take_back(scene.original.page, scene.publisher, SAID)
    addresses = pages_of(scene, scene.original)
    assert all(shows(client, scene.author, address) for address in addresses)
    scene.submit()
    assert not any(shows(client, scene.author, address) for address in addresses)


def main_steps(scene, user):
    offers, beside = offers_of(scene.pair, user)
    return [offer.name for offer in [*offers, *(one for found in beside.values() for one in found)] if offer.is_main]


class TestACorrectionOfWhichOneLanguageWaits:
    @pytest.fixture(params=[ENGLISH, CHINESE], ids=["English", "Chinese"])
    def scene(self, request):
        """Approved in both, then taken back in one."""
        scene = Scene().both_live()
        texts = {ENGLISH: {1: "Clean air at last."}, CHINESE: {1: "空气终于清新。"}}
        correct(scene.release, scene.reviewer, "correction", "A word was wrong.", "一词有误。", texts=texts)
        approve_correction(scene.release, scene.second)
        take_back(scene.pair.versions[request.param].page, scene.second, "One more.")
        return scene

    def test_it_is_on_the_desk_of_who_may_approve_it_and_of_who_began_it(self, client, scene):
        for user in (scene.second, scene.publisher):
            assert places(client, user) == of(scene, "correct")
        assert places(client, scene.reviewer) == of(scene, "own_corrections")
        approve_correction(scene.release, scene.second)
        for user in (scene.second, scene.publisher, scene.reviewer):
            assert not {"correct", "own_corrections"} & set(places(client, user))

    def test_its_page_offers_its_approval_first_and_nothing_else(self, client, scene):
        assert main_steps(scene, scene.second) == main_steps(scene, scene.publisher) == ["approve_correction"]
        assert main_steps(scene, scene.author) == [], "of what they wrote themselves"
        client.force_login(scene.reviewer)
        page = client.get(pages_of(scene, scene.original)[0]).content.decode()
        assert "it waits for approval:" in page


def test_in_review_already_the_correction_is_what_one_approves(client):
    scene = Scene().both_live()
    scene.edit(summary="Clean air, at long last.")
    scene.submit()
    scene.fill({"Clean air, at long last.": "空气终于清新。"})
    correct(scene.release, scene.author, "minor")
    assert main_steps(scene, scene.second) == ["approve_correction"]
    assert "correct" in places(client, scene.second)
    assert "own_corrections" in places(client, scene.author)
    assert other_language(scene.language) == CHINESE
