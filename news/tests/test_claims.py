"""Who may write meanwhile: reviewers who claim, corrections that wait for a yes, what is held for an urgent release."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from news.models import Authorship, Claim, Release, SignOff
from news.pair.refusals import Claimed, ClaimedByNobody, Frozen, Locked, NotAPublisher, NotFrozen
from news.release.claims import claim_for_writing, let_go, take_over
from news.release.correction import approve_correction, correct, drop_correction
from news.release.freezing import freeze, thaw
from news.release.publishing import urgent
from news.release.submission import recall, submit
from news.release.withdrawal import withdraw

from .pairs import DATE, article_form, member_of
from .scene import BOTH, CHINESE, ENGLISH, PASSWORD, Scene
from .test_segments import FORM, address, body

pytestmark = pytest.mark.django_db
LATER = "Clean air, for a whole week and more."
SLIP = {ENGLISH: {2: "The forum has opened."}}


@pytest.fixture
def scene():
    scene = Scene()
    scene.submit()
    return scene


def edit(client, scene, user, **fields):
    """The page editor's “Save draft”."""
    client.force_login(user)
    url = reverse("wagtailadmin_pages:edit", args=[scene.page.pk])
    return client.post(url, article_form(title="A week of clean air", **fields), follow=True)


def save(client, scene, user, words):
    """A paragraph, as the translation editor does it."""
    client.force_login(user)
    return client.put(address(scene), body(words), content_type=FORM, headers={"accept": "*/*"})


def step(client, scene, user, name, **fields):
    client.force_login(user)
    url = reverse("newsroom_releases:act", args=[scene.release.pk, name])
    return client.post(url, scene.form(name, **fields), follow=True).content.decode()


def summary(scene):
    return scene.original.page.get_latest_revision_as_object().summary


def editor(client, page, user):
    client.force_login(user)
    return client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()


# Claims --------------------------------------------------------------------------------------------------------------


def test_the_first_reviewer_who_saves_in_the_page_editor_corrects_and_nobody_else(client, scene):
    edit(client, scene, scene.reviewer, summary=LATER)
    assert Claim.objects.get().user == scene.reviewer
    html = edit(client, scene, scene.second, summary="Mine, and it is not lost.").content.decode()
    assert summary(scene) == LATER
    assert "Mine, and it is not lost." in html
    assert "reviewer is correcting this version." in editor(client, scene.page, scene.second)
    assert "is correcting this version." not in editor(client, scene.page, scene.reviewer)
    edit(client, scene, scene.reviewer, summary="And once more.")
    assert summary(scene) == "And once more."


def test_and_in_the_translation_editor(client, scene):
    scene.fill()
    scene.submit(scene.translation)
    assert save(client, scene, scene.reviewer, "清新空气一周").status_code == 200
    refused = save(client, scene, scene.second, "别的标题")
    assert refused.status_code == 403
    assert "reviewer is correcting this version" in refused.json()["error_message"]
    assert "reviewer is correcting this version" in editor(client, scene.translation.page, scene.second)


@pytest.mark.parametrize("who", ["author", "translator"])
def test_whoever_may_not_write_does_not_claim(client, scene, who):
    edit(client, scene, getattr(scene, who), summary=LATER)
    assert not Claim.objects.exists()


def test_opening_the_editor_claims_nothing_nor_does_approving_from_it(client, scene):
    editor(client, scene.page, scene.reviewer)
    state = scene.fresh(scene.original).current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[scene.page.pk, "approve", state.pk])
    client.post(url, {"comment": ""})
    assert not Claim.objects.exists()
    assert scene.original.is_at_last_stage


@pytest.mark.full
def test_others_decide_only_once_they_have_taken_it_over(client, scene):
    edit(client, scene, scene.reviewer, summary=LATER)
    with pytest.raises(Claimed):
        scene.act(scene.original, scene.second, "approve")
    client.force_login(scene.second)
    page = client.get(reverse("newsroom_releases:release", args=[scene.release.pk])).content.decode()
    assert "reviewer has been correcting this version since" in page
    assert "Take over from reviewer" in page
    assert "Approve English" not in page
    assert "Taken over" in step(client, scene, scene.second, "take_over", language="en")
    edit(client, scene, scene.reviewer, summary="Too late.")
    assert summary(scene) == LATER
    assert "Approved." in step(client, scene, scene.second, "approve", language="en")
    assert scene.original.is_at_last_stage and scene.original.claim is None


@pytest.mark.full
def test_who_is_done_lets_go(client, scene):
    edit(client, scene, scene.reviewer, summary=LATER)
    step(client, scene, scene.reviewer, "let_go", language="en")
    edit(client, scene, scene.second, summary="And mine.")
    assert summary(scene) == "And mine."
    assert scene.original.claim.user == scene.second
    assert scene.actions(scene.original)[-3:] == ["claim", "let_go", "claim"]


