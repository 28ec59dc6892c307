"""What waits, shown to whom it concerns, at a fixed price."""

import uuid
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.users.models import UserProfile

from news.models import Heartbeat, Release
from news.release.assignment import hand_over
from news.release.correction import approve_correction, correct
from news.release.publishing import release_single, urgent
from news.release.review import agree
from news.release.schedule import schedule

from .pairs import member_of
from .scene import CHINESE, ENGLISH, Scene, moment

pytestmark = pytest.mark.django_db


def desk_of(client, user):
    client.force_login(user)
    html = client.get("/cms/").content.decode()
    return html.partition('id="desk"')[2].partition("</section>")[0]


def test_a_publisher_sees_what_is_approved_scheduled_and_missed(client):
    scene = Scene().both_approved()
    assert "Approved, not released" in desk_of(client, scene.publisher)
    schedule(scene.release, moment(hours=1), scene.publisher)
    desk = desk_of(client, scene.publisher)
    assert "Scheduled" in desk
    assert "Approved, not released" not in desk
    Release.objects.exclude(release_at=None).update(release_at=timezone.now() - timedelta(minutes=1))
    assert "Missed" in desk_of(client, scene.publisher)


def test_a_superuser_has_a_desk(admin_client):
    Scene().both_approved()
    assert "Approved, not released" in admin_client.get("/cms/").content.decode()


def test_a_translator_sees_what_is_to_be_translated_into_their_language(client):
    scene = Scene()
    scene.submit()
    assert "To be translated" in desk_of(client, member_of("Chinese translators", username="lin"))
    assert "To be translated" not in desk_of(client, member_of("English translators", username="theo"))
    scene.fill()
    scene.submit(scene.translation)
    assert "To be translated" not in desk_of(client, scene.translator)


def test_a_debt_is_shown_until_it_is_paid(client):
    scene = Scene().original_approved()
    release_single(scene.release, ENGLISH, scene.publisher, "Hurry", timezone.localdate())
    assert "Translation to follow" in desk_of(client, scene.translator)
    scene.translate()
    from news.release.publishing import release_both

    release_both(scene.release, scene.publisher)
    assert "Translation to follow" not in desk_of(client, scene.translator)


def test_an_urgent_release_waits_for_somebody_elses_eyes(client):
    scene = Scene()
    urgent(scene.release, [ENGLISH], scene.publisher, "A storm", "secret")
    assert "Post-release review due" in desk_of(client, scene.reviewer)


NOTHING_TO_DECIDE, NOTHING_HANDED_OVER = "Nothing is in review for you", "Nobody has handed a version over to you"
NOTHING_APPROVED, NOTHING_TO_TRANSLATE = "Whatever is approved is released", "There is nothing to translate now"
EMPTY = [NOTHING_TO_DECIDE, NOTHING_HANDED_OVER, NOTHING_APPROVED, NOTHING_TO_TRANSLATE]


def said_of_nothing(client, user):
    desk = desk_of(client, user)
    return [sentence for sentence in EMPTY if sentence in desk]


@pytest.mark.parametrize(
    ("group", "more"),
    [
        ("English authors", []),
        ("Chinese translators", [NOTHING_TO_TRANSLATE]),
        ("Bilingual reviewers", [NOTHING_TO_TRANSLATE]),
        ("Publishers", [NOTHING_APPROVED, NOTHING_TO_TRANSLATE]),
    ],
)
def test_who_has_nothing_to_do_is_told_what_would_stand_there(client, group, more):
    Scene().both_live()
    somebody = member_of(group, username="somebody")
    assert said_of_nothing(client, somebody) == [NOTHING_TO_DECIDE, NOTHING_HANDED_OVER, *more]


def test_of_what_there_is_nothing_of_the_kind_is_said(client):
    scene = Scene()
    scene.submit()
    assert said_of_nothing(client, scene.translator) == [NOTHING_TO_DECIDE, NOTHING_HANDED_OVER]
    assert said_of_nothing(client, scene.reviewer) == [NOTHING_HANDED_OVER]
    hand_over(scene.release, CHINESE, scene.author, scene.translator)
    assert said_of_nothing(client, scene.translator) == [NOTHING_TO_DECIDE]
    scene.approve()
    assert said_of_nothing(client, scene.publisher) == [NOTHING_TO_DECIDE, NOTHING_HANDED_OVER]


def test_a_review_awaits_each_who_may_decide_it_and_nobody_else(client):
    scene = Scene()
    scene.submit()
    assert "Waiting for me" in desk_of(client, scene.reviewer)
    for other in (scene.author, scene.publisher, scene.translator):
        assert "Waiting for me" not in desk_of(client, other)
    scene.act(scene.original, scene.reviewer, "approve")
    assert "Waiting for me" not in desk_of(client, scene.reviewer)
    assert "Waiting for me" in desk_of(client, scene.publisher)


def test_what_was_returned_awaits_whoever_submitted_it(client):
    scene = Scene()
    scene.submit()
    scene.reject()
    assert "Returned for changes" in desk_of(client, scene.author)
    assert "Returned for changes" not in desk_of(client, scene.reviewer)
    scene.submit()
    assert "Returned for changes" not in desk_of(client, scene.author)
    assert "Waiting for me" in desk_of(client, scene.reviewer)  # who returned it decides again


