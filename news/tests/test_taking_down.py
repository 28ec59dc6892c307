"""Taking a picture or a document down: at once, wherever it is used, and read afterwards by somebody else."""

import pytest
from django.core.exceptions import ValidationError
from wagtail_localize.models import SegmentOverride

from home.models import HomePage, TakenDown
from home.taken_down import FileTakenDown
from news import jobs
from news.pair.refusals import NoReviewAfterwardsDue, NotAPublisher, ReasonNeeded
from news.pair.uses import uses_of
from news.release.publishing import review_afterwards, urgent
from news.release.schedule import release_due, schedule
from news.release.taking_down import take_down

from .approved import faults_of
from .libraries import Library, image, public_files
from .pairs import member_of, partner_pair
from .scene import BOTH, PASSWORD, moment

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("name", "kind"), [("waves", "picture"), ("plan", "document")])
def test_it_is_gone_from_what_is_public_in_both_languages(name, kind):
    scene = Library().live()
    file = getattr(scene, name)
    take_down(file, scene.publisher, "No licence.")
    for files in public_files(scene).values():
        assert (kind, file.pk) not in files
    assert scene.live_titles() == {"en": "A week of clean air", "zh-hans": "清新空气周"}
    for version in scene.pair.versions.values():
        assert version.approval.urgent and version.approval.user == scene.publisher
        assert not version.has_changes and not version.is_stale and not version.is_behind
        assert version.incompleteness is None
        assert scene.actions(version)[-1] == "take_down"
    assert "方案" in str(scene.fresh(scene.translation).body.raw_data[0]["value"])
    assert len(scene.pair.review_afterwards_due) == 2
    with pytest.raises(NoReviewAfterwardsDue):
        review_afterwards(scene.release, scene.publisher)
    review_afterwards(scene.release, scene.second)
    assert not scene.pair.review_afterwards_due
    assert list(faults_of(scene.pair)) == []


def test_what_is_scheduled_goes_out_without_it():
    scene = Library().approved()
    schedule(scene.release, moment(hours=1), scene.publisher)
    take_down(scene.waves, scene.publisher, "No licence.")
    done, missed, failed = release_due(now=moment(hours=2))
    assert done and not missed and not failed
    assert {kind for files in public_files(scene).values() for kind, _key in files} == {"document"}
    assert len(scene.pair.review_afterwards_due) == 2


def test_what_is_in_review_and_what_is_drafted_loses_it_too():
    scene = Library().draft()
    scene.submit()
    take_down(scene.waves, scene.publisher, "No licence.")
    assert scene.original.newest.lead_image is None
    assert [block.block_type for block in scene.original.newest.body] == ["paragraph", "document"]
    scene.approve_as_shown(scene.original, scene.reviewer, scene.another_publisher())
    assert scene.original.is_pending


def test_a_publisher_does_it_and_says_why():
    scene = Library().live()
    with pytest.raises(NotAPublisher):
        take_down(scene.waves, scene.reviewer, "No licence.")
    with pytest.raises(ReasonNeeded):
        take_down(scene.waves, scene.publisher, " ")
    assert not TakenDown.objects.exists()


@pytest.mark.full
def test_it_cannot_be_shown_again():
    scene = Library().live()
    take_down(scene.waves, scene.publisher, "No licence.")
    with pytest.raises(ValidationError, match="was taken down"):
        scene.edit(lead_image=scene.waves)


@pytest.mark.full
def test_a_draft_on_top_stays_a_draft_without_it():
    scene = Library().live()
    scene.edit(title="A secret title")
    take_down(scene.waves, scene.publisher, "No licence.")
    assert scene.live_titles()["en"] == "A week of clean air"
    assert scene.original.newest.title == "A secret title"
    assert scene.original.newest.lead_image is None


@pytest.mark.full
def test_who_let_it_out_alone_before_is_not_its_second_reader():
    scene = Library().live()
    scene.edit(summary="Clean air at last.", user=scene.author)
    urgent(scene.release, [BOTH[0]], scene.publisher, "A storm", PASSWORD)
    another = member_of("Publishers", username="another")
    take_down(scene.waves, another, "No licence.")
    for alone in (scene.publisher, another):
        with pytest.raises(NoReviewAfterwardsDue):
            review_afterwards(scene.release, alone)
    review_afterwards(scene.release, scene.second)


def test_the_logo_of_a_home_page_goes_too():
    scene = Library().draft()
    home = HomePage.objects.first()
    home.logo = scene.waves
    home.save()
    take_down(scene.waves, scene.publisher, "No licence.")
    home.refresh_from_db()
    assert home.logo is None and home.get_latest_revision_as_object().logo is None


@pytest.mark.full
def test_more_than_a_few_releases_are_done_in_the_background():
    scene = Library().live()
    pairs = [partner_pair(title=(f"Institute {number}", f"研究院{number}"), logo=scene.waves) for number in range(6)]
    take_down(scene.waves, scene.publisher, "No licence.")
    jobs.work()
    for page in [scene.page, *(page for pair in pairs for page in pair)]:
        shown = type(page).objects.get(pk=page.pk)
        assert getattr(shown, "lead_image", None) is None and getattr(shown, "logo", None) is None
    assert not uses_of(scene.waves).standing().exists()


def test_what_a_translator_put_in_its_place_goes_too():
    scene = Library().draft()
    scene.original_approved()
    own = image("Own")
    scene.put_in_place(own)
    take_down(own, scene.publisher, "No licence.")
    assert not SegmentOverride.objects.exists()
    with pytest.raises(FileTakenDown):
        scene.put_in_place(own)
