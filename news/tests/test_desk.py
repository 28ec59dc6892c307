"""What waits, shown to whom it concerns, once each and at a fixed price."""

import re
import uuid
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from news.admin.places import PLACES
from news.models import Heartbeat, NewsIndexPage, Release, ReleaseSummary
from news.release.assignment import hand_over
from news.release.correction import approve_correction, correct
from news.release.publishing import release_both, release_single, urgent
from news.release.review import agree
from news.release.schedule import schedule
from news.release.stopping import hold
from news.release.withdrawal import withdraw

from .pairs import locale, member_of
from .scene import CHINESE, ENGLISH, PASSWORD, Scene, moment

pytestmark = pytest.mark.django_db


def desk_of(client, user):
    client.force_login(user)
    html = client.get("/cms/").content.decode()
    return html.partition('id="desk"')[2].partition("</section>")[0]


def places(client, user):
    """{place: [key of a release]}, as they are shown, the first in the queue among them."""
    client.force_login(user)
    context = client.get("/cms/").context
    first = context["first"]
    lines = [*([first] if first else []), *(line for section in context["sections"] for line in section.lines)]
    found = {}
    for line in lines:
        found.setdefault(line.place.name, []).append(line.row.pk)
    return found


def steps(client, user):
    """{place: what its first button says}"""
    client.force_login(user)
    context = client.get("/cms/").context
    lines = [line for section in reversed(context["sections"]) for line in reversed(section.lines)]
    return {line.place.name: str(line.step[0]) for line in [*lines, *([context["first"]] if context["first"] else [])]}


def of(scene, *names):
    return {name: [scene.release.pk] for name in names}


def test_a_publisher_sees_what_is_ready_scheduled_and_missed(client):
    scene = Scene().both_approved()
    assert places(client, scene.publisher) == of(scene, "ready")
    for hours, place in ((1, "week"), (24 * 8, "later")):
        schedule(scene.release, moment(hours=hours), scene.publisher, reason="Later.", password=PASSWORD)
        assert places(client, scene.publisher) == of(scene, place)
        Release.objects.update(release_at=None)
    Release.objects.filter(pk=scene.release.pk).update(release_at=timezone.now() - timedelta(minutes=1))
    assert steps(client, scene.publisher) == {"missed": "Release or reschedule"}
    assert places(client, scene.translator) == of(scene, "missed_by_others")


def test_a_superuser_has_a_desk(client, admin_user):
    scene = Scene().both_approved()
    assert places(client, admin_user) == of(scene, "ready")


def test_a_translator_sees_what_is_to_be_translated_into_their_language(client):
    scene = Scene()
    scene.submit()
    lin, theo = member_of("Chinese translators", username="lin"), member_of("English translators", username="theo")
    assert steps(client, lin) == {"translate": "Translate into Chinese"}
    assert reverse("wagtailadmin_pages:edit", args=[scene.translation.page.pk]) in desk_of(client, lin)
    assert places(client, theo) == {}
    scene.fill()
    scene.submit(scene.translation)
    assert places(client, lin) == {}
    assert places(client, scene.translator) == of(scene, "sent")


def test_a_debt_is_shown_until_it_is_paid(client):
    scene = Scene().original_approved()
    release_single(scene.release, ENGLISH, scene.publisher, "Hurry", timezone.localdate())
    assert places(client, scene.translator) == of(scene, "owed")
    assert places(client, member_of("English translators", username="theo")) == of(scene, "owed_by_others")
    assert "Due today" in desk_of(client, scene.translator)
    scene.translate()
    release_both(scene.release, scene.publisher)
    assert places(client, scene.translator) == {}


def test_an_urgent_release_waits_for_somebody_elses_eyes(client):
    scene = Scene()
    urgent(scene.release, [ENGLISH], scene.publisher, "A storm", PASSWORD)
    assert steps(client, scene.reviewer) == {"read": "Review after release"}
    assert "read_by_others" in places(client, scene.publisher), "who let it out"


def test_a_review_awaits_each_who_may_decide_it_and_nobody_else(client):
    scene = Scene()
    scene.submit()
    assert steps(client, scene.reviewer) == {"review": "Review English"}
    assert "Sent by author" in desk_of(client, scene.reviewer)
    assert places(client, scene.author) == of(scene, "sent")
    for other in (scene.publisher, scene.translator):
        assert "review" not in places(client, other)
    scene.act(scene.original, scene.reviewer, "approve")
    assert "review" not in places(client, scene.reviewer)
    assert "review" in places(client, scene.publisher)


def test_what_was_returned_awaits_whoever_submitted_it(client):
    scene = Scene()
    scene.submit()
    scene.reject()
    assert steps(client, scene.author) == {"returned": "Change English"}
    assert "returned" not in places(client, scene.reviewer)
    scene.submit()
    assert "returned" not in places(client, scene.author)
    assert "review" in places(client, scene.reviewer)  # who returned it decides again


