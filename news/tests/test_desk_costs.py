"""What the desk costs, whatever there is."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from news.admin.places import PLACES
from news.models import Heartbeat, Release
from news.release.assignment import hand_over
from news.release.correction import correct
from news.release.publishing import release_single, urgent
from news.release.schedule import schedule
from news.release.stopping import hold
from news.release.withdrawal import withdraw

from .pairs import member_of
from .scene import CHINESE, ENGLISH, PASSWORD, Scene, moment
from .test_desk import desk_of, many, places

pytestmark = pytest.mark.django_db


def every_state():
    """Releases in each place that there can be for a publisher, or nearly each; the people among whom they go."""
    people = Scene().both_live()
    correct(people.release, people.reviewer, "minor", texts={ENGLISH: {1: "Clean air at last."}})

    def another(*of):
        return Scene(*of).by_people_of(people)

    another().both_in_review()
    waiting = another("partner").both_in_review()
    waiting.approve()
    returned = another()
    returned.submit()
    returned.reject()
    handed = another()
    handed.submit()
    hand_over(handed.release, CHINESE, people.reviewer, people.publisher, timezone.localdate() - timedelta(days=1))
    owed = another().original_approved()
    release_single(owed.release, ENGLISH, people.publisher, "Hurry", timezone.localdate())
    another().both_approved()
    week, missed, held = (another().both_approved() for _ in range(3))
    schedule(week.release, moment(hours=1), people.publisher)
    Release.objects.filter(pk=missed.release.pk).update(release_at=moment(hours=-1))
    hold(held.release, people.translator, "No.")
    withdrawn, stale, unread = another().both_live(), another().both_live(), another()
    withdraw(withdrawn.release, people.publisher, "Wrong.")
    stale.update("A fortnight of clean air")
    urgent(unread.release, [ENGLISH], people.publisher, "A storm", PASSWORD)
    return people


def test_the_desk_adds_eight_queries_to_a_page_of_the_admin_whatever_there_is(client):
    people = every_state()
    many(people, 12)
    of_one = member_of("Chinese translators", username="lin")  # for whom Wagtail asks which site is theirs
    for user in (people.publisher, people.reviewer, people.translator, people.author, of_one):
        client.force_login(user)
        counts = []
        for address in (reverse("newsroom_about"), "/cms/"):
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            counts.append(len(queries))
        assert counts[1] <= counts[0] + 8, user
    shown = places(client, people.publisher)
    keys = [key for found in shown.values() for key in found]
    assert len(keys) == len(set(keys)), "each release stands in one place"
    assert [name for name in PLACES if name in shown] == list(shown), "in the order of the queue"
    assert len(shown) >= 8


class TestOnward:
    @pytest.fixture
    def scenes(self, client):
        """Two that wait for the reviewer; the first to come is the first."""
        first = Scene()
        first.submit()
        second = Scene("partner").by_people_of(first)
        second.submit()
        client.force_login(first.reviewer)
        return first, second

    def address(self, scene, after):
        return f"{reverse('newsroom_releases:release', args=[scene.release.pk])}?after={after}"

    def test_after_a_step_the_next_opens_and_it_is_said_how_many_are_left(self, client, scenes):
        first, second = scenes
        assert client.get("/cms/").context["first"].step[1] == self.address(first, 0)
        html = client.get(self.address(first, 0)).content.decode()
        assert "Approve English and open the next" in html
        assert "and open the next" not in client.get(self.address(first, 0).partition("?")[0]).content.decode()
        act = reverse("newsroom_releases:act", args=[first.release.pk, "approve"])
        form = {**first.form("approve", "en"), "after": "0", "onward": "1"}
        answer = client.post(act, form, follow=True)
        assert answer.redirect_chain == [(self.address(second, 0), 302)]
        html = answer.content.decode()
        assert re.search(r"Approved\. .* 1 left\.", html)
        assert "and open the next" not in html, "it is the last"
        form = {**second.form("approve", "en"), "after": "0", "onward": "1"}
        act = reverse("newsroom_releases:act", args=[second.release.pk, "approve"])
        answer = client.post(act, form, follow=True)
        assert answer.redirect_chain == [("/cms/", 302)]
        assert "Nothing waits for you." in answer.content.decode()

    def test_what_is_skipped_keeps_its_place(self, client, scenes):
        first, second = scenes
        skip = reverse("newsroom_releases:next")
        assert f'{skip}?after={first.release.pk}"' in client.get(self.address(first, 0)).content.decode()
        answer = client.get(skip, {"after": first.release.pk})
        assert answer["Location"] == self.address(second, first.release.pk)
        form = {**second.form("approve", "en"), "after": first.release.pk, "onward": "1"}
        answer = client.post(reverse("newsroom_releases:act", args=[second.release.pk, "approve"]), form, follow=True)
        assert answer.redirect_chain == [("/cms/", 302)]
        assert "1 left." in answer.content.decode()
        assert client.get(skip, {"after": first.release.pk}, follow=True).redirect_chain == [("/cms/", 302)]
        for odd in ("", "x", "²", "9" * 40, "-1"):
            assert client.get(skip, {"after": odd})["Location"] == self.address(first, 0), odd


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
        assert places(client, scene.publisher) == {"missed": [scene.release.pk]}
        assert not self.shown(client, scene.publisher)
