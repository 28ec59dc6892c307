"""Replacing a picture or a document: proposed by one person, agreed to by another, in all releases at once."""

import pytest

from news import jobs
from news.models import Approval, Replacement
from news.pair.file_refusals import (
    FileMissing,
    MayNotAgree,
    MayNotDrop,
    ProposedByYou,
    ReplacementEnded,
    ReplacementShownOtherwise,
)
from news.pair.pair import release_of
from news.pair.uses import uses_of
from news.release.claims import claim_for_writing, let_go
from news.release.correction import approve_correction, correct
from news.release.freezing import freeze
from news.release.kinds import adapt
from news.release.publishing import release_both, review_afterwards, urgent
from news.release.replacing import agree, drop, propose, stamp_of
from news.release.schedule import release_due, schedule

from .approved import faults_of
from .libraries import Library, image, paper, public_files
from .pairs import partner_pair
from .scene import moment

pytestmark = pytest.mark.django_db


def replaced(scene, old, new, by=None, agreed_by=None):
    it = propose(old, new, by or scene.author, [scene.release], "A better one.")
    return agree(it, agreed_by or scene.publisher, stamp_of(it))


@pytest.mark.parametrize("kind", ["waves", "plan"])
def test_in_what_is_public_it_is_the_new_one_at_once_in_both_languages(kind):
    scene = Library().live()
    old, new = getattr(scene, kind), image("Hills") if kind == "waves" else paper("Second plan", b"Another")
    noun = "picture" if kind == "waves" else "document"
    it = replaced(scene, old, new)
    assert it.ended_at and not it.rows.filter(done_at=None).exists()
    for files in public_files(scene).values():
        assert (noun, new.pk) in files and (noun, old.pk) not in files
    assert list(faults_of(scene.pair)) == []
    for version in scene.pair.versions.values():
        assert version.approval.user == scene.publisher
        assert not version.has_changes and not version.is_stale and not version.is_behind
        assert scene.actions(version)[-1] == "replace_file"


def test_what_is_scheduled_keeps_its_approvals_and_its_moment():
    scene = Library().approved()
    at = moment(hours=1)
    schedule(scene.release, at, scene.publisher)
    before = Approval.objects.standing().count()
    new = image("Hills")
    replaced(scene, scene.waves, new)
    assert scene.release.release_at == at
    assert Approval.objects.standing().count() == before + 2
    done, missed, failed = release_due(now=moment(hours=2))
    assert done and not missed and not failed
    for files in public_files(scene).values():
        assert ("picture", new.pk) in files and ("picture", scene.waves.pk) not in files
    assert list(faults_of(scene.pair)) == []


@pytest.mark.full
def test_three_times_before_release_the_texts_stay_approved():
    scene = Library().approved()
    words = [version.approval.text_hash for version in scene.pair.versions.values()]
    readers = [{part.path: part for part in version.approved_face.texts} for version in scene.pair.versions.values()]
    plan = scene.plan
    for number in range(3):
        plan, former = paper(f"Plan {number}", f"Version {number}".encode()), plan
        replaced(scene, former, plan)
        for version, said, text in zip(scene.pair.versions.values(), readers, words, strict=True):
            assert version.is_pending and not version.is_stale
            assert version.approval.text_hash == text
            assert {part.path: part for part in version.approved_face.texts} == said
    release_both(scene.release, scene.publisher)
    for files in public_files(scene).values():
        assert [key for noun, key in files if noun == "document"] and ("document", plan.pk) in files
    assert list(faults_of(scene.pair)) == []


@pytest.mark.full
def test_what_is_written_on_top_of_it_does_not_go_public_along():
    scene = Library().live()
    scene.edit(title="A secret title")
    new = image("Hills")
    replaced(scene, scene.waves, new)
    assert scene.live_titles()["en"] == "A week of clean air"
    assert scene.original.newest.title == "A secret title"
    assert scene.original.newest.lead_image == new
    assert scene.original.has_changes
    assert {hand.user for hand in scene.original.hands} == {scene.author.pk}
    assert list(faults_of(scene.pair)) == []


def test_what_is_in_review_stays_there_and_its_stages_too():
    scene = Library().draft()
    scene.submit()
    scene.act(scene.original, scene.reviewer, "approve")
    new = image("Hills")
    replaced(scene, scene.waves, new, by=scene.second)
    assert scene.original.is_at_last_stage
    assert scene.original.newest.lead_image == new
    assert scene.original.task_state.revision == scene.fresh(scene.original).latest_revision
    scene.approve_as_shown(scene.original, scene.publisher)
    assert scene.original.is_pending


@pytest.mark.full
def test_a_translations_own_picture_is_replaced_there():
    scene = Library().draft()
    scene.original_approved()
    own, new = image("Own"), image("Hills")
    scene.put_in_place(own)
    scene.translate()
    release_both(scene.release, scene.publisher)
    assert scene.fresh(scene.translation).lead_image == own
    replaced(scene, own, new)
    assert scene.fresh(scene.translation).lead_image == new
    assert scene.fresh(scene.original).lead_image == scene.waves
    assert scene.translation.newest.lead_image == new
    assert list(faults_of(scene.pair)) == []


def test_one_person_alone_replaces_nothing():
    scene = Library().live()
    it = propose(scene.waves, image("Hills"), scene.publisher, [scene.release])
    with pytest.raises(ProposedByYou):
        agree(it, scene.publisher)
    with pytest.raises(MayNotAgree):
        agree(it, scene.translator)
    assert public_files(scene)["en"] >= {("picture", scene.waves.pk)}


