"""What waits, shown to whom it concerns, once each and at a fixed price."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from news.models import NewsIndexPage, Release, ReleaseSummary
from news.release.assignment import hand_over
from news.release.correction import approve_correction, correct
from news.release.publishing import release_both, release_single, urgent
from news.release.review import agree
from news.release.schedule import schedule
from news.release.stopping import hold

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