def test_only_who_may_decide_takes_over_and_only_the_claimant_lets_go(scene):
    claim_for_writing(scene.page, scene.reviewer)
    for user in (scene.author, scene.translator, scene.reviewer):
        with pytest.raises(ClaimedByNobody):
            take_over(scene.original, user)
    with pytest.raises(ClaimedByNobody):
        let_go(scene.original, scene.second)


def test_a_claim_ends_with_its_stage_with_the_account_and_with_the_group(scene):
    claim_for_writing(scene.page, scene.reviewer)
    scene.act(scene.original, scene.reviewer, "approve")
    assert scene.original.claim is None
    another = member_of("Publishers", username="another")
    claim_for_writing(scene.page, another)
    assert scene.original.claim.user == another
    another.groups.clear()
    assert scene.original.claim is None
    claim_for_writing(scene.page, scene.publisher)
    assert scene.original.claim.user == scene.publisher
    get_user_model().objects.filter(pk=scene.publisher.pk).update(is_active=False)
    assert scene.original.claim is None


def test_who_signs_off_with_corrections_holds_it_no_longer(scene):
    scene.act(scene.original, scene.reviewer, "approve")
    claim_for_writing(scene.page, scene.publisher)
    scene.edit(user=scene.publisher, summary=LATER)
    scene.act(scene.original, scene.publisher, "approve")
    assert SignOff.objects.exists() and not Claim.objects.exists()


def test_the_desk_says_who_corrects(client, scene):
    claim_for_writing(scene.page, scene.reviewer)
    client.force_login(scene.second)
    assert "reviewer is correcting it" in client.get(reverse("wagtailadmin_home")).content.decode()
    scene.act(scene.original, scene.reviewer, "approve")
    client.force_login(scene.publisher)
    assert "is correcting it" not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_a_review_corrected_at_its_first_stage_alone_is_approved_at_the_second():
    """Two people have read it: who corrected, and who approved that."""
    scene = Scene().both_live()
    scene.edit(summary=LATER)
    scene.submit()
    scene.edit(summary="Clean air.", user=scene.reviewer)
    scene.edit(title="A week of the cleanest air", user=scene.reviewer)
    scene.approve()
    assert scene.original.is_pending


# A correction that waits for a yes -----------------------------------------------------------------------------------


def test_a_correction_that_waits_is_locked_until_it_is_approved_or_given_up(client):
    scene = Scene().both_live()
    correct(scene.release, scene.author, "minor", texts=SLIP)
    for user in (scene.author, scene.reviewer):
        edit(client, scene, user, summary=LATER)
        assert summary(scene) == "Clean air."
    with pytest.raises(Locked, match="A correction of this version waits"):
        submit(scene.page, scene.author)
    approve_correction(scene.release, scene.reviewer)
    assert scene.original.is_pending
    drop_correction(scene.release, scene.author)


def test_who_began_it_gives_it_up_alone(client):
    scene = Scene().both_live()
    correct(scene.release, scene.author, "minor", texts=SLIP)
    step(client, scene, scene.author, "drop_correction")
    edit(client, scene, scene.author, summary=LATER)
    assert summary(scene) == LATER


# Held for an urgent release ------------------------------------------------------------------------------------------


def test_opening_the_urgent_release_keeps_both_versions_as_they_are(client, scene):
    scene.fill()
    html = step(client, scene, scene.publisher, "freeze")
    assert "publisher is about to release this urgently" in html
    assert "<details open>" in html
    edit(client, scene, scene.reviewer, summary=LATER)
    assert summary(scene) == "Clean air."
    assert save(client, scene, scene.translator, "别的标题").status_code == 403
    assert "publisher is about to release this urgently" in editor(client, scene.translation.page, scene.translator)
    with pytest.raises(Frozen):  # the paragraphs would follow
        recall(scene.page, scene.author)
    with pytest.raises(Frozen):
        scene.reject()
    another = member_of("Publishers", username="another")
    with pytest.raises(Frozen, match="publisher"):
        urgent(scene.release, BOTH, another, "A storm", PASSWORD)
    with pytest.raises(Frozen):
        freeze(scene.release, another)
    assert "Urgent release" not in step(client, scene, another, "no_update_needed")
    urgent(scene.release, BOTH, scene.publisher, "A storm", PASSWORD)
    assert scene.original.is_live and not scene.pair.is_frozen


def test_when_it_ends_is_said_by_the_sites_clock_to_who_sits_elsewhere(scene):
    freeze(scene.release, scene.publisher)
    Release.objects.update(frozen_until=timezone.now().replace(hour=1, minute=30) + timedelta(days=1))
    with timezone.override("America/New_York"), pytest.raises(Frozen, match="until 09:30, Beijing time"):
        recall(scene.page, scene.author)


