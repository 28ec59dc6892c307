"""Wagtail's admin by the site's clock. It goes once Wagtail can be told that a site has one clock for everybody.

An account's profile may hold a zone from before; Wagtail would show and read every moment in it.
"""

from datetime import datetime

from django.conf import settings
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.users.models import UserProfile

from home import clock


def site_zone(self: UserProfile) -> str:
    return settings.TIME_ZONE


def for_spreadsheet(value: datetime) -> datetime:
    """A spreadsheet has no zones; Wagtail would write UTC."""
    return clock.local(value).replace(tzinfo=None) if value.tzinfo else value


def for_csv(value: datetime) -> str:
    return str(clock.local(value)) if value.tzinfo else str(value)


def install() -> None:
    UserProfile.get_current_time_zone = site_zone
    mixin = SpreadsheetExportMixin
    # In place: reports have it in what they add to.
    mixin.custom_value_preprocess[datetime].update({mixin.FORMAT_XLSX: for_spreadsheet, mixin.FORMAT_CSV: for_csv})