def test_what_is_out_of_date_is_shown_until_it_is_brought_up_to_date(client):
    scene = Scene().both_live()
    assert "Out of date" not in desk_of(client, scene.translator)
    scene.update("A fortnight of clean air")
    assert "Out of date" in desk_of(client, scene.translator)
    scene.translate({"A fortnight of clean air": "清新空气双周"})
    assert "Out of date" not in desk_of(client, scene.translator)


def test_what_is_handed_over_stands_with_its_day(client):
    scene = Scene()
    scene.submit()
    yesterday = timezone.localdate() - timedelta(days=1)
    hand_over(scene.release, CHINESE, scene.reviewer, scene.translator, yesterday, "The names are checked.")
    desk = desk_of(client, scene.translator)
    assert "Handed over to me" in desk
    assert "Overdue" in desk
    assert "Handed over to me" not in desk_of(client, scene.reviewer)


def test_two_thousand_releases_cost_no_more_queries_than_one(client, django_assert_max_num_queries):
    from news.admin.desk import DeskPanel

    scene = Scene().both_approved()
    Release.objects.bulk_create(
        Release(translation_key=uuid.uuid4(), original="en", mode="single", due=timezone.localdate(), languages=["en"])
        for _ in range(2000)
    )

    class Request:
        user = scene.publisher

    DeskPanel().get_context_data({"request": Request})
    with django_assert_max_num_queries(20):
        DeskPanel().get_context_data({"request": Request})


def test_corrections_of_the_last_reviewer_wait_on_the_desk_of_who_may_agree(client):
    scene = Scene()
    scene.submit()
    scene.act(scene.original, scene.reviewer, "approve")
    scene.edit(user=scene.publisher, summary="Clean air, for a week in the whole city.")
    scene.act(scene.original, scene.publisher, "approve")
    for who in (scene.author, scene.reviewer):
        assert "Corrections to agree with" in desk_of(client, who)
    ella = member_of("Chinese authors", username="ella")
    for other in (scene.publisher, ella):
        assert "Corrections to agree with" not in desk_of(client, other)
    agree(scene.original, scene.author)
    assert "Corrections to agree with" not in desk_of(client, scene.author)


def test_a_correction_waits_on_the_desk_of_who_may_approve_it(client):
    scene = Scene().both_live()
    correct(scene.release, scene.reviewer, "minor", texts={ENGLISH: {1: "Clean air at last."}})
    assert "Corrections to approve" in desk_of(client, scene.second)
    for other in (scene.reviewer, member_of("Chinese authors", username="ella")):
        assert "Corrections to approve" not in desk_of(client, other)
    approve_correction(scene.release, scene.second)
    assert "Corrections to approve" not in desk_of(client, scene.second)


class TestScheduledReleasesThatDoNotRun:
    ENGLISH_WORDS = "Scheduled releases have not run since"
    WORDS = (ENGLISH_WORDS, "定时发布一直没有运行")

    def shown(self, client, user):
        return any(words in desk_of(client, user) for words in self.WORDS)

    def ran(self, **ago):
        Heartbeat.objects.all().delete()
        Heartbeat.objects.create(command="release_due", ran_at=timezone.now() - timedelta(**ago))

    def due(self, scene, **ago):
        Release.objects.filter(pk=scene.release.pk).update(release_at=timezone.now() - timedelta(**ago))

    def test_are_told_to_publishers_and_administrators_in_their_language(self, client, admin_user):
        self.ran(minutes=6)
        publisher = member_of("Publishers", username="pub")
        for user in (publisher, admin_user):
            html = desk_of(client, user)
            assert f"{self.ENGLISH_WORDS} <time" in html
            assert "help-critical" in html
            UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": "zh-hans"})
            html = desk_of(client, user)
            assert "自<time" in html
            assert "</time>起，定时发布一直没有运行。" in html
            assert self.ENGLISH_WORDS not in html

    @pytest.mark.parametrize("group", ["English authors", "Chinese translators", "Bilingual reviewers"])
    def test_are_not_told_to_others(self, client, group):
        self.ran(minutes=6)
        assert not self.shown(client, member_of(group, username="other"))

    def test_are_told_after_five_minutes_of_silence_and_not_before(self, client, admin_user):
        assert not self.shown(client, admin_user)  # a site on which nothing has run yet, and nothing is due
        self.ran(minutes=4)
        assert not self.shown(client, admin_user)
        self.ran(minutes=-6)  # by a clock that was ahead
        assert self.shown(client, admin_user)
        call_command("release_due")
        assert not self.shown(client, admin_user)

    def test_are_told_when_something_is_due_that_no_run_has_come_to(self, client):
        scene = Scene().both_approved()
        self.due(scene, minutes=1)
        assert not self.shown(client, scene.publisher)
        self.due(scene, minutes=3)
        assert self.shown(client, scene.publisher)
        self.ran(minutes=4)
        assert self.shown(client, scene.publisher)

    def test_are_not_told_of_what_a_run_has_come_to_and_left_to_people(self, client):
        scene = Scene().both_approved()
        self.due(scene, days=3)
        self.ran(seconds=30)
        assert "Missed" in desk_of(client, scene.publisher)
        assert not self.shown(client, scene.publisher)
