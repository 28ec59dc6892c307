"""Rules of docs/release.md that no other test holds."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from home.gate import OnlyThroughItsRelease
from home.models import HomePage, StandardPage
from news.bootstrap import bootstrap
from news.models import Approval, ArticlePartner, Event, Notice
from news.pair.pair import VersionState
from news.pair.refusals import (
    ChangedSinceSubmission,
    CorrectionOpen,
    InThePast,
    NoReviewAfterwardsDue,
    NotAPublisher,
    NoteNeeded,
    NothingToRecall,
    NotReady,
    NotScheduled,
    NotYourSubmission,
    OtherLanguageToo,
    ReasonNeeded,
    ReviewedByYouAlready,
    SecondPersonNeeded,
    WaitsForOriginal,
)
from news.pair.state import ReleaseState, state_of
from news.release.correction import approve_correction, correct, drop_correction
from news.release.publishing import release_both, release_single, review_afterwards, urgent
from news.release.review import no_update_needed
from news.release.schedule import release_due, schedule, unschedule
from news.release.submission import recall
from news.release.withdrawal import withdraw

from .pairs import locale, member_of, partner_pair, publisher_of
from .scene import BOTH, ENGLISH, PASSWORD, TITLE, Scene, moment, title

pytestmark = pytest.mark.django_db
NOTES = {"note_en": "A figure was wrong.", "note_zh_hans": "数字有误。"}


def release_page(client, scene, name="release"):
    client.force_login(scene.publisher)
    response = client.get(reverse(f"newsroom_releases:{name}", args=[scene.release.pk]))
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("released", [True, False])
def test_plain_pages_go_by_the_setting(settings, released):
    settings.PLAIN_PAGES_ARE_RELEASED = released
    page = StandardPage(title="Contact", body="<p>Write to us.</p>", live=False)
    HomePage.objects.get(locale=locale(ENGLISH)).add_child(instance=page)
    revision = page.save_revision()
    if released:
        with pytest.raises(OnlyThroughItsRelease):
            revision.publish()
    else:
        revision.publish()
    assert Page.objects.get(pk=page.pk).live is not released


BY_PUBLISHERS = {
    "release both": lambda scene, user: release_both(scene.release, user),
    "release one": lambda scene, user: release_single(scene.release, ENGLISH, user, "Hurry", confirmed=True),
    "urgent": lambda scene, user: urgent(scene.release, BOTH, user, "A storm", PASSWORD),
    "schedule": lambda scene, user: schedule(scene.release, moment(hours=1), user),
    "take back the schedule": lambda scene, user: unschedule(scene.release, user, "Not yet."),
    "no update needed": lambda scene, user: no_update_needed(scene.page, user),
    "withdraw": lambda scene, user: withdraw(scene.release, user, "Wrong."),
}


@pytest.mark.parametrize("step", BY_PUBLISHERS)
def test_only_who_may_publish_both_languages_lets_out_or_takes_down(step):
    scene = Scene().both_live().update("Changed")
    for user in (scene.reviewer, publisher_of(ENGLISH)):
        with pytest.raises(NotAPublisher):
            BY_PUBLISHERS[step](scene, user)
    assert set(scene.live_titles().values()) == set(TITLE)


def test_a_moment_lies_ahead_and_can_be_taken_back(scene):
    scene.both_approved()
    with pytest.raises(InThePast):
        schedule(scene.release, moment(minutes=-1), scene.publisher)
    schedule(scene.release, moment(hours=1), scene.publisher)
    unschedule(scene.release, scene.publisher, "Not yet.")
    assert release_due(now=moment(hours=2)) == ([], [], [])
    assert state_of(scene.pair) == ReleaseState.READY
    with pytest.raises(NotScheduled):
        unschedule(scene.release, scene.publisher, "Not yet.")


@pytest.mark.parametrize("role", ["reviewer", "superuser"])
def test_nobody_approves_what_they_alone_wrote_and_submitted(scene, role):
    root = get_user_model().objects.create_superuser("root", password=PASSWORD)
    scene.author = user = root if role == "superuser" else scene.reviewer
    scene.submit()
    with pytest.raises(SecondPersonNeeded):
        scene.act(scene.original, user, "approve")
    scene.act(scene.original, scene.second, "approve")
    assert scene.original.task.name.startswith("Final")


def test_who_submits_what_somebody_else_wrote_has_not_written_it_alone(scene):
    scene.submit(user=scene.reviewer)
    scene.act(scene.original, scene.reviewer, "approve")
    assert scene.original.task.name.startswith("Final")


@pytest.mark.parametrize("role", ["of both groups", "superuser"])
def test_each_stage_takes_another_person(scene, role):
    user = member_of("Bilingual reviewers", "Publishers", username="both")
    user.is_superuser = role == "superuser"
    user.save()
    scene.submit()
    scene.act(scene.original, user, "approve")
    with pytest.raises(ReviewedByYouAlready):
        scene.act(scene.original, user, "approve")
    assert scene.original.approval is None


@pytest.mark.parametrize("stages", [1, 2, 3])
def test_there_are_as_many_stages_as_the_setting_says(scene, settings, stages):
    settings.REVIEW_STAGES = stages
    bootstrap()
    scene.submit()
    people = [scene.reviewer, scene.second, scene.publisher] if stages == 3 else [scene.reviewer, scene.publisher]
    for user in people[-stages:]:
        assert scene.original.approval is None
        scene.act(scene.original, user, "approve")
    assert scene.original.state == VersionState.APPROVED


def test_what_somebody_else_saved_meanwhile_is_not_approved_unread(scene):
    scene.submit()
    scene.edit(user=scene.second, title="Canary")
    with pytest.raises(ChangedSinceSubmission):
        scene.act(scene.original, scene.reviewer, "approve")


def test_an_approvers_own_correction_is_marked_in_the_trail(scene):
    scene.submit()
    scene.act(scene.original, scene.reviewer, "approve")
    scene.edit(user=scene.publisher, title=title(scene.language, "!" if scene.language == ENGLISH else "！"))
    scene.act(scene.original, scene.publisher, "approve")
    assert PageLogEntry.objects.get(action="newsroom.approve").data["correction"]


def test_an_urgent_release_keeps_what_the_checks_had_found():
    scene = Scene()
    scene.edit(summary="The venue is TBC.")
    with pytest.raises(ReasonNeeded):
        urgent(scene.release, [ENGLISH], scene.publisher, " ", PASSWORD)
    urgent(scene.release, [ENGLISH], scene.publisher, "A storm", PASSWORD)
    said = PageLogEntry.objects.get(action="newsroom.approve_urgently").data
    assert said["reason"] == "A storm"
    assert any("TBC" in finding for finding in said["findings"])


def test_an_urgent_translation_waits_for_an_approved_original(scene):
    scene.submit()
    scene.fill()
    with pytest.raises(WaitsForOriginal):
        urgent(scene.release, [scene.translation.language], scene.publisher, "A storm", PASSWORD)
    assert scene.live_titles() == {}


def test_a_team_of_one_releases_urgently_and_is_not_its_own_second_reader(scene):
    scene.author = scene.publisher
    scene.submit()
    urgent(scene.release, [scene.language], scene.publisher, "Nobody else is here.", PASSWORD)
    assert set(scene.live_titles()) == {scene.language.code}
    with pytest.raises(NoReviewAfterwardsDue):
        review_afterwards(scene.release, scene.publisher)
    assert len(scene.pair.review_afterwards_due) == 1


def test_a_submission_is_recalled_by_its_submitter_until_the_last_stage_has_approved(scene):
    scene.submit()
    with pytest.raises(NotYourSubmission):
        recall(scene.original.page, scene.translator)
    recall(scene.original.page, scene.author)
    assert scene.original.state == VersionState.DRAFTING
    scene.submit()
    scene.act(scene.original, scene.reviewer, "approve")
    recall(scene.original.page, scene.author)
    assert scene.original.state == VersionState.DRAFTING
    scene.original_approved()
    with pytest.raises(NothingToRecall):
        recall(scene.original.page, scene.author)


LOCKED = {
    "a paragraph": ("put", "edit_string_translation", "stringsegment_set"),
    "an override": ("put", "edit_override", "overridablesegment_set"),
    "a PO file": ("post", "upload_pofile", None),
    "machine translation": ("post", "machine_translate", None),
}


@pytest.mark.parametrize("by", ["a review", "the page's own lock"])
@pytest.mark.parametrize("what", LOCKED)
def test_whatever_writes_paragraphs_is_locked_as_the_page_is(client, what, by):
    scene = Scene()
    scene.edit(body=[("embed", {"url": "https://vimeo.com/1", "title": "The forum opened."})])
    scene.submit()
    scene.fill()
    if by == "a review":
        scene.submit(scene.translation)
    else:
        Page.objects.filter(pk=scene.translation.page.pk).update(locked=True, locked_by=scene.publisher)
    translation = scene.translation.localized
    method, name, segments = LOCKED[what]
    arguments = [translation.pk, *([getattr(translation.source, segments).first().pk] if segments else [])]
    client.force_login(scene.translator)
    before = [paragraph.words for paragraph in scene.translation.paragraphs]
    address = reverse(f"wagtail_localize:{name}", args=arguments)
    form = {"content_type": "application/x-www-form-urlencoded"}
    response = getattr(client, method)(address, "value=https://vimeo.com/2", follow=True, **form)
    assert "The page is locked." in response.content.decode()
    assert [paragraph.words for paragraph in scene.translation.paragraphs] == before
    assert scene.translation.overrides == []


def test_why_a_scheduled_release_failed_stands_on_its_page_and_is_told(client):
    scene = Scene().both_approved()
    schedule(scene.release, moment(minutes=1), scene.publisher)
    other = scene.page.copy(update_attrs={"slug": "elsewhere", "title": "Another"})
    Page.objects.filter(pk=other.pk).update(slug=scene.page.slug)  # past every check: the address is taken
    assert release_due(now=moment(hours=1))[2] == [scene.release]
    assert "ValidationError" in release_page(client, scene)
    assert Notice.objects.filter(event=Event.FAILED, recipient=scene.publisher).exists()
    assert scene.live_titles() == {}
    assert scene.original.approval and scene.translation.approval


def test_what_was_withdrawn_comes_back_by_review_alone(scene):
    scene.both_live()
    schedule(scene.release, moment(hours=1), scene.publisher)
    with pytest.raises(ReasonNeeded):
        withdraw(scene.release, scene.publisher, " ")
    withdraw(scene.release, scene.publisher, "Wrong.")
    assert (scene.live_titles(), scene.release.release_at) == ({}, None)
    assert state_of(scene.pair) == ReleaseState.WITHDRAWN
    kept = Approval.objects.filter(release=scene.release)
    assert {approval.revoked_reason for approval in kept} == {"Wrong."}
    with pytest.raises(NotReady):
        release_both(scene.release, scene.publisher)
    scene.both_live()
    assert len(scene.live_titles()) == 2
    assert (scene.release.withdrawn_at, scene.release.withdrawn_languages) == (None, [])


def test_one_language_is_withdrawn_and_the_other_stays(client, scene):
    scene.both_live()
    down, up = scene.translation.page, scene.original.page
    withdraw(scene.release, scene.publisher, "A mistranslation.", [scene.translation.language])
    assert (client.get(down.url).status_code, client.get(up.url).status_code) == (410, 200)
    assert scene.original.approval
    assert not scene.pair.is_owed
    root = get_user_model().objects.create_superuser("root", password=PASSWORD)
    assert not scene.fresh(scene.translation).permissions_for_user(root).can_delete()  # nor while the other is public
    withdraw(scene.release, scene.publisher, "A mistranslation.")
    assert scene.fresh(scene.translation).permissions_for_user(root).can_delete()


def test_it_is_said_what_else_a_deletion_takes_along(client):
    scene = Scene()
    scene.submit()
    scene.fill()
    assert scene.translation.page
    get_user_model().objects.create_superuser("root", password=PASSWORD)
    client.login(username="root", password=PASSWORD)
    html = client.get(reverse("wagtailadmin_pages:delete", args=[scene.page.pk])).content.decode()
    assert f"The Chinese version, “{scene.translation.page.draft_title}”, is deleted with it." in html


def test_a_correction_needs_its_notes_and_a_second_person(scene):
    scene.both_live()
    with pytest.raises(NoteNeeded):
        correct(scene.release, scene.second, "update")
    with pytest.raises(OtherLanguageToo):
        correct(scene.release, scene.second, "update", note_en="A figure was wrong.")
    correct(scene.release, scene.second, "update", **NOTES)
    with pytest.raises(CorrectionOpen):
        correct(scene.release, scene.author, "minor")
    scene.edit(user=scene.second, title="Mended")
    with pytest.raises(SecondPersonNeeded):
        approve_correction(scene.release, scene.second)
    drop_correction(scene.release, scene.reviewer)
    assert scene.pair.correction is None
    assert scene.original.page.get_latest_revision_as_object().title == "Mended"


def test_it_is_said_that_a_partner_is_not_public(client):
    hidden, _chinese = partner_pair(title=("Hidden Works", "隐厂"), live=[])
    scene = Scene()
    article = scene.page
    article.article_partners = [ArticlePartner(partner=hidden, locale=article.locale)]
    article.save_revision(user=scene.author)
    assert "is left out for readers: Hidden Works" in release_page(client, scene)


def test_the_trail_comes_as_a_table_without_formulas_and_as_a_sheet(client):
    scene = Scene().both_live()
    withdraw(scene.release, scene.publisher, "=1+1")
    table = release_page(client, scene, "trail").splitlines()
    assert any("Withdrawn,'=1+1" in line and ",publisher,zh-hans," in line for line in table)
    assert ",=1+1" not in "\n".join(table)
    sheet = release_page(client, scene, "sheet")
    assert sheet.count("<td>publisher</td>") >= 4
    assert str(scene.release.approvals.first().revision_id) in sheet


def test_a_late_translation_says_when_it_was_published(client):
    scene = Scene().original_approved()
    release_single(scene.release, ENGLISH, scene.publisher, "Hurry", timezone.localdate())
    Page.objects.filter(pk=scene.page.pk).update(first_published_at=moment(days=-2))
    scene.translate()
    release_both(scene.release, scene.publisher)
    assert "中文版发布时间" in client.get(scene.translation.page.url).content.decode()
    assert "version published" not in client.get(scene.original.page.url).content.decode()