def test_what_is_out_of_date_is_shown_until_it_is_brought_up_to_date(client):
    scene = Scene().both_live()
    assert places(client, scene.translator) == {}
    scene.update("A fortnight of clean air")
    assert steps(client, scene.translator) == {"stale": "Update Chinese"}
    assert "stale_of_others" in places(client, member_of("English translators", username="theo"))
    scene.translate({"A fortnight of clean air": "清新空气双周"})
    assert "stale" not in places(client, scene.translator)


def test_what_is_handed_over_stands_with_its_day(client):
    scene = Scene()
    scene.submit()
    hand_over(scene.release, CHINESE, scene.reviewer, scene.translator, timezone.localdate(), "The names are checked.")
    assert places(client, scene.translator) == of(scene, "handed")
    desk = desk_of(client, scene.translator)
    for words in ("Due today", "The names are checked.", "Handed over by reviewer", "Translate into Chinese"):
        assert words in desk
    yesterday = timezone.localdate() - timedelta(days=1)
    hand_over(scene.release, CHINESE, scene.reviewer, scene.translator, yesterday)
    assert places(client, scene.translator) == of(scene, "overdue")
    assert "Overdue since" in desk_of(client, scene.translator)
    assert "handed" not in places(client, scene.reviewer)


def test_corrections_of_the_last_reviewer_wait_on_the_desk_of_who_may_agree(client):
    scene = Scene()
    scene.submit()
    scene.act(scene.original, scene.reviewer, "approve")
    scene.edit(user=scene.publisher, summary="Clean air, for a week in the whole city.")
    scene.act(scene.original, scene.publisher, "approve")
    for who in (scene.author, scene.reviewer):
        assert steps(client, who)["agree"] == "Look at corrections"
        assert "Signed off by publisher" in desk_of(client, who)
    ella = member_of("Chinese authors", username="ella")
    for other in (scene.publisher, ella):
        assert "agree" not in places(client, other)
    agree(scene.original, scene.author)
    assert "agree" not in places(client, scene.author)


def test_a_correction_waits_on_the_desk_of_who_may_approve_it(client):
    scene = Scene().both_live()
    correct(scene.release, scene.reviewer, "minor", texts={ENGLISH: {1: "Clean air at last."}})
    assert steps(client, scene.second) == {"correct": "Review correction"}
    assert "Corrected by reviewer" in desk_of(client, scene.second)
    assert places(client, scene.reviewer) == of(scene, "own_corrections")
    assert "correct" not in places(client, member_of("Chinese authors", username="ella"))
    approve_correction(scene.release, scene.second)
    assert "correct" not in places(client, scene.second)


def test_what_is_on_hold_says_why_and_still_waits_for_its_reviewer(client):
    scene = Scene().both_in_review()
    hold(scene.release, scene.translator, "The harbour's name is wrong.")
    assert places(client, scene.publisher) == of(scene, "held")
    assert places(client, scene.reviewer) == of(scene, "review")
    for who in (scene.publisher, scene.reviewer):
        assert "The harbour&#x27;s name is wrong." in desk_of(client, who)
        assert "On hold" in desk_of(client, who)


@pytest.mark.parametrize("group", ["English authors", "Chinese translators", "Bilingual reviewers", "Publishers"])
def test_who_has_nothing_to_do_is_told_so_and_what_is_ahead(client, group):
    scene = Scene().both_approved()
    schedule(scene.release, moment(hours=1), scene.publisher)
    somebody = member_of(group, username="somebody")
    assert places(client, somebody) == of(scene, "week")
    desk = desk_of(client, somebody)
    assert "Nothing waits for you." in desk
    assert ("New release" in desk) == (group in ("English authors", "Publishers"))
    Release.objects.filter(pk=scene.release.pk).update(release_at=moment(hours=24 * 30))
    assert "Nothing is scheduled for the next seven days." in desk_of(client, somebody)


def many(scene, count):
    """Others of the same section, on hold."""
    section = NewsIndexPage.objects.get(locale=locale(ENGLISH)).pk
    made = Release.objects.bulk_create(
        Release(translation_key=uuid.uuid4(), original="en", held_at=timezone.now(), held_reason="No.")
        for _ in range(count)
    )
    ReleaseSummary.objects.bulk_create(
        ReleaseSummary(
            release=release, dirty=False, page_type="news.ArticlePage", original="en", state="drafting", step="write",
            state_en="drafting", state_zh_hans="missing", title_en=f"Held {number}", place_en=section,
        )
        for number, release in enumerate(made)
    )  # fmt: skip
    return {release.pk for release in made}


def test_all_that_stand_in_a_place_are_in_the_list_of_releases(client):
    scene = Scene().both_approved()
    keys = many(scene, 12)
    client.force_login(scene.publisher)
    answer = client.get("/cms/")
    [held] = [section for section in answer.context["sections"] if section.place.name == "held"]
    assert (len(held.lines), held.total) == (10, 12)
    assert "All of them (12)" in answer.content.decode()
    listed = client.get(held.url).context["object_list"]
    assert {row.pk for row in listed} == keys


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
    for user in (people.publisher, people.reviewer, people.translator, people.author):
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
