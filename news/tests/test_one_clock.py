"""Rule 26: one clock. Everything is typed and shown in the site's zone, and named, whoever and wherever one is."""

import re
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone, translation
from lxml.html import fromstring
from openpyxl import load_workbook
from wagtail.users.models import UserProfile

from home import clock
from home.languages import ENGLISH
from home.moments import MomentFormField
from news.models import Notice, Release
from news.notices import mail
from news.release.assignment import hand_over
from news.release.schedule import schedule

from .posted.pages import BODY
from .scene import Scene, moment

pytestmark = pytest.mark.django_db

EXACT = datetime(2026, 12, 1, 1, 0, 30, 123000, tzinfo=UTC)
"""09:00:30.123 in Beijing, 17:00 the day before in Los Angeles. Revisions keep milliseconds."""
ELSEWHERE = "America/Los_Angeles"


@pytest.fixture
def scene():
    scene = Scene()
    for user in (scene.publisher, scene.author, scene.reviewer):
        profile = UserProfile.get_for_user(user)
        profile.current_time_zone = ELSEWHERE
        profile.save()
    return scene


def release_page(client, scene):
    return client.get(reverse("newsroom_releases:release", args=[scene.release.pk])).content.decode()


def form_of(html, form_id):
    """{name: value} of a form as a browser would send it back."""
    form = fromstring(html).get_element_by_id(form_id)
    return dict(form.form_values())


def test_an_account_elsewhere_types_and_reads_the_sites_time(client, scene):
    scene.both_approved()
    client.force_login(scene.publisher)
    url = reverse("newsroom_releases:act", args=[scene.release.pk, "schedule"])
    client.post(url, scene.form("schedule", at="2030-01-02T09:30"))
    assert scene.release.release_at == datetime(2030, 1, 2, 1, 30, tzinfo=UTC)
    html = release_page(client, scene)
    assert "2 January 2030, 09:30 Beijing time" in html
    assert 'value="2030-01-02T09:30"' in html
    assert "Beijing time. For both languages." in html
    editor = client.get(reverse("wagtailadmin_pages:edit", args=[scene.page.pk])).content.decode()
    assert "2 January 2030, 09:30 Beijing time" in editor
    desk = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "2 January 2030, 09:30 Beijing time" in desk
    csv = client.get(reverse("newsroom_releases:trail", args=[scene.release.pk])).content.decode()
    assert "2 January 2030, 09:30 Beijing time" in csv
    UserProfile.objects.update(preferred_language="zh-hans")
    assert "2030年1月2日 09:30（北京时间）" in release_page(client, scene)
    assert "北京时间。双语共用。" in release_page(client, scene)


def test_the_date_of_an_article_is_typed_in_the_sites_time(client, scene):
    scene.edit(date=EXACT)
    client.force_login(scene.author)
    url = reverse("wagtailadmin_pages:edit", args=[scene.page.pk])
    html = client.get(url).content.decode()
    assert 'value="2026-12-01 09:00"' in html
    assert "Beijing time. Left empty, it is the moment of release" in html


@pytest.mark.parametrize("exact", [EXACT, EXACT.replace(second=0), EXACT.replace(second=0, microsecond=0), None])
def test_the_editor_sent_back_unchanged_changes_nothing(client, scene, exact):
    scene.edit(date=exact)
    client.force_login(scene.author)
    url = reverse("wagtailadmin_pages:edit", args=[scene.page.pk])
    sent = {**form_of(client.get(url).content.decode(), "page-edit-form"), **BODY}
    answer = client.post(url, sent)
    assert answer.status_code == 302
    assert scene.fresh(scene.original).get_latest_revision_as_object().date == exact
    client.post(url, {**sent, "date": "2026-12-01 09:01"})
    changed = scene.fresh(scene.original).get_latest_revision_as_object().date
    assert changed == datetime(2026, 12, 1, 1, 1, tzinfo=UTC)


def test_a_schedule_sent_back_unchanged_changes_nothing(client, scene):
    scene.both_approved()
    exact = moment(days=3).replace(second=30, microsecond=123456)
    schedule(scene.release, exact, scene.publisher)
    lines = scene.actions(scene.original)
    client.force_login(scene.publisher)
    sent = form_of(release_page(client, scene), "step-schedule")
    client.post(reverse("newsroom_releases:act", args=[scene.release.pk, "schedule"]), sent)
    assert scene.release.release_at == exact
    assert scene.actions(scene.original) == lines


def test_a_day_that_is_due_sent_back_unchanged_changes_nothing(client, scene):
    scene.submit()
    due = date(2030, 1, 2)
    hand_over(scene.release, ENGLISH, scene.publisher, scene.reviewer, due, "Please.")
    client.force_login(scene.publisher)
    for _language in ("en", "zh-hans"):
        sent = form_of(release_page(client, scene), "step-hand_over")
        assert sent["hand_over-due"] == "2030-01-02"
        client.post(reverse("newsroom_releases:act", args=[scene.release.pk, "hand_over"]), sent)
        assert scene.original.assignment.due == due
        UserProfile.objects.update(preferred_language="zh-hans")


