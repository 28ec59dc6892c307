"""`/metrics`: what `/readyz` looks at, and what waits, as Prometheus reads it. For those inside alone.

All of it is read when it is asked for, so that processes share nothing. Requests are not counted here: each has its
line in the log of the web server and in ours, with status and milliseconds.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.utils import timezone

from home.front import process
from news import health
from news.models import Heartbeat, Release
from news.notices import undelivered
from news.pair.state import ATTEMPTS
from news.release.schedule import LATE

KIND = "text/plain; version=0.0.4; charset=utf-8"


class MetricsMiddleware:
    """To others it is an address where nothing is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info != "/metrics" or not health.is_inside(request):
            return self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return HttpResponse(text(), content_type=KIND, headers={"Cache-Control": "no-store"})


@dataclass(frozen=True)
class Gauge:
    name: str
    label: str
    values: Mapping[str, float]
    """By what the label says."""
    help: str


def gauges() -> Iterator[Gauge]:
    faults = health.found()
    yield Gauge("newsroom_info", "version", {settings.VERSION: 1}, "The version that answers.")
    found = {look: float(bool(words)) for look, words in faults.items()}
    yield Gauge("newsroom_fault", "look", found, "1 where /readyz finds something wrong.")
    for read in (front,) if faults["database"] else (commands, releases, notices, front):
        try:
            yield from read()
        except (DatabaseError, OSError, sqlite3.Error):  # a table that a migration has still to make
            continue


def commands() -> Iterator[Gauge]:
    beats = Heartbeat.objects.order_by("command")
    at = {beat.command: beat.succeeded_at.timestamp() for beat in beats if beat.succeeded_at}
    yield Gauge("newsroom_command_succeeded_timestamp_seconds", "command", at, "When each last ran without a failure.")
    failed = {beat.command: float(bool(beat.failure)) for beat in beats}
    yield Gauge("newsroom_command_failed", "command", failed, "1 where the last run failed.")


def releases() -> Iterator[Gauge]:
    now = timezone.now()
    scheduled = Release.objects.filter(release_at__isnull=False)
    told = {
        "scheduled": scheduled.filter(release_at__gt=now).count(),
        "late": scheduled.filter(release_at__lte=now - LATE, failures__lt=ATTEMPTS).count(),
        "failed": scheduled.filter(release_at__lte=now, failures__gte=ATTEMPTS).count(),
    }
    yield Gauge("newsroom_releases", "state", told, "Those with a moment: ahead, passed by two minutes, given up.")


def notices() -> Iterator[Gauge]:
    said = "Those not sent yet, those of them that were tried in vain, and those given up."
    yield Gauge("newsroom_notices", "state", undelivered.counts(), said)


def front() -> Iterator[Gauge]:
    if process.is_on():
        count = {"now": float(process.store().count())}
        yield Gauge("newsroom_stored_pages", "of", count, "Readers' pages that the web server sends by itself.")


def text() -> str:
    lines = []
    for gauge in gauges():
        lines += [f"# HELP {gauge.name} {gauge.help}", f"# TYPE {gauge.name} gauge"]
        lines += [f'{gauge.name}{{{gauge.label}="{said}"}} {value:.15g}' for said, value in gauge.values.items()]
    return "".join(f"{line}\n" for line in lines)