def test_another_file_than_was_shown_is_not_agreed_to():
    scene = Library().live()
    new = image("Hills")
    it = propose(scene.waves, new, scene.author, [scene.release])
    seen = stamp_of(it)
    new.focal_point_x = new.focal_point_y = new.focal_point_width = new.focal_point_height = 9
    new.save()
    with pytest.raises(ReplacementShownOtherwise):
        agree(Replacement.objects.get(pk=it.pk), scene.publisher, seen)


@pytest.mark.full
def test_where_somebody_works_it_waits_by_name():
    """The rest is done; what waits is named, and done by the same act once they are through."""
    scene = Library().live()
    other = Library("partner").by_people_of(scene)
    other.draft_with(scene.waves)
    other.submit()
    claim_for_writing(other.page, other.reviewer)
    new = image("Hills")
    it = propose(scene.waves, new, scene.publisher, [scene.release, other.release])
    second = scene.another_publisher()
    it = agree(it, second, stamp_of(it))
    assert scene.fresh(scene.original).lead_image == new
    assert other.original.newest.logo == scene.waves
    [row] = it.rows.filter(done_at=None)
    assert row.release == other.release and "is correcting" in row.refusal
    let_go(other.original, other.reviewer)
    it = agree(it, second, stamp_of(it))
    assert it.ended_at and other.original.newest.logo == new


def test_what_is_read_for_an_urgent_release_waits():
    scene = Library().draft()
    freeze(scene.release, scene.publisher)
    it = replaced(scene, scene.waves, image("Hills"), agreed_by=scene.another_publisher())
    assert "is about to release this urgently" in it.rows.get().refusal
    assert not it.ended_at


def test_what_was_given_up_is_not_replaced():
    scene = Library().live()
    it = propose(scene.waves, image("Hills"), scene.author, [scene.release])
    with pytest.raises(MayNotDrop):
        drop(it, scene.translator)
    drop(it, scene.author)
    with pytest.raises(ReplacementEnded):
        agree(it, scene.publisher)


def test_a_missing_file_takes_nobodys_place():
    scene = Library().live()
    gone = image("Hills")
    gone.file.storage.delete(gone.file.name)
    with pytest.raises(FileMissing):
        propose(scene.waves, gone, scene.author, [scene.release])


@pytest.mark.full
def test_what_nobody_has_read_since_it_went_out_urgently_waits():
    scene = Library().live()
    scene.edit(summary="Clean air at last.", user=scene.author)
    urgent(scene.release, [scene.language], scene.publisher, "A storm", "secret")
    it = replaced(scene, scene.waves, image("Hills"), agreed_by=scene.another_publisher())
    assert "reviewed first" in it.rows.get().refusal
    review_afterwards(scene.release, scene.second)
    assert agree(it, scene.publisher, stamp_of(it)).ended_at
    assert list(faults_of(scene.pair)) == []


@pytest.mark.full
def test_a_correction_that_waits_keeps_its_note_and_takes_the_new_one():
    scene = Library().live()
    correct(
        scene.release, scene.author, "correction", "An error.", "有误。", {scene.language: {1: "Clean air at last."}}
    )
    new = image("Hills")
    replaced(scene, scene.waves, new)
    assert scene.fresh(scene.original).lead_image == new
    assert scene.fresh(scene.original).summary == "Clean air."
    approve_correction(scene.release, scene.second)
    release_both(scene.release, scene.publisher)
    assert scene.fresh(scene.original).summary == "Clean air at last."
    assert scene.fresh(scene.original).lead_image == new
    assert list(faults_of(scene.pair)) == []


@pytest.mark.full
def test_what_was_written_beside_it_is_still_its_writers():
    """Who wrote a draft on top of what is public cannot approve it, whatever was replaced below it."""
    scene = Library().live()
    scene.edit(summary="Clean air at last.", user=scene.reviewer)
    scene.edit(title="A week of very clean air", user=scene.author)
    replaced(scene, scene.waves, image("Hills"))
    assert {hand.user for hand in scene.original.hands} == {scene.reviewer.pk, scene.author.pk}


@pytest.mark.full
def test_many_releases_are_done_in_the_background():
    scene = Library().live()
    others = [partner_pair(title=(f"Institute {number}", f"研究院{number}"), logo=scene.waves) for number in range(6)]
    new = image("Hills")
    releases = [scene.release, *(release_of(english) for english, _chinese in others)]
    it = agree(propose(scene.waves, new, scene.another_publisher(), releases), scene.publisher)
    assert not it.ended_at
    jobs.work()
    it.refresh_from_db()
    assert it.ended_at
    for english, chinese in others:
        assert type(english).objects.get(pk=english.pk).logo == new
        assert type(chinese).objects.get(pk=chinese.pk).logo == new
    assert not uses_of(scene.waves).standing().exists()


def test_an_adapted_translation_has_it_too():
    scene = Library().draft()
    scene.original_approved()
    adapt(scene.release, scene.reviewer)
    page = scene.translation.page.get_latest_revision_as_object()
    page.title, page.summary = "清新空气周", "空气清新。"
    page.save_revision(user=scene.translator)
    new = image("Hills")
    replaced(scene, scene.waves, new)
    assert scene.translation.newest.lead_image == new
    assert scene.translation.newest.title == "清新空气周"
