"""More ways past rules 7, 10 and 15 to 18, and more ways into which they shut honest people."""

from datetime import timedelta

import pytest
from django.urls import reverse

from news.pair.refusals import Claimed
from news.pair.states import VersionState
from news.release.claims import claim_for_writing
from news.translation.sync import fill_numbered

from .scene import Scene
from .test_claims import written_before
from .test_gate_attacked import image

pytestmark = pytest.mark.django_db
LONGER = "Clean air, for a whole week and more."


def send(client, scene, user, name, form, **options):
    client.force_login(user)
    return client.post(reverse("newsroom_releases:act", args=[scene.release.pk, name]), form, **options)


def said(answer):
    return " ".join(str(message) for message in answer.context["messages"])


# What was shown ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_ones_own_save_does_not_hide_what_somebody_changed_in_the_library(client, language):
    scene = Scene()
    waves = image("waves")
    scene.edit(lead_image=waves)
    if language == "en":
        scene.submit()
    else:
        scene.original_approved()
        scene.fill()
        scene.submit(scene.translation)
    version = scene.pair.version_of(scene.page if language == "en" else scene.translation.page)
    written_before(timedelta(minutes=1))
    form = scene.form("approve", language)
    if language == "en":
        scene.edit(user=scene.reviewer, summary=LONGER)
    else:
        fill_numbered(scene.translation.localized, {1: "空气终于清新。"}, scene.reviewer)
    waves.alt_en = waves.alt_zh_hans = "Buy our shares"
    waves.save()
    assert send(client, scene, scene.reviewer, "approve", form).status_code == 422
    assert not scene.pair.versions[version.language].is_at_last_stage
    send(client, scene, scene.reviewer, "approve", scene.form("approve", language))
    assert scene.pair.versions[version.language].is_at_last_stage


def test_a_picture_that_one_chose_oneself_does_not_make_a_form_old(client):
    scene = Scene()
    scene.edit(lead_image=image("waves"))
    scene.submit()
    written_before(timedelta(minutes=1))
    form = scene.form("approve", "en")
    scene.edit(user=scene.reviewer, lead_image=image("hills"))
    send(client, scene, scene.reviewer, "approve", form)
    assert scene.original.is_at_last_stage


def test_a_stamp_from_before_all_time_is_refused_in_words(client):
    scene = Scene()
    scene.submit()
    form = {"approve-language": "en", "approve-stamp": "en=0;at=-62135596800000"}
    assert send(client, scene, scene.reviewer, "approve", form).status_code == 422


# What a reviewer has claimed -----------------------------------------------------------------------------------------


def test_what_one_reviewer_corrects_no_other_returns_for_changes(client):
    """It was taken away from under their hands, and the lock lifted for its author."""
    scene = Scene()
    scene.submit()
    claim_for_writing(scene.page, scene.reviewer)
    answer = send(client, scene, scene.second, "return", scene.form("return", "en", comment="No"), follow=True)
    assert "reviewer is correcting this version" in said(answer)
    state = scene.fresh(scene.original).current_workflow_task_state
    client.post(reverse("wagtailadmin_pages:workflow_action", args=[scene.page.pk, "reject", state.pk]))
    with pytest.raises(Claimed):
        scene.reject(user=scene.second)
    assert scene.original.state == VersionState.IN_REVIEW
    page = client.get(reverse("newsroom_releases:release", args=[scene.release.pk])).content.decode()
    assert "Return for changes" not in page and "Take over from reviewer" in page
    scene.reject(user=scene.reviewer)
    assert scene.original.state == VersionState.CHANGES_ASKED


def test_who_has_taken_it_over_returns_it(client):
    scene = Scene()
    scene.submit()
    claim_for_writing(scene.page, scene.reviewer)
    send(client, scene, scene.second, "take_over", scene.form("take_over", "en"))
    send(client, scene, scene.second, "return", scene.form("return", "en", comment="No"))
    assert scene.original.state == VersionState.CHANGES_ASKED
