"""What stands in the calendar: moments and due days of releases, by their summaries, and rights that expire."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.models import User
from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber, TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.permission_policies.pages import PagePermissionPolicy

from home import clock
from home.languages import CHINESE, ENGLISH, LANGUAGES, Language, Words, current_language
from news.models import ReleaseSummary
from news.models.summary import SummaryQuerySet
from news.pair.marks import Mark, PageState, mark_of
from news.pair.state import ReleaseState
from news.release.rights import in_use

from .calendar_period import LIST, MONTH, WEEK, Period
from .reach import Reach
from .releases import state_of
from .releases_filter import with_something_to_do

AT_MOST = {MONTH: 5, WEEK: 15, LIST: 50}
"""Of a day, of each kind."""
MARKED = ((ENGLISH, "EN", "state_en"), (CHINESE, "中文", "state_zh_hans"))


@dataclass(frozen=True)
class CalendarEntry:
    kind: str
    """`moment`, `due` or `rights`."""
    said: Words
    """What is to happen on that day; empty where the time says it."""
    title: str
    language: Language
    """Of the title."""
    url: str
    time: str = ""
    time_there: str = ""
    """By the reader's own clock, where that is another."""
    state: Mark | None = None
    marks: list[tuple[str, Language, Mark]] = field(default_factory=list)
    is_embargoed: bool = False
    is_missed: bool = False
    is_held: bool = False
    move_to: str = ""
    """Where it gets another moment, for whoever may give it one."""

    @property
    def is_dotted(self) -> bool:
        """Nothing goes out then: something has to be done by then."""
        return self.kind != "moment"


@dataclass
class CalendarDay:
    day: date
    is_of_period: bool
    is_today: bool
    entries: list[CalendarEntry] = field(default_factory=list)
    more: int = 0
    """How many moments beside those that are shown,"""
    more_due: int = 0
    """and how many due days."""
    more_url: str = ""
    more_due_url: str = ""


@dataclass(frozen=True)
class CalendarFilter:
    """By what it is narrowed; each may be empty."""

    state: str = ""
    language: str = ""


def weeks_of(period: Period, asked: CalendarFilter, user: User, there: ZoneInfo | None) -> list[list[CalendarDay]]:
    """The weeks of a period, from Monday on, with what stands in them that this user may see."""
    today = clock.day()
    weeks = [[CalendarDay(day, period.holds(day), day == today) for day in week] for week in period.weeks]
    days = {day.day: day for week in weeks for day in week}
    shown = period.days
    reach = Reach(user)
    rows = narrowed(asked).filter(reach.releases).select_related("release")
    due = list(firsts(rows.filter(due__range=(shown[0], shown[-1])), F("due"), period.view))
    begin, end = (clock_midnight(day) for day in (shown[0], shown[-1] + timedelta(days=1)))
    in_time = rows.filter(moment__gte=begin, moment__lt=end)
    moments = list(firsts(in_time, TruncDate("moment", tzinfo=clock.zone()), period.view))
    movable = moved_by(reach, [row for row in moments if row.state == ReleaseState.SCHEDULED])
    if not (asked.state or asked.language) and reach.publishes:
        for expiry, entry in rights(shown, period.view):
            days[expiry].entries.append(entry)
    for row in due:
        days[row.on].entries.append(due_entry(row))
        days[row.on].more_due = row.of_day - row.rank
    for row in moments:
        days[row.on].entries.append(moment_entry(row, row.moment, row.pk in movable, there))
        days[row.on].more = row.of_day - row.rank
    return weeks


def clock_midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=clock.zone())


def narrowed(asked: CalendarFilter) -> SummaryQuerySet:
    rows = ReleaseSummary.objects.shown().filter(with_something_to_do())
    if asked.language in LANGUAGES:
        name = "page_en" if asked.language == ENGLISH.code else "page_zh_hans"
        rows = rows.filter(**{f"{name}__isnull": False})
    return rows.in_state(asked.state) if asked.state in ReleaseState.values else rows


def firsts(rows: SummaryQuerySet, on: Any, view: str) -> Any:
    """The first of each day, in order, with `on`, `rank` in it, and how many are `of_day`."""
    of_day = [F("on")]
    ranked = rows.annotate(on=on).annotate(
        rank=Window(RowNumber(), partition_by=of_day, order_by=[F("moment").asc(nulls_last=True), F("pk").asc()]),
        of_day=Window(Count("pk"), partition_by=of_day),
    )
    return ranked.filter(rank__lte=AT_MOST[view]).order_by("on", "rank")


def moved_by(reach: Reach, rows: list[ReleaseSummary]) -> set[int]:
    """Keys of those that somebody may give another moment: who publishes all their languages."""
    if not rows or not reach.publishes:
        return set()
    pages = {row.pk: {key for key in (row.page_en, row.page_zh_hans) if key} for row in rows}
    policy = PagePermissionPolicy()
    theirs = policy.instances_user_has_permission_for(reach.user, "publish").filter(pk__in=set().union(*pages.values()))
    published = set(theirs.values_list("pk", flat=True))
    return {key for key, found in pages.items() if found <= published}


def said_of(row: ReleaseSummary) -> dict[str, Any]:
    """What every entry of a release says, in the language of the admin first."""
    language, title = row.titles[0] if row.titled else (current_language(), "–")
    return {
        "title": title,
        "language": language,
        "url": reverse("newsroom_releases:release", args=[row.pk]),
        "state": state_of(row),
        "marks": [(short, of, mark_of(state_in(row, of, name))) for of, short, name in MARKED],
        "is_held": row.release.held_at is not None,
    }


def state_in(row: ReleaseSummary, language: Language, name: str) -> PageState:
    is_gone = row.state == ReleaseState.WITHDRAWN and language.code in row.release.withdrawn_languages
    return PageState.WITHDRAWN if is_gone else PageState(getattr(row, name))


def due_entry(row: ReleaseSummary) -> CalendarEntry:
    return CalendarEntry("due", _("Translation to follow") if row.owed else _("Due"), **said_of(row))


def moment_entry(row: ReleaseSummary, at: datetime, is_movable: bool, there: ZoneInfo | None) -> CalendarEntry:
    told = said_of(row)
    is_ahead = row.state == ReleaseState.SCHEDULED and at > timezone.now()
    return CalendarEntry(
        "moment",
        "",
        time=time_of(clock.local(at)),
        time_there=time_there(at, there) if there else "",
        is_embargoed=is_ahead,
        is_missed=row.state_now == ReleaseState.MISSED,
        move_to=f"{told['url']}#step-schedule" if is_movable else "",
        **told,
    )


def time_of(here: datetime) -> str:
    return date_format(here, "TIME_FORMAT")


def time_there(at: datetime, zone: ZoneInfo) -> str:
    """With its day, where that is another."""
    there = at.astimezone(zone)
    if there.date() == clock.day(at):
        return time_of(there)
    return f"{date_format(there, 'MONTH_DAY_FORMAT')} {time_of(there)}"


def rights(shown: list[date], view: str) -> Iterator[tuple[date, CalendarEntry]]:
    counted: defaultdict[date, int] = defaultdict(int)
    for image in in_use().filter(rights_expire_on__range=(shown[0], shown[-1]))[: AT_MOST[LIST] * 2]:
        expiry: Any = image.rights_expire_on
        counted[expiry] += 1
        if counted[expiry] <= AT_MOST[view]:
            url = reverse("wagtailimages:edit", args=[image.pk])
            yield expiry, CalendarEntry("rights", _("Picture rights expire"), image.title, current_language(), url)
