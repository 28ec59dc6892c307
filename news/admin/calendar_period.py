"""What part of the calendar is shown: a month, its list, or a week. Whatever an address asks, there is an answer."""

from calendar import Calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import pgettext_lazy

from home import clock
from home.languages import CHINESE, Words, current_language

MONTH, WEEK, LIST = "month", "week", "list"
VIEWS: dict[str, Words] = {
    MONTH: pgettext_lazy("calendar", "Month"),
    WEEK: pgettext_lazy("calendar", "Week"),
    LIST: pgettext_lazy("calendar", "List"),
}
FIRST_YEAR, LAST_YEAR = 1900, 2999
"""All beyond is a slip of the hand."""


@dataclass(frozen=True)
class Period:
    view: str
    day: date
    """One of its days: the one that was asked for."""

    @property
    def weeks(self) -> list[list[date]]:
        """Whole ones, from Monday on; those of a month begin and end outside of it."""
        weeks = Calendar().monthdatescalendar(self.day.year, self.day.month)
        return [week for week in weeks if self.day in week] if self.view == WEEK else weeks

    @property
    def days(self) -> list[date]:
        """Those that have entries."""
        return [day for week in self.weeks for day in week if self.view != LIST or self.holds(day)]

    def holds(self, day: date) -> bool:
        """Whether it is one of its own."""
        return self.view == WEEK or (day.year, day.month) == (self.day.year, self.day.month)

    @property
    def before(self) -> date:
        return self.days[0] - timedelta(days=7) if self.view == WEEK else self.day.replace(day=1) - timedelta(days=1)

    @property
    def after(self) -> date:
        return self.weeks[-1][-1] + timedelta(days=1) if self.view == WEEK else first_of_next_month(self.day)

    @property
    def title(self) -> str:
        if self.view != WEEK:
            return date_format(self.day, "YEAR_MONTH_FORMAT")
        return span(self.days[0], self.days[-1])


def first_of_next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def span(first: date, last: date) -> str:
    """`23–29 November 2026`, `2026年11月23日—29日`: what both have in common is said once."""
    is_chinese = current_language() == CHINESE
    whole_first, whole_last = date_format(first, "DATE_FORMAT"), date_format(last, "DATE_FORMAT")
    if first.year != last.year:
        return f"{whole_first}—{whole_last}" if is_chinese else f"{whole_first} – {whole_last}"
    if is_chinese:
        end = f"{last.day}日" if first.month == last.month else date_format(last, "MONTH_DAY_FORMAT")
        return f"{whole_first}—{end}"
    if first.month == last.month:
        return f"{first.day}–{whole_last}"
    return f"{date_format(first, 'MONTH_DAY_FORMAT')} – {whole_last}"


def asked_for(query: Mapping[str, str]) -> Period:
    view = query.get("view", "")
    return Period(view if view in VIEWS else MONTH, day_of(query.get("from", "")) or clock.day())


def day_of(written: str) -> date | None:
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None
