"""The calendar of releases: what stands in it for whom, by which clock, and that no address breaks it."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape
from wagtail.users.models import UserProfile

from home import clock
from home.images import CustomImage
from home.languages import CHINESE, ENGLISH
from news.admin.calendar_period import LIST, MONTH, VIEWS, WEEK, Period, asked_for, span
from news.models import NewsIndexPage, Release, ReleaseSummary
from news.pair.state import ReleaseState
from news.release.assignment import hand_over
from news.release.publishing import release_both
from news.release.schedule import schedule
from news.release.withdrawal import withdraw

from .libraries import Library
from .pairs import BOTH, locale, member_of
from .scene import Scene, moment

pytestmark = pytest.mark.django_db
ADDRESS = "/cms/calendar/"
TITLE = "A week of clean air"
SOON = moment(hours=1)
ODD = [
    *("0000-13-99", "9999-12-31", "0001-01-01", "2026-02-30", "-1", "99999999999999999999", "今天", "2026-W48-1", " "),
    *("1900-01-01", "2999-12-31", "2026-11-28T00:00", "%00", "２０２６-11-28"),
]


@pytest.fixture
def scene(client):
    scene = Scene().both_approved()
    client.force_login(scene.publisher)
    return scene


def shown(client, **query):
    """Of the time around what goes out `SOON`, unless something else is asked."""
    query = {"from": clock.day(SOON).isoformat(), **query}
    answer = client.get(ADDRESS, query)
    assert answer.status_code == 200
    return answer


def entries(client, **query):
    """[(day, CalendarEntry)] of all weeks that are shown."""
    weeks = shown(client, **query).context["weeks"]
    return [(day.day, entry) for week in weeks for day in week for entry in day.entries]


def seated(user, **profile):
    """As a browser comes with them, not as the test remembers."""
    UserProfile.objects.update_or_create(user=user, defaults=profile)


@pytest.mark.parametrize("view", [*VIEWS, "xx", ""])
def test_whatever_an_address_asks_there_is_a_calendar(client, scene, view):
    schedule(scene.release, SOON, scene.publisher)
    for odd in ODD:
        shown(client, view=view, **{"from": odd})
    for name in ("state", "language"):
        assert [entry.title for _day, entry in entries(client, view=view, **{name: "'\"<>"})] == [TITLE]
    assert client.get(f"{ADDRESS}?view={view}&from=2026-01-01&from=&state=live&state=live").status_code == 200


@pytest.mark.parametrize(("view", "day", "first", "last", "days"), [
    (MONTH, date(2026, 11, 28), date(2026, 10, 26), date(2026, 12, 6), 42),
    (LIST, date(2026, 11, 28), date(2026, 11, 1), date(2026, 11, 30), 30),
    (WEEK, date(2026, 11, 29), date(2026, 11, 23), date(2026, 11, 29), 7),
    (MONTH, date(2027, 2, 1), date(2027, 2, 1), date(2027, 2, 28), 28),
    (WEEK, date(2027, 1, 1), date(2026, 12, 28), date(2027, 1, 3), 7),
])  # fmt: skip
def test_weeks_begin_on_monday_and_periods_follow_each_other(view, day, first, last, days):
    period = Period(view, day)
    assert (period.days[0], period.days[-1], len(period.days)) == (first, last, days)
    assert first.weekday() == 0 or view == LIST
    assert day in Period(view, Period(view, period.after).before).days
    assert period.before not in [day for day in period.days if period.holds(day)]


@pytest.mark.parametrize(("language", "month", "week", "over"), [
    ("en", "November 2026", "23–29 November 2026", "30 November – 6 December 2026"),
    ("zh-hans", "2026年11月", "2026年11月23日—29日", "2026年11月30日—12月6日"),
])  # fmt: skip
def test_its_heads_are_written_as_each_language_writes_them(client, scene, language, month, week, over):
    seated(scene.publisher, preferred_language=language)
    assert f"<h2>{month}</h2>" in shown(client, **{"from": "2026-11-28"}).content.decode()
    assert f"<h2>{week}</h2>" in shown(client, view="week", **{"from": "2026-11-28"}).content.decode()
    assert f"<h2>{over}</h2>" in shown(client, view="week", **{"from": "2026-12-01"}).content.decode()
    zone = {"en": "All times are Beijing time.", "zh-hans": "所有时间均为北京时间。"}[language]
    assert zone in shown(client).content.decode()


def test_over_a_year_both_years_are_said():
    assert span(date(2026, 12, 28), date(2027, 1, 3)) == "28 December 2026 – 3 January 2027"
    assert asked_for({"view": "week", "from": "2027-01-01"}).title == "28 December 2026 – 3 January 2027"


def test_an_embargo_stands_at_its_moment_by_the_sites_clock(client, scene):
    """Late in the evening of London it is the next day in Beijing."""
    at = clock.now().replace(day=15, hour=0, minute=30, second=0, microsecond=0) + timedelta(days=60)
    schedule(scene.release, at, scene.publisher)
    seated(scene.publisher, current_time_zone="Europe/London")
    [(day, entry)] = entries(client, **{"from": at.date().isoformat()})
    assert (day, entry.time, entry.title, entry.is_embargoed) == (at.date(), "00:30", TITLE, True)
    assert entry.time_there.endswith(("16:30", "17:30")) and " " in entry.time_there, "with its day, which is another"
    assert entry.move_to == f"/cms/releases/{scene.release.pk}/#step-schedule"
    text = shown(client, **{"from": at.date().isoformat()}).content.decode()
    assert "All times are Beijing time, and smaller beside each London time." in text
    assert 'id="step-schedule"' in client.get(entry.move_to).content.decode()
    seated(scene.publisher, current_time_zone="Asia/Singapore", preferred_language="zh-hans")
    [(day, entry)] = entries(client, **{"from": at.date().isoformat()})
    assert (entry.title, entry.language, entry.time_there) == ("清新空气周", CHINESE, "")


def test_today_is_marked_in_words(client, scene):
    text = client.get(ADDRESS).content.decode()
    assert text.count('class="calendar-today"') == 1
    assert text.count("is-today") == 1


def test_each_state_says_itself_in_words(client, scene):
    schedule(scene.release, SOON, scene.publisher)
    Release.objects.filter(pk=scene.release.pk).update(release_at=(passed := moment(minutes=-5)))
    then = {"from": clock.day(passed).isoformat()}
    [(_day, entry)] = entries(client, state="missed", view="list", **then)
    assert entry.is_missed and not entry.is_embargoed
    assert "Missed" in shown(client, **then).content.decode()
    assert entries(client, state="scheduled") == []
    Release.objects.filter(pk=scene.release.pk).update(release_at=None)
    release_both(scene.release, scene.publisher)
    withdraw(scene.release, scene.publisher, "Wrong.", BOTH)
    [(_day, entry)] = entries(client, state="withdrawn", **{"from": ""})
    assert [str(mark.word) for _short, _language, mark in entry.marks] == ["Withdrawn", "Withdrawn"]
    assert entry.move_to == ""


def test_what_is_due_and_what_expires_is_dotted(client, scene):
    today = clock.day(SOON)
    hand_over(scene.release, CHINESE, scene.publisher, scene.translator, due=today)
    [(day, entry)] = entries(client, language="zh-hans")
    assert (day, str(entry.said), entry.time, entry.is_dotted) == (today, "Due", "", True)
    assert entries(client, state="live") == []
    library = Library().by_people_of(scene).draft()
    library.submit()
    CustomImage.objects.filter(pk=library.waves.pk).update(rights_expire_on=today)
    found = {str(entry.said): entry.title for _day, entry in entries(client) if entry.is_dotted}
    assert found["Picture rights expire"] == library.waves.title
    assert "calendar-entry--dotted" in shown(client, view="list").content.decode()
    client.force_login(member_of("English authors", username="another"))
    assert "Picture rights expire" not in shown(client).content.decode()


def test_nobody_sees_what_the_list_of_releases_does_not_show_them(client, scene):
    schedule(scene.release, SOON, scene.publisher)
    for group in ("English authors", "Chinese translators", "Bilingual reviewers"):
        client.force_login(member_of(group, username=group))
        [(_day, entry)] = entries(client)
        assert entry.move_to == "", "a moment is for publishers to set"
    nobody = member_of("Publishers", username="nobody")
    nobody.groups.get().page_permissions.all().delete()
    client.force_login(nobody)
    assert TITLE not in shown(client).content.decode()
    client.logout()
    assert client.get(ADDRESS).status_code == 302


def many(count, at):
    """As many public releases of a day, by their summaries alone."""
    releases = Release.objects.bulk_create(Release(translation_key=uuid4(), original="en") for _one in range(count))
    place = NewsIndexPage.objects.get(locale=locale(ENGLISH)).pk
    fields = {"state": "live", "state_en": "live", "state_zh_hans": "missing", "place_en": place, "moment": at}
    fields |= {"page_type": "news.ArticlePage", "original": "en", "dirty": False, "page_en": 1}
    ReleaseSummary.objects.bulk_create(
        ReleaseSummary(release=release, title_en=f"One of {count}: {number}", **fields)
        for number, release in enumerate(releases)
    )


@pytest.mark.parametrize(("view", "kept"), [("month", 5), ("week", 15), ("list", 50)])
def test_of_a_full_day_the_first_stand_there_and_a_link_to_all(client, scene, view, kept, django_assert_num_queries):
    at = clock.now().replace(day=1, hour=12, minute=0, second=0, microsecond=0)
    query = {"view": view, "from": at.date().isoformat()}
    shown(client, **query)
    many(3, at)
    with CaptureQueriesContext(connection) as few:
        shown(client, **query)
    many(70, at)
    with django_assert_num_queries(len(few)):
        answer = shown(client, **query)
    [day] = [day for week in answer.context["weeks"] for day in week if day.day == at.date()]
    assert (len(day.entries), day.more) == (kept, 73 - kept)
    assert f"and {73 - kept} more" in answer.content.decode()
    assert escape(day.more_url) in answer.content.decode()
    assert client.get(day.more_url).context["paginator"].count == 73


def test_it_asks_little_more_than_its_frame(client, scene):
    schedule(scene.release, SOON, scene.publisher)
    shown(client)
    with CaptureQueriesContext(connection) as frame:
        client.get("/cms/account/sessions/")
    with CaptureQueriesContext(connection) as asked:
        shown(client)
    assert len(asked) - len(frame) <= 8, "\n".join(query["sql"][:150] for query in asked)


def test_it_is_narrowed_by_language(client, scene):
    single = Scene("partner", CHINESE).by_people_of(scene)
    single.submit()
    Release.objects.filter(pk__in=[scene.release.pk, single.release.pk]).update(release_at=SOON)
    assert len(entries(client)) == 2
    assert [entry.title for _day, entry in entries(client, state=ReleaseState.SCHEDULED, language="zh-hans")]
    ReleaseSummary.objects.filter(pk=scene.release.pk).update(page_zh_hans=None)
    assert len(entries(client, language="zh-hans")) == 1
