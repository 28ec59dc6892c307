"""More ways past rules 7, 10 and 15 to 18, and more ways into which they shut honest people."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db.models.signals import pre_delete
from django.urls import reverse
from django.utils import timezone
from wagtail_localize.models import StringTranslation

from home.images import CustomImage
from home.languages import CHINESE, ENGLISH
from news.pair.refusals import ChangesWaiting, Claimed, Locked, OpenParagraphs
from news.pair.stamps import approvals
from news.pair.states import VersionState
from news.release.accounts import guard_account
from news.release.claims import claim_for_writing
from news.release.correction import approve_correction, correct
from news.release.freezing import freeze
from news.release.kinds import adapt
from news.release.publishing import release_both, release_single
from news.release.review import no_update_needed, take_back
from news.release.schedule import schedule
from news.release.submission import recall, start_translating
from news.release.withdrawal import withdraw
from news.translation.sync import fill_numbered

from .earlier import without
from .pairs import member_of
from .scene import PASSWORD, SUMMARY, TEXT, TITLE, Scene, moment
from .test_claims import written_before
from .test_gate_attacked import NOTES, SLIP, image
from .test_notes import told

pytestmark = pytest.mark.django_db
ONE = {language: {language: texts} for language, texts in SLIP.items()}
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
    CustomImage._base_manager.filter(pk=waves.pk).update(file_hash="0" * 40)
    assert send(client, scene, scene.reviewer, "approve", form).status_code == 422
    assert not scene.pair.versions[version.language].is_at_last_stage
    send(client, scene, scene.reviewer, "approve", scene.form("approve", language))
    assert scene.pair.versions[version.language].is_at_last_stage


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
    assert "Return for changes" not in page
    send(client, scene, scene.second, "take_over", scene.form("take_over", "en"))
    send(client, scene, scene.second, "return", scene.form("return", "en", comment="No"))
    assert scene.original.state == VersionState.CHANGES_ASKED


# What readers are told of a correction -------------------------------------------------------------------------------


def test_a_note_to_readers_that_there_are_not_yet_is_never_told():
    """Nobody had approved it, and it went out with the late translation."""
    scene = Scene().original_approved()
    release_single(scene.release, ENGLISH, scene.publisher, "Hurry", due=timezone.localdate())
    correct(scene.release, scene.author, "correction", texts={ENGLISH: SLIP[ENGLISH]}, **NOTES)
    approve_correction(scene.release, scene.reviewer)
    release_both(scene.release, scene.publisher)
    scene.translate({TITLE[0]: TITLE[1], "Clean air at last.": "空气终于清新。", TEXT[0]: TEXT[1]})
    release_both(scene.release, scene.publisher)
    assert (told(scene, ENGLISH), told(scene, CHINESE)) == ([NOTES["note_en"]], [])


def test_nor_one_to_readers_of_a_language_that_is_withdrawn_meanwhile():
    scene = Scene().both_live()
    correct(scene.release, scene.author, "correction", texts=SLIP, **NOTES)
    withdraw(scene.release, scene.publisher, "Wrong.", [CHINESE])
    approve_correction(scene.release, scene.reviewer)
    release_both(scene.release, scene.publisher)
    scene.submit(scene.translation)
    scene.approve(scene.translation)
    release_both(scene.release, scene.publisher)
    assert (told(scene, ENGLISH), told(scene, CHINESE)) == ([NOTES["note_en"]], [])
    correct(
        scene.release, scene.author, "correction", note_zh_hans="用词有误。", texts=ONE[CHINESE], other_is_right=True
    )
    withdraw(scene.release, scene.publisher, "Wrong.", [CHINESE])
    assert scene.pair.correction is None


@pytest.mark.parametrize("way", ["release_single", "urgent"])
def test_nobody_is_told_of_a_correction_that_they_do_not_get(client, way):
    """The other language kept its old words and the note of new ones, and could not be released any more."""
    scene = Scene().both_live()
    correct(scene.release, scene.author, "correction", texts=SLIP, **NOTES)
    more = {"reason": "Hurry", "confirmed": "on", "languages": ["en"], "password": PASSWORD}
    if way == "release_single":
        approve_correction(scene.release, scene.reviewer)
    form = scene.form(way, "en" if way == "release_single" else "", **more)
    answer = send(client, scene, scene.publisher, way, form, follow=True)
    assert "Release both languages, or give the correction up" in said(answer)
    assert (told(scene, ENGLISH), told(scene, CHINESE)) == ([], [])
    assert "English first, or only" not in answer.content.decode()
    if way == "urgent":
        approve_correction(scene.release, scene.reviewer)
    release_both(scene.release, scene.publisher)
    assert told(scene, CHINESE) == [NOTES["note_zh_hans"]]
    assert scene.fresh(scene.translation).summary == "空气终于清新。"


def test_who_gives_a_correction_up_takes_no_approval_from_a_scheduled_release(client):
    scene = Scene().both_live()
    correct(scene.release, scene.author, "correction", texts=SLIP, **NOTES)
    approve_correction(scene.release, scene.reviewer)
    schedule(scene.release, moment(hours=1), scene.publisher)
    for user in (scene.author, scene.reviewer):
        send(client, scene, user, "drop_correction", scene.form("drop_correction"))
        assert scene.original.is_pending and scene.translation.is_pending
    send(client, scene, scene.publisher, "drop_correction", scene.form("drop_correction"))
    assert not scene.original.is_pending


# What is corrected on the screen of both texts -----------------------------------------------------------------------


def test_what_a_translator_is_writing_does_not_go_along_with_a_correction_of_the_original():
    """Somebody had said that the translation is right as it stands: its readers got other words and no note."""
    scene = Scene().both_live()
    fill_numbered(scene.translation.localized, {2: "论坛隆重开幕。"}, scene.translator)
    with pytest.raises(ChangesWaiting, match="Chinese"):
        correct(scene.release, scene.author, "correction", "Wrong.", texts=ONE[ENGLISH], other_is_right=True)
    assert not scene.original.has_changes and scene.translation.paragraphs[2].words == "论坛隆重开幕。"


def test_nor_does_an_update_of_the_original_with_a_correction_of_the_translation():
    scene = Scene().both_live()
    scene.edit(summary=LONGER)
    with pytest.raises(ChangesWaiting, match="English"):
        correct(scene.release, scene.author, "minor", texts=ONE[CHINESE])
    assert scene.translation.incompleteness is None


def test_what_could_never_be_approved_is_refused_at_once(client):
    scene = Scene().both_live()
    StringTranslation.objects.filter(data="空气清新。").delete()
    with pytest.raises(OpenParagraphs):
        correct(scene.release, scene.author, "minor", texts={ENGLISH: {2: "The forum has opened."}})
    scene.fill()
    client.force_login(scene.author)
    for name in ("en-0", "zh-hans-0"):
        fields = {"stamp": approvals(scene.pair), "kind": "minor", name: "长" * 300}
        answer = client.post(reverse("newsroom_releases:correct", args=[scene.release.pk]), fields)
        assert answer.status_code == 422
        html = answer.content.decode()
        assert ("not right: title" in html or "a title has at most 255 characters" in html) and "长" * 300 in html
    assert not scene.original.has_changes and not scene.translation.has_changes


@pytest.mark.parametrize("lock", ["page", "freeze"])
def test_a_lock_holds_there_as_well(client, lock):
    scene = Scene().both_live()
    if lock == "page":
        client.force_login(scene.publisher)
        client.post(reverse("wagtailadmin_pages:lock", args=[scene.translation.page.pk]))
    else:
        freeze(scene.release, scene.publisher)
    with pytest.raises(Locked):
        correct(scene.release, scene.author, "minor", texts=ONE[CHINESE])
    assert not scene.translation.has_changes


@pytest.mark.parametrize("is_original", ["written", "in review", "recalled"])
def test_the_translation_of_what_was_withdrawn_is_corrected_whatever_becomes_of_the_original(is_original):
    scene = Scene().both_live()
    withdraw(scene.release, scene.publisher, "Wrong in English.", [ENGLISH])
    scene.edit(summary=LONGER)
    if is_original != "written":
        scene.submit()
    if is_original == "recalled":
        recall(scene.page, scene.author)
        assert scene.translation.stands_alone
    correct(scene.release, scene.author, "correction", note_zh_hans="用词有误。", texts=ONE[CHINESE])
    approve_correction(scene.release, scene.reviewer)
    release_both(scene.release, scene.publisher)
    assert scene.fresh(scene.translation).summary == "空气终于清新。"
    assert not scene.original.is_live


@pytest.mark.parametrize("where", ["on the screen", "in the editor"])
def test_what_is_public_alone_is_corrected_while_its_translation_is_owed(where):
    """Its paragraphs were open: no reader could be told of a mistake until somebody had translated them."""
    scene = Scene().both_live().update("A week of cleaner air")
    release_single(scene.release, ENGLISH, scene.publisher, "Hurry", due=timezone.localdate())
    if where == "in the editor":
        scene.edit(summary="Clean air at last.")
    texts = ONE[ENGLISH] if where == "on the screen" else None
    correct(scene.release, scene.author, "correction", **NOTES, texts=texts)
    approve_correction(scene.release, scene.reviewer)
    release_both(scene.release, scene.publisher)
    assert scene.fresh(scene.original).summary == "Clean air at last."
    assert scene.translation.is_stale and not scene.translation.has_changes
    assert (told(scene, ENGLISH), told(scene, CHINESE)) == ([NOTES["note_en"]], [NOTES["note_zh_hans"]])


def test_a_minor_edit_goes_on_when_the_other_language_is_released():
    scene = Scene().both_live()
    adapt(scene.release, scene.reviewer)
    scene.update("A week of cleaner air")
    no_update_needed(scene.page, scene.publisher)
    correct(scene.release, scene.author, "minor", texts=ONE[CHINESE])
    release_both(scene.release, scene.publisher)
    assert scene.pair.correction is not None and scene.release.changed_at is not None


def test_a_draft_that_was_put_back_as_it_was_holds_up_no_correction():
    scene = Scene().both_live()
    scene.edit(summary=LONGER)
    scene.edit(summary=SUMMARY[0])
    correct(scene.release, scene.author, "minor", texts=SLIP)
    assert scene.pair.correction is not None


# Nobody is left with an error page, or without a way out -------------------------------------------------------------


def test_paragraphs_are_not_brought_up_to_date_under_a_lock(client):
    """One click ended an approval that was scheduled, a sign-off, or what a publisher was reading."""
    scene = Scene().both_live()
    fill_numbered(scene.translation.localized, {1: "空气十分清新。"}, scene.translator)
    scene.submit(scene.translation)
    scene.approve(scene.translation)
    scene.edit(summary=LONGER)
    client.force_login(scene.reviewer)
    url = reverse("wagtail_localize:update_translations", args=[scene.translation.localized.source_id])
    assert "Take back the approval to change it" in said(client.post(url, follow=True))
    assert scene.translation.is_pending


def test_an_approved_draft_that_was_deleted_is_begun_anew_as_a_draft(client):
    scene = Scene().both_approved()
    client.force_login(scene.publisher)
    client.post(reverse("wagtailadmin_pages:delete", args=[scene.translation.page.pk]))
    assert scene.translation.page is None
    start_translating(scene.page, scene.author)
    assert scene.translation.state == VersionState.DRAFTING
    assert send(client, scene, scene.publisher, "release", scene.form("release")).status_code == 422
    scene.translate()
    release_both(scene.release, scene.publisher)
    assert len(scene.live_titles()) == 2


def test_nobody_agrees_in_the_name_of_who_is_no_reviewer_any_more(client):
    scene = Scene()
    scene.submit()
    scene.act(scene.original, scene.reviewer, "approve")
    scene.edit(user=scene.publisher, summary=LONGER)
    scene.act(scene.original, scene.publisher, "approve")
    scene.publisher.groups.clear()
    send(client, scene, scene.author, "agree", scene.form("agree", "en"))
    assert not scene.original.is_pending
    another = member_of("Publishers", username="another")
    send(client, scene, another, "approve", scene.form("approve", "en"))
    assert scene.original.approval.user == another


def test_what_an_account_wrote_that_is_gone_is_not_laid_to_who_wrote_there_before():
    scene = Scene()
    scene.edit(user=scene.reviewer, summary="Clean air once more.")
    scene.submit()
    scene.approve_as_shown(scene.original, scene.second, scene.publisher)
    take_back(scene.page, scene.author, "Another summary")
    guest = member_of("English authors", username="guest")
    scene.edit(user=guest, summary=LONGER)
    with without(guard_account, pre_delete, sender=User, dispatch_uid="news.release.accounts"):
        guest.delete()
    scene.submit()
    scene.act(scene.original, scene.reviewer, "approve")
    assert scene.original.is_at_last_stage


@pytest.mark.full
def test_what_was_typed_for_a_text_goes_with_it_when_another_has_gone(client):
    """The numbers of the texts had shifted: it stood at the next text, and at the end it was lost."""
    scene = Scene()
    scene.edit(body=[("paragraph", f"<p>{text}</p>") for text in ("One.", "Two.", "Three.")])
    scene.original_approved()
    words = {TITLE[0]: TITLE[1], SUMMARY[0]: SUMMARY[1], "One.": "一。", "Two.": "二。", "Three.": "三。"}
    scene.translate(words)
    release_both(scene.release, scene.publisher)
    url = reverse("newsroom_releases:correct", args=[scene.release.pk])
    client.force_login(scene.second)
    cells = [cell for row in client.get(url).context["rows"] for cell in row]
    sent = {"kind": "minor", "stamp": approvals(scene.pair)} | {cell.name: cell.text for cell in cells}
    sent |= {f"{cell.name}-was": cell.was for cell in cells} | {"en-3": "Two, gone.", "en-4": "Three and more."}
    body = scene.original.page.get_latest_revision_as_object().body
    del body[1]
    scene.edit(body=body)
    scene.original_approved()
    scene.submit(scene.translation)
    scene.approve(scene.translation)
    release_both(scene.release, scene.publisher)
    answer = client.post(url, sent)
    cells = {cell.name: cell.text for row in answer.context["rows"] for cell in row if cell.is_changed}
    assert cells == {"en-3": "Three and more."}
    assert '<span lang="en">Two, gone.</span>' in answer.content.decode()
