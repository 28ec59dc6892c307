"""The calendar of releases: what goes out when, what is due, by the site's clock."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.views.decorators.http import require_safe
from wagtail.users.models import UserProfile

from home import clock
from home.languages import LANGUAGES, current_language
from home.zones import names_of
from news.pair.marks import PageState, mark_of
from news.pair.state import ReleaseState
from news.release import summaries

from .access import StaffRequest
from .calendar_entries import CalendarFilter, weeks_of
from .calendar_period import LIST, VIEWS, Period, asked_for

SHOWN = (
    *(PageState.DRAFTING, PageState.IN_REVIEW, PageState.CHANGES_ASKED),
    *(PageState.APPROVED, PageState.LIVE, PageState.WITHDRAWN),
)
"""One of each shape."""
LEGEND = [(mark_of(state).tone, state.label) for state in SHOWN]


@require_safe
def calendar(request: StaffRequest) -> HttpResponse:
    summaries.tidy()
    period = asked_for(request.GET)
    asked = CalendarFilter(
        one_of(request.GET.get("state", ""), ReleaseState.values), one_of(request.GET.get("language", ""), LANGUAGES)
    )
    there = zone_of(request.user)
    weeks = weeks_of(period, asked, request.user, there)
    days = [day for week in weeks for day in week if day.is_of_period]
    for day in (day for week in weeks for day in week):
        day.more_url = listed_on(day.day, asked)
        day.more_due_url = address(Period(LIST, day.day), asked)
    context = {
        "period": period,
        "weeks": weeks,
        "listed": [day for day in days if day.entries or day.is_today],
        "is_empty": not any(day.entries for day in days),
        "is_list": period.view == LIST,
        "weekdays": [date_format(day, "l") for day in period.weeks[0]],
        "asked": asked,
        "states": ReleaseState.choices,
        "languages": LANGUAGES.values(),
        "views": [(label, address(period, asked, view=view), view == period.view) for view, label in VIEWS.items()],
        "before": address(period, asked, **{"from": period.before.isoformat()}),
        "after": address(period, asked, **{"from": period.after.isoformat()}),
        "now": address(period, asked, **{"from": ""}),
        "legend": LEGEND,
        "zone": clock.name(),
        "zone_there": name_of_zone(there) if there else "",
    }
    return render(request, "news/admin/calendar/calendar.html", context)


def one_of(value: str, known: Any) -> str:
    """Or nothing, where it names nothing."""
    return value if value in known else ""


def address(period: Period, asked: CalendarFilter, **changed: str) -> str:
    said = {"view": period.view, "from": period.day.isoformat(), "state": asked.state, "language": asked.language}
    query = {name: value for name, value in {**said, **changed}.items() if value}
    return f"{reverse('newsroom_calendar')}?{urlencode(query)}"


def listed_on(day: date, asked: CalendarFilter) -> str:
    """That day in the list of releases."""
    query = {"moment_from": day.isoformat(), "moment_to": day.isoformat(), "state": asked.state}
    return f"{reverse('newsroom_releases:releases')}?{urlencode({name: said for name, said in query.items() if said})}"


def zone_of(user: Any) -> ZoneInfo | None:
    """The zone that somebody's account holds, where it is another than the site's."""
    name = UserProfile.get_for_user(user).current_time_zone
    try:
        zone = ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):
        return None
    return zone if zone is not None and is_another(zone) else None


def is_another(zone: ZoneInfo) -> bool:
    """Whether its clock ever shows another time within a year."""
    moments = [clock.now() + timedelta(days=days) for days in range(0, 365, 28)]
    return any(at.utcoffset() != at.astimezone(zone).utcoffset() for at in moments)


def name_of_zone(zone: ZoneInfo) -> str:
    names = names_of(str(zone))
    return names[list(LANGUAGES.values()).index(current_language())] if names else str(zone)
