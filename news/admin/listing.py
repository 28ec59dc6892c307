"""One release on paper and as a table."""

import csv

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from home import clock
from home.spreadsheets import BOM, harmless
from news import trail
from news.pair.state import state_of

from .access import StaffRequest, seen_pair
from .differences import approved_changes
from .release_page import trail_of


def trail_csv(request: StaffRequest, release_id: int) -> HttpResponse:
    pair = seen_pair(request, release_id)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="release-{pair.release.pk}.csv"'
    response.write(BOM)
    writer = csv.writer(response)
    writer.writerow([_("When"), _("Who"), _("Language"), _("What"), _("Reason"), _("Revision")])
    for entry in trail_of(pair):
        moment = clock.local(entry.timestamp)
        cells = [
            date_format(moment, "Y-m-d H:i:s"),
            trail.who(entry),
            entry.page.locale.language_code,
            str(entry.message),
            entry.comment,
            entry.revision_id or "",
        ]
        writer.writerow([harmless(str(cell)) for cell in cells])
    return response


def sign_off_sheet(request: StaffRequest, release_id: int) -> HttpResponse:
    pair = seen_pair(request, release_id)
    context = {
        "pair": pair,
        "release": pair.release,
        "state": state_of(pair),
        "reviews": pair.release.stage_records.all(),
        "approvals": approved_changes(pair),
        "trail": trail_of(pair).reverse(),
        "now": timezone.now(),
    }
    return render(request, "news/admin/sign_off_sheet.html", context)
