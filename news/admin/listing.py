"""All releases, newest first, with where each stands; and one release on paper and as a table."""

import csv
from collections.abc import Callable

from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.db.models import F, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, WorkflowState

from home import clock
from home.languages import Words
from home.spreadsheets import BOM, harmless
from news import trail
from news.called import told
from news.models import Correction, Mode, Release, ReleaseSummary
from news.pair.pair import Pair
from news.pair.state import state_of
from news.release import summaries
from news.release.sections import section_pages

from .access import StaffRequest, seen_pair
from .differences import approved_changes
from .release_page import trail_of

PER_PAGE = 25


def in_review() -> Q:
    active = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS).values_list("object_id", flat=True)
    return Q(translation_key__in=Page.objects.filter(pk__in=[int(pk) for pk in active]).values("translation_key"))


def sections(*narrowed: Q) -> Q:
    """Front pages and sections whose pages fit."""
    return Q(translation_key__in=section_pages().filter(*narrowed).values("translation_key"))


def with_something_to_do() -> Q:
    """All but front pages and sections that are public as they are."""
    is_written = sections(~Q(latest_revision=F("live_revision")) | Q(live=False))
    corrected = Q(pk__in=Correction.objects.filter(released_at=None).values("release"))
    waits = Q(held_at__isnull=False) | Q(release_at__isnull=False) | Q(mode=Mode.SINGLE) | corrected
    return ~sections() | is_written | waits | in_review()


def unread() -> Q:
    """What went out urgently and nobody else has read since."""
    summaries.tidy()
    return Q(pk__in=ReleaseSummary.objects.filter(unread=True).values("pk"))


FILTERS: dict[str, tuple[Words, Callable[[], Q]]] = {
    "all": (gettext_lazy("All releases"), with_something_to_do),
    "review": (gettext_lazy("In review"), in_review),
    "scheduled": (gettext_lazy("Scheduled"), lambda: Q(release_at__isnull=False)),
    "held": (gettext_lazy("On hold"), lambda: Q(held_at__isnull=False)),
    "owed": (gettext_lazy("Translation to follow"), lambda: Q(mode=Mode.SINGLE, due__isnull=False)),
    "one": (gettext_lazy("In one language"), lambda: Q(mode=Mode.SINGLE, due=None) & ~Q(alone=False)),
    "unread": (gettext_lazy("Post-release review due"), unread),
    "withdrawn": (gettext_lazy("Withdrawn"), lambda: Q(withdrawn_at__isnull=False)),
    "sections": (gettext_lazy("Front pages and sections"), sections),
}


def releases(request: StaffRequest) -> HttpResponse:
    """`?show=` is one of FILTERS, `?p=` a page."""
    asked = request.GET.get("show", "")
    chosen = asked if asked in FILTERS else "all"
    mine = Page.objects.filter(pk__in=editable_pages(request.user)).values("translation_key")
    found = Release.objects.filter(FILTERS[chosen][1](), translation_key__in=mine).order_by("-pk")
    part = Paginator(found, PER_PAGE).get_page(request.GET.get("p"))
    rows = [(pair, state_of(pair)) for pair in Pair.many(part.object_list) if pair.pages]
    filters = [(name, label, name == chosen) for name, (label, _query) in FILTERS.items()]
    return render(
        request, "news/admin/releases.html", {"rows": rows, "filters": filters, "chosen": chosen, "part": part}
    )


def editable_pages(user: User) -> QuerySet[Page]:
    from wagtail.permission_policies.pages import PagePermissionPolicy

    return PagePermissionPolicy().instances_user_has_any_permission_for(user, ["add", "change", "publish"]).values("pk")


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
            told(str(entry.message), entry.data),
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