@pytest.mark.full
def test_it_ends_by_itself_after_ten_minutes_or_by_a_publisher(client, scene):
    freeze(scene.release, scene.publisher)
    assert timedelta(minutes=9) < scene.release.frozen_until - timezone.now() <= timedelta(minutes=10)
    edit(client, scene, scene.reviewer, summary=LATER)
    assert summary(scene) == "Clean air."
    Release.objects.update(frozen_until=timezone.now())
    edit(client, scene, scene.reviewer, summary=LATER)
    assert summary(scene) == LATER
    with pytest.raises(NotFrozen):
        thaw(scene.release, scene.publisher)
    freeze(scene.release, scene.publisher)
    thaw(scene.release, member_of("Publishers", username="another"))
    assert not scene.original.is_locked_for(scene.reviewer)
    for take in (freeze, thaw):
        with pytest.raises(NotAPublisher):
            take(scene.release, scene.reviewer)


# One language alone --------------------------------------------------------------------------------------------------


@pytest.mark.full
@pytest.mark.parametrize("language", BOTH)
def test_a_correction_of_one_language_tells_its_readers_alone(client, language):
    scene = Scene()
    scene.edit(date=DATE)
    scene.both_live()
    note = {"note_en": "A word was wrong."} if language == ENGLISH else {"note_zh_hans": "用词有误。"}
    words = "Clean air at last." if language == ENGLISH else "空气终于清新。"
    before = {version.language: scene.fresh(version).updated for version in scene.pair.versions.values()}
    correct(scene.release, scene.author, "correction", texts={language: {1: words}}, other_is_right=True, **note)
    approve_correction(scene.release, scene.reviewer)
    step(client, scene, scene.publisher, "release")
    for version in scene.pair.versions.values():
        page = scene.fresh(version)
        is_told = version.language == language
        assert (page.updated > before[version.language]) is is_told
        assert [correction.note_in(version.language) for correction in page.corrections] == [*note.values()] * is_told
        listed = type(page).objects.with_changes().get(pk=page.pk)
        assert (listed.updated, listed.corrections) == (page.updated, page.corrections)
        html = client.get(page.url).content.decode()
        assert (next(iter(note.values())) in html) is is_told
    assert scene.fresh(scene.pair.versions[language]).summary == words


# What somebody alone has written since -------------------------------------------------------------------------------


def written_before(span):
    """As if all that has been written were older than that."""
    Authorship.objects.update(at=F("at") - span)


def test_ones_own_saves_do_not_make_a_form_old(client, scene):
    written_before(timedelta(minutes=1))
    shown = scene.form("approve", "en")
    edit(client, scene, scene.reviewer, summary=LATER)
    client.force_login(scene.reviewer)
    url = reverse("newsroom_releases:act", args=[scene.release.pk, "approve"])
    client.post(url, shown)
    assert scene.original.is_at_last_stage


@pytest.mark.full
def test_but_somebody_elses_do_and_a_stamp_without_its_moment(client, scene):
    shown = scene.form("approve", "en")
    scene.edit(user=scene.second, summary="By somebody else.")
    scene.edit(user=scene.reviewer, summary=LATER)
    client.force_login(scene.reviewer)
    url = reverse("newsroom_releases:act", args=[scene.release.pk, "approve"])
    assert client.post(url, shown).status_code == 422
    written_before(timedelta(minutes=1))
    shown = scene.form("approve", "en")
    scene.edit(user=scene.reviewer, summary="Once more.")
    moments = ("x", "99999999999999999999", "-62135596800000")
    for forged in ("", *(f"en=0;at={at}" for at in moments), shown["approve-stamp"].partition(";")[0]):
        assert client.post(url, {**shown, "approve-stamp": forged}).status_code == 422
    assert not scene.original.is_at_last_stage


# Where the original was withdrawn and the translation stays ----------------------------------------------------------


@pytest.mark.full
def test_the_translation_that_stays_is_corrected_without_the_original(client):
    scene = Scene().both_live()
    withdraw(scene.release, scene.publisher, "Wrong in English.", [ENGLISH])
    correct(
        scene.release, scene.author, "correction", texts={CHINESE: {1: "空气终于清新。"}}, note_zh_hans="用词有误。"
    )
    approve_correction(scene.release, scene.reviewer)
    step(client, scene, scene.publisher, "release")
    assert scene.fresh(scene.translation).summary == "空气终于清新。"
    assert not scene.original.is_live
    scene.fill({"Clean air.": "空气十分清新。"})
    scene.submit(scene.translation)
    scene.approve(scene.translation)
    step(client, scene, scene.publisher, "release")
    assert scene.fresh(scene.translation).summary == "空气十分清新。"
