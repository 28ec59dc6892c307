"""The zone of the site's clock, refused in words where there is no such zone: Django would name a file."""

from difflib import get_close_matches
from zoneinfo import available_timezones

from home.zones import ZONES

NO_ZONES = {"Factory", "localtime", "posixrules"}
"""Some systems name their own clock as a zone."""


def known(name: str) -> str:
    zones = available_timezones() - NO_ZONES
    if name in zones:
        return name
    folded = {zone.lower().rpartition("/")[2]: zone for zone in sorted(zones)} | {zone.lower(): zone for zone in zones}
    folded |= {place.lower(): zone for zone, places in sorted(ZONES.items()) for place in places}
    asked = name.strip().lower()
    close = get_close_matches(asked, folded, 1) or get_close_matches(asked.rpartition("/")[2], folded, 1)
    meant = f" Did you mean {folded[close[0]]}?" if close else ""
    raise ValueError(f"{name!r} is no time zone.{meant} Write one such as Asia/Shanghai or Europe/London.")
