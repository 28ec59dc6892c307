"""The calendar for other programs, by a secret address: made and ended by its owner, read without signing in.

A service that reads it copies it, and no address that is ended calls that back. So nothing stands in it that is not
public but when something goes out, and whether it is ready.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from wagtail.admin import messages
from wagtail.admin.views.account import BaseSettingsPanel
from wagtail.models import Page

from home.accounts.speaking import in_language_of
from home.accounts.views import ConfirmedForm
from home.languages import CHINESE, ENGLISH, LANGUAGES, Language, current_language
from home.reading import noted
from home.visibility import restricted
from news.models import CalendarFeed, ReleaseSummary
from news.pair.state import ReleaseState
from news.pair.states import VersionState
from news.release import summaries

from . import ical
from .access import StaffRequest
from .reach import Reach
from .releases_filter import with_something_to_do

PAST, CANCELLED = timedelta(days=90), timedelta(days=30)
"""How long what is public stays in it, and what was withdrawn."""
MOST = 2000
FEEDS = 10
"""So many may stand at a time."""
A_MINUTE = timedelta(minutes=1)
READY = {VersionState.APPROVED, VersionState.LIVE}
SECRETLY = {"Cache-Control": "private, no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}
NOTHING = "There is nothing here. 此处没有内容。\n"


# What is read --------------------------------------------------------------------------------------------------------


@csrf_exempt
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Whatever is wrong, the answer is the same."""
    found = CalendarFeed.objects.found(token) if request.method in ("GET", "HEAD") else None
    if found is None:
        return secretly(HttpResponse(NOTHING, status=404, content_type="text/plain; charset=utf-8"))
    note_reading(found)
    summaries.tidy()
    with in_language_of(found.user):
        words = ical.calendar(_("Newsroom releases"), "-//Newsroom//Newsroom//EN", events(found))
        return secretly(HttpResponse(words, content_type=ical.KIND))


def secretly(response: HttpResponse) -> HttpResponse:
    for name, value in {**SECRETLY, "Content-Language": current_language().tag}.items():
        response[name] = value
    return response


def note_reading(found: CalendarFeed) -> None:
    now = timezone.now()
    is_new = found.last_read_at is None or now - found.last_read_at > A_MINUTE
    if is_new and not settings.READ_ONLY:
        with noted():
            CalendarFeed.objects.filter(pk=found.pk).update(last_read_at=now)


def events(found: CalendarFeed) -> Iterator[ical.Properties]:
    now = timezone.now()
    rows = ReleaseSummary.objects.shown().filter(with_something_to_do(), Reach(found.user).releases)
    rows = rows.filter(moment__gte=now - PAST).select_related("release").order_by("-moment", "-pk")[:MOST]
    public = public_titles(rows)
    for row in rows:
        said = said_of(row, public.get(row.pk, {}), now)
        if said is not None:
            yield event(found, row, *said)


def public_titles(rows: Any) -> dict[int, dict[Language, str]]:
    """{key of a release: {language: title}} as anybody reads them now; of what is only some readers' none."""
    keys = {key: row.pk for row in rows for key in (row.page_en, row.page_zh_hans) if key}
    pages = Page.objects.live().filter(~restricted(), pk__in=keys).select_related("locale")
    titles: dict[int, dict[Language, str]] = {}
    for page in pages.only("title", "path", "locale__language_code"):
        if page.locale.language_code in LANGUAGES:
            titles.setdefault(keys[page.pk], {})[LANGUAGES[page.locale.language_code]] = page.title
    return titles


def said_of(row: ReleaseSummary, titles: dict[Language, str], now: datetime) -> tuple[str, str] | None:
    """(what it is called, its STATUS); None where nothing is said of it."""
    if row.state == ReleaseState.SCHEDULED:
        words, is_ready = readiness(row)
        return words, "CONFIRMED" if is_ready else "TENTATIVE"
    if titles:
        return titles.get(current_language()) or next(iter(titles.values())), "CONFIRMED"
    gone = row.release.withdrawn_at
    if gone is not None and row.state == ReleaseState.WITHDRAWN and now - gone < CANCELLED:
        return _("Withdrawn release"), "CANCELLED"
    return None