@override_settings(TIME_ZONE="Europe/London")
def test_what_the_clocks_skip_or_show_twice_is_refused():
    timezone.get_default_timezone.cache_clear()
    try:
        field = MomentFormField()
        with timezone.override(ELSEWHERE):
            assert field.clean("2026-07-01 09:00") == datetime(2026, 7, 1, 8, tzinfo=UTC)
            assert field.clean("2026-12-01 09:00") == datetime(2026, 12, 1, 9, tzinfo=UTC)
            for text, said in (("2026-03-29 01:30", "There is no 01:30"), ("2026-10-25 01:30", "01:30 comes twice")):
                with pytest.raises(Exception, match=said):
                    field.clean(text)
            second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
            field.shown = second  # as it was stored: sent back, it is the same
            assert field.clean("2026-10-25 01:30:00") == second
        assert clock.words(second) == "25 October 2026, 01:30 London time, UTC+00:00"
        assert clock.words(second - timedelta(hours=1)) == "25 October 2026, 01:30 London time, UTC+01:00"
        with translation.override("zh-hans"):
            assert clock.words(second + timedelta(days=9)) == "2026年11月3日 01:30（伦敦时间）"
    finally:
        timezone.get_default_timezone.cache_clear()


@pytest.mark.parametrize(
    "zone, summer, names",
    [
        ("Asia/Shanghai", "Beijing time", ("Beijing time", "北京时间")),
        ("Europe/London", "London time", ("London time", "伦敦时间")),
        ("Asia/Kathmandu", "UTC+05:45", ("UTC+05:45", "UTC+05:45")),
        ("America/Denver", "UTC-06:00", ("America/Denver time", "America/Denver时间")),
    ],
)
def test_what_a_clock_is_called(zone, summer, names):
    with override_settings(TIME_ZONE=zone):
        timezone.get_default_timezone.cache_clear()
        assert clock.names() == names
        assert clock.name(datetime(2026, 7, 1, tzinfo=UTC)) == summer
    with override_settings(TIME_ZONE=zone, TIME_ZONE_NAME_EN="our time", TIME_ZONE_NAME_ZH="本地时间"):
        assert clock.names() == ("our time", "本地时间")
    timezone.get_default_timezone.cache_clear()


def test_the_account_offers_no_zone_of_its_own(client, scene):
    client.force_login(scene.author)
    html = client.get(reverse("wagtailadmin_account")).content.decode()
    assert "preferred_language" in html and "time_zone" not in html


def test_two_revisions_are_compared_by_the_sites_clock(client, scene):
    before = scene.edit(date=EXACT)
    after = scene.edit(date=EXACT + timedelta(days=1))
    client.force_login(scene.author)
    html = client.get(reverse("wagtailadmin_pages:revisions_compare", args=[scene.page.pk, before.pk, after.pk]))
    assert "1 December 2026, 09:00 Beijing time" in html.content.decode()
    assert "01:00:30" not in html.content.decode()


def test_wagtails_own_moments_are_named_and_exported_by_the_sites_clock(admin_client, scene):
    scene.edit(summary="Another.")
    url = reverse("wagtailadmin_reports:site_history")
    assert re.search(r"\d\d:\d\d Beijing time", admin_client.get(url).content.decode())
    sheet = admin_client.get(url, {"export": "xlsx"})
    cells = [cell.value for row in load_workbook(BytesIO(b"".join(sheet.streaming_content))).active for cell in row]
    [first, *_] = [cell for cell in cells if isinstance(cell, datetime)]
    assert abs(first.replace(tzinfo=clock.zone()) - timezone.now()) < timedelta(minutes=5)
    csv = b"".join(admin_client.get(url, {"export": "csv"}).streaming_content).decode()
    assert "+08:00" in csv and "+00:00" not in csv


def test_midnight_is_a_time_of_day_for_an_embargo(client, scene):
    scene.both_approved()
    Release.objects.filter(pk=scene.release.pk).update(release_at=datetime(2030, 1, 1, 16, tzinfo=UTC))
    client.force_login(scene.publisher)
    assert "2 January 2030, 00:00 Beijing time" in release_page(client, scene)


def test_mails_say_it_in_the_readers_language(scene, mailoutbox):
    scene.both_approved()
    notice = Notice.objects.create(
        release=scene.release, event="embargo_broken", recipient=scene.author, who="P", moment=EXACT
    )
    scene.author.email = "author@example.org"
    mail.send([notice])
    UserProfile.objects.update(preferred_language="zh-hans")
    notice.recipient.wagtail_userprofile.refresh_from_db()
    mail.send([notice])
    assert "1 December 2026, 09:00 Beijing time" in mailoutbox[0].body
    assert "2026年12月1日 09:00（北京时间）" in mailoutbox[1].body
