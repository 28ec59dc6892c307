"""One mail a day for whoever wants that, with what still stands; what is urgent comes at once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from wagtail.users.models import UserProfile

from news.models import DailyDigest, Event, Notice
from news.notices import due, outbox

from .pairs import member_of
from .scene import Scene

pytestmark = pytest.mark.django_db
SEVEN = datetime(2026, 12, 1, 23, 0, tzinfo=UTC)
"""Seven in the morning of 2 December in Shanghai."""


@pytest.fixture
def ann():
    ann = member_of("Bilingual reviewers", username="ann", email="ann@office.test")
    DailyDigest.objects.create(user=ann, hour=7)
    return ann


def tell(person, about, at, event=Event.SITE_WORDS):
    notice = Notice.objects.create(event=event, about=about, path="/cms/", recipient=person)
    Notice.objects.filter(pk=notice.pk).update(created_at=at)


def got():
    subjects = [letter.subject for letter in mail.outbox]
    mail.outbox.clear()
    return subjects


def test_what_came_since_the_last_one_comes_once_in_one_mail(ann):
    for hours in (20, 8, 1):
        tell(ann, f"word {hours}", SEVEN - timedelta(hours=hours))
    outbox.deliver(SEVEN - timedelta(minutes=1))
    assert got() == []
    for minutes in (0, 1, 2, 11, 60):
        outbox.deliver(SEVEN + timedelta(minutes=minutes))
    [letter] = mail.outbox
    assert letter.subject == "Daily digest: 3 notices"
    assert [letter.body.find(f"word {hours}\n") > 0 for hours in (20, 8, 1)] == [True] * 3
    mail.outbox.clear()
    tell(ann, "later", SEVEN + timedelta(minutes=5))
    outbox.deliver(SEVEN + timedelta(hours=23))
    assert got() == []
    outbox.deliver(SEVEN + timedelta(days=1))
    assert got() == ["Daily digest: 1 notice"]


def test_a_timer_that_did_not_run_at_the_hour_makes_up_for_it(ann):
    tell(ann, "one", SEVEN - timedelta(hours=1))
    outbox.deliver(SEVEN + timedelta(hours=9))
    assert got() == ["Daily digest: 1 notice"]


def test_a_day_without_notices_brings_none(ann):
    for day in range(3):
        outbox.deliver(SEVEN + timedelta(days=day))
    assert got() == []


@pytest.mark.parametrize("event", [Event.URGENT, Event.WITHDRAWN, Event.EMBARGO_BROKEN])
def test_what_is_urgent_comes_at_once_and_alone(ann, event):
    scene = Scene()
    tell(ann, "one", SEVEN + timedelta(hours=1))
    Notice.objects.create(event=event, release=scene.release, recipient=ann, who="rosa")
    outbox.deliver(SEVEN + timedelta(hours=2))
    [subject] = got()
    assert subject.endswith(": A week of clean air")
    assert Notice.objects.filter(sent_at=None).count() == 1


def test_a_correction_to_agree_to_is_urgent():
    assert {Event.CORRECTION, Event.AMENDMENT, Event.URGENT, Event.HELD} <= due.AT_ONCE


def test_what_is_done_by_then_is_left_out_and_with_it_the_mail(ann):
    scene = Scene()
    scene.submit()
    assert Notice.objects.filter(recipient=ann, event=Event.AWAITS_REVIEW).exists()
    Notice.objects.exclude(event=Event.AWAITS_REVIEW).delete()
    Notice.objects.update(created_at=SEVEN - timedelta(hours=1))
    scene.act(scene.original, scene.reviewer, "approve")
    Notice.objects.filter(created_at__gt=SEVEN - timedelta(minutes=1)).delete()
    tell(ann, "one", SEVEN - timedelta(hours=1))
    outbox.deliver(SEVEN)
    [letter] = [letter for letter in mail.outbox if letter.to == [ann.email]]
    assert letter.subject == "Daily digest: 1 notice"
    assert "Awaiting" not in letter.body, "it waits at a stage that is not hers"


def test_it_is_in_the_language_of_who_reads_it(ann):
    profile = UserProfile.get_for_user(ann)
    profile.preferred_language = "zh-hans"
    profile.save()
    tell(ann, "one", SEVEN - timedelta(hours=1))
    outbox.deliver(SEVEN)
    assert got() == ["每日汇总：1条通知"]


@pytest.mark.parametrize(("language", "words"), [("en", "Once a day, at 18:00"), ("zh-hans", "每日一次，18:00")])
def test_everybody_chooses_in_their_account(client, ann, language, words):
    profile = UserProfile.get_for_user(ann)
    profile.preferred_language = language
    profile.save()
    client.force_login(ann)
    assert words in client.get("/cms/account/").content.decode()


def test_the_hour_is_that_of_the_site(settings):
    assert due.last_digest(7, SEVEN) == SEVEN
    assert due.last_digest(7, SEVEN - timedelta(seconds=1)) == SEVEN - timedelta(days=1)
    assert due.last_digest(8, SEVEN) == SEVEN - timedelta(hours=23)


def test_who_may_no_longer_read_a_release_is_told_neither_its_title_nor_the_reason(ann):
    scene = Scene()
    Notice.objects.create(event=Event.URGENT, release=scene.release, recipient=ann, who="rosa", note="The storm")
    ann.groups.clear()
    outbox.deliver()
    [letter] = mail.outbox
    assert letter.subject == f"Released urgently: release {scene.release.pk}"
    assert "clean air" not in letter.body
    assert "The storm" not in letter.body


def test_whoever_has_left_is_told_nothing(ann):
    Notice.objects.create(event=Event.SITE_WORDS, about="one", recipient=ann)
    ann.is_active = False
    ann.save()
    assert outbox.deliver(SEVEN + timedelta(days=400)) == (0, 0)
    assert got() == []