def readiness(row: ReleaseSummary) -> tuple[str, bool]:
    """In words that name nothing of it, and whether it is complete."""
    states = {ENGLISH: row.state_en, CHINESE: row.state_zh_hans}
    awaited = [language for code, language in LANGUAGES.items() if code in row.release.languages]
    ready = [language for language in awaited if states[language] in READY]
    if row.release.held_at is not None:
        return _("Embargoed release (on hold)"), False
    if row.state_now == ReleaseState.MISSED:
        return _("Embargoed release (its moment was missed)"), False
    if not ready:
        return _("Embargoed release (not ready yet)"), False
    if len(awaited) == 1:
        one = _("Embargoed release (English only, ready)"), _("Embargoed release (Chinese only, ready)")
        return one[awaited[0] == CHINESE], True
    if len(ready) == 1:
        one = (
            _("Embargoed release (English ready, Chinese not yet)"),
            _("Embargoed release (Chinese ready, English not yet)"),
        )
        return one[ready[0] == CHINESE], False
    return _("Embargoed release (both languages ready)"), True


def event(found: CalendarFeed, row: ReleaseSummary, summary: str, status: str) -> Iterator[tuple[str, str]]:
    changed = row.changed or row.since or found.created_at
    yield "UID", sha256(f"{found.token_hash}:{row.pk}".encode()).hexdigest()[:32]
    yield "DTSTAMP", ical.moment(changed)
    yield "LAST-MODIFIED", ical.moment(changed)
    yield "SEQUENCE", str(max(0, int(changed.timestamp()) - EPOCH))
    yield "DTSTART", ical.moment(row.moment)  # type: ignore[arg-type]  # it was found by it
    yield "SUMMARY", ical.text(summary)
    yield "STATUS", status
    yield "TRANSP", "TRANSPARENT"
    yield "URL", settings.SITE_URL + reverse("newsroom_releases:release", args=[row.pk])


EPOCH = 1_700_000_000
"""From here seconds are counted: a SEQUENCE has 31 bits."""


# Whose it is ---------------------------------------------------------------------------------------------------------


class FeedForm(ConfirmedForm):
    name = forms.CharField(label=gettext_lazy("What you call it"), max_length=60)
    field_order = ["name", "password"]

    def clean(self) -> dict[str, Any]:
        if CalendarFeed.objects.standing(self.person).count() >= FEEDS:
            raise forms.ValidationError(_("You have %(count)d addresses: end one first.") % {"count": FEEDS})
        return super().clean() or self.cleaned_data


@never_cache
@sensitive_post_parameters()
def subscribe(request: StaffRequest) -> HttpResponse:
    """The addresses of whoever asks; a new one is shown this one time."""
    made = ""
    form = FeedForm(request.user, request.POST if "name" in request.POST else None, initial={"name": _("My calendar")})
    if request.method == "POST" and (key := request.POST.get("end", "")):
        own = CalendarFeed.objects.standing(request.user)
        if CalendarFeed.objects.end(own.filter(pk__in=[row.pk for row in own if str(row.pk) == key])):
            messages.success(request, _("The address is ended: nobody reads anything there any more."))
        return redirect("newsroom_calendar_subscribe")
    if form.is_valid():
        _feed, token = CalendarFeed.objects.make(request.user, form.cleaned_data["name"])
        made = settings.SITE_URL + reverse("newsroom_calendar_feed", args=[token])
        form = FeedForm(request.user, initial={"name": _("My calendar")})
    context = {"feeds": CalendarFeed.objects.standing(request.user), "form": form, "made": made}
    response = render(request, "news/admin/calendar/subscribe.html", context)
    if made:
        response["Referrer-Policy"] = "no-referrer"
    return response


class FeedsPanel(BaseSettingsPanel):
    name = "calendar"
    title = gettext_lazy("Calendar in other programs")
    order = 530
    template_name = "news/admin/calendar/panel.html"

    def get_form(self) -> forms.Form:
        """Nothing is typed here."""
        return forms.Form()

    def get_context_data(self) -> dict[str, Any]:
        return {"count": CalendarFeed.objects.standing(self.user).count()}
