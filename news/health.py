"""`/livez` and `/readyz`: whether this process answers, and whether the site does its work. See docs/operators.md.

They are answered before anything else looks at a request: no session, no language, no redirect, and no Host that has
to be known, as balancers ask by address. Nothing of the request is in the answer, and no cache keeps it.
"""

import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache as kept
from ipaddress import ip_address
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponseNotAllowed, JsonResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from news.models import Heartbeat, Release
from news.pair.state import ATTEMPTS
from news.release.schedule import SILENCE, not_run_since

PROXY_HEADERS = {"HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_REAL_IP"}
"""Beside X-Forwarded-…"""
DRIFT = 5
"""Seconds by which this machine's clock and the database's may differ."""
EVERY_MINUTE = ("release_due", "send_notices", "work")
"""What is missed when it ran once and does not any more."""


class HealthMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = {"/livez": live, "/readyz": ready}.get(request.path_info)
        if answer is None:
            return self.get_response(request)
        response = answer(request) if request.method in ("GET", "HEAD") else HttpResponseNotAllowed(["GET", "HEAD"])
        response["Cache-Control"] = "no-store"
        response["X-Content-Type-Options"] = "nosniff"
        return response


def live(request: HttpRequest) -> HttpResponseBase:
    return JsonResponse({"status": "live"})


def ready(request: HttpRequest) -> HttpResponseBase:
    """200 where everything is well, else 503; what is not, for those inside."""
    faults = {name: words for name, words in found().items() if words}
    told: dict[str, object] = {"status": "not ready" if faults else "ready"}
    if is_inside(request):
        told |= {"faults": faults, "commands": {} if "database" in faults else commands()}
    return JsonResponse(told, status=503 if faults else 200, json_dumps_params={"ensure_ascii": False})


def is_inside(request: HttpRequest) -> bool:
    """Whether it comes straight from one of HEALTH_NETWORKS. What a proxy hands on is somebody else's request."""
    if any(name.startswith("HTTP_X_FORWARDED") or name in PROXY_HEADERS for name in request.META):
        return False
    try:
        address = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:  # a socket in a folder has no address
        return False
    address = getattr(address, "ipv4_mapped", None) or address
    return any(address in network for network in settings.HEALTH_NETWORKS)


def found() -> dict[str, str]:
    """{what was looked at: what is wrong with it, or nothing}"""
    without_database = {"cache": cache_fault, "disk": disk_fault}
    on_database = {
        "migrations": migrations_fault,
        "clock": clock_fault,
        "commands": commands_fault,
        "due": due_fault,
        "failed": failed_fault,
    }
    told = {"database": fault_of(database_fault)}
    looked_at = without_database if told["database"] else without_database | on_database
    return told | {name: fault_of(look) for name, look in looked_at.items()}


def fault_of(look: Callable[[], str]) -> str:
    try:
        return look()
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def database_fault() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


def cache_fault() -> str:
    key, value = f"readyz-{uuid4()}", uuid4().hex
    cache.set(key, value, 10)
    kept_value = cache.get(key)
    cache.delete(key)
    return "" if kept_value == value else "what is written cannot be read"


def disk_fault() -> str:
    for folder in (settings.VAR_DIR, settings.MEDIA_ROOT):
        Path(folder).mkdir(parents=True, exist_ok=True)  # as the first upload would
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(bytes(4096))
            file.flush()
    return ""


@kept
def newest_migrations() -> frozenset[tuple[str, str]]:
    """Of each app, as this process has found them: its code stays the same."""
    return frozenset(MigrationLoader(None).graph.leaf_nodes())


def migrations_fault() -> str:
    missing = newest_migrations() - set(MigrationRecorder(connection).applied_migrations())
    return ", ".join(sorted(f"{app}.{name}" for app, name in missing))


def clock_fault() -> str:
    apart = (timezone.now() - database_now()).total_seconds()
    return f"{apart:+.1f} seconds from the database's" if abs(apart) > DRIFT else ""


def database_now() -> datetime:
    """To the second on SQLite, which has this machine's clock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT CURRENT_TIMESTAMP")
        at = cursor.fetchone()[0]
    return at if isinstance(at, datetime) else datetime.fromisoformat(at).replace(tzinfo=UTC)


def commands_fault() -> str:
    now = timezone.now()
    ran = Heartbeat.objects.filter(command__in=EVERY_MINUTE, ran_at__isnull=False).values_list("command", "ran_at")
    silent = {command: at for command, at in ran if at and abs(now - at) > SILENCE}
    return ", ".join(f"{command} has not run since {at.isoformat()}" for command, at in sorted(silent.items()))


def due_fault() -> str:
    since = not_run_since(timezone.now())
    return f"nothing has released what is due since {since.isoformat()}" if since else ""


def failed_fault() -> str:
    failed = Release.objects.filter(release_at__lte=timezone.now(), failures__gte=ATTEMPTS).order_by("pk")
    return ", ".join(str(key) for key in failed.values_list("translation_key", flat=True)[:20])


def commands() -> dict[str, object]:
    """{command: when it last ran to its end, and why the last run failed}"""
    now = timezone.now()
    return {
        beat.command: {
            "ran_at": beat.ran_at,
            "seconds_ago": round((now - beat.ran_at).total_seconds()) if beat.ran_at else None,
            "failure": beat.failure,
        }
        for beat in Heartbeat.objects.order_by("command")
    }
