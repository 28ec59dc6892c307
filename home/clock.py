"""The site's one clock: every moment is typed, read and shown in its zone, under its name. Rule 26 of releases."""

import re
from datetime import date, datetime, timedelta, tzinfo

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import lazystr
from django.utils.translation import gettext as _

from .languages import CHINESE, LazyText, current_language
from .zones import names_of


def zone() -> tzinfo:
    return timezone.get_default_timezone()


def local(moment: datetime) -> datetime:
    """The same moment as the site's clock shows it, whatever zone is active."""
    return timezone.localtime(moment, zone())


def now() -> datetime:
    return local(timezone.now())


def day(moment: datetime | None = None) -> date:
    """That of a moment, or today."""
    return local(moment).date() if moment else now().date()


# Its name ------------------------------------------------------------------------------------------------------------


def names(moment: datetime | None = None) -> tuple[str, str]:
    """In English and in Chinese: as the environment says, as the table does, or as far as it is from UTC.

    How far that is may change with the season: `moment` says when is meant. Without it such a zone bears its own name.
    """
    given = settings.TIME_ZONE_NAME_EN, settings.TIME_ZONE_NAME_ZH
    if all(given):
        return given
    known = names_of(settings.TIME_ZONE)
    if known is not None:
        return known
    offsets = {offset(local(timezone.now() + timedelta(days=days))) for days in range(0, 365, 28)}
    if moment is None and len(offsets) > 1:
        return f"{settings.TIME_ZONE} time", f"{settings.TIME_ZONE}时间"
    words = offset(local(moment or timezone.now()))
    return words, words


def offset(moment: datetime) -> str:
    """`UTC+05:45`"""
    found = re.fullmatch(r"([+-]\d\d)(\d\d)", moment.strftime("%z")[:5])
    return f"UTC{found[1]}:{found[2]}" if found else "UTC"


def name(moment: datetime | None = None) -> str:
    """In the language being read: `Beijing time`."""
    return names(moment)[current_language() == CHINESE]


# Words ---------------------------------------------------------------------------------------------------------------


def words(moment: datetime) -> str:
    """`1 December 2026, 09:00 Beijing time`. Where an hour comes twice that night, it is said which is meant."""
    here = local(moment)
    said = name(moment)
    if comes_twice(here):
        said = _("%(zone)s, %(offset)s") % {"zone": said, "offset": offset(here)}
    details = {"date": date_format(here, "DATE_FORMAT"), "time": date_format(here, "TIME_FORMAT"), "zone": said}
    return _("%(date)s, %(time)s %(zone)s") % details


def short(moment: datetime) -> str:
    """`1 December, 09:00`, where the zone is said elsewhere; with its year if that is not this one."""
    here = local(moment)
    return _("%(date)s, %(time)s") % {"date": short_day(here), "time": date_format(here, "TIME_FORMAT")}


def short_day(here: date) -> str:
    """`1 December`, with its year if that is not this one. Of a moment, as it is given."""
    return date_format(here, "MONTH_DAY_FORMAT" if here.year == now().year else "DATE_FORMAT")


def comes_twice(here: datetime) -> bool:
    """Whether the clocks, put back, show that time twice."""
    first, second = here.replace(fold=0).utcoffset(), here.replace(fold=1).utcoffset()
    return first is not None and second is not None and first > second


def is_skipped(here: datetime) -> bool:
    """Whether the clocks, put forward, never show that time."""
    first, second = here.replace(fold=0).utcoffset(), here.replace(fold=1).utcoffset()
    return first is not None and second is not None and first < second


def beside(help_text: str | LazyText) -> LazyText:
    """The help text of a field for a moment: the zone's name before it."""
    return lazystr(Beside(help_text))


class Beside:
    def __init__(self, help_text: str | LazyText) -> None:
        self.help_text = help_text

    def __str__(self) -> str:
        before = _("%(zone)s.") % {"zone": name()}
        between = "" if current_language() == CHINESE else " "
        return f"{before}{between}{self.help_text}".strip()


def format_with_zone(code: str, shown: str) -> str:
    """A format of Django's for moments, such as DATETIME_FORMAT, with the zone's name in a language behind it."""
    english, chinese = names()
    said = f"（{chinese}）" if code == CHINESE.code else f" {english}"
    return shown + "".join(f"\\{character}" for character in said)
