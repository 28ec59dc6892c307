"""`/livez` and `/readyz`: whether this process answers, and whether the site does its work. See docs/operators.md.

They are answered before anything else looks at a request: no session, no language, no redirect, and no Host that has
to be known, as balancers ask by address. Nothing of the request is in the answer, and no cache keeps it.
"""

import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache as kept
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

from home.front import process
from home.front.models import FrontNode
from home.proxies import address_of, is_handed_on, is_within
from home.storage import StorageAway, uploads
from news.models import Heartbeat, Release
from news.notices import undelivered
from news.pair.state import ATTEMPTS
from news.release.schedule import SILENCE, not_run_since

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
        return response


def live(request: HttpRequest) -> HttpResponseBase:
    return JsonResponse({"status": "live"})


def ready(request: HttpRequest) -> HttpResponseBase:
    """200 where everything is well, else 503; what is not, for those inside."""
    faults = {name: words for name, words in found().items() if words}
    told: dict[str, object] = {"status": "not ready" if faults else "ready"}
    if settings.READ_ONLY:
        told["read_only"] = True
    if is_inside(request):
        told |= {"faults": faults, "commands": {} if "database" in faults else commands()}
    return JsonResponse(told, status=503 if faults else 200, json_dumps_params={"ensure_ascii": False})


def is_inside(request: HttpRequest) -> bool:
    """Whether it comes straight from one of HEALTH_NETWORKS. What a proxy hands on is somebody else's request."""
    return not is_handed_on(request) and is_within(
        address_of(request.META.get("REMOTE_ADDR", "")), settings.HEALTH_NETWORKS
    )


def found() -> dict[str, str]:
    """{what was looked at: what is wrong with it, or nothing}"""
    without_database = {"cache": cache_fault, "disk": disk_fault}
    if settings.MEDIA_STORAGE:
        without_database["storage"] = storage_fault
    on_database = {
        "migrations": migrations_fault,
        "clock": clock_fault,
        "commands": commands_fault,
        "due": due_fault,
        "failed": failed_fault,
        "nodes": front_fault,
        "notices": undelivered.fault,
    }
    told = {"database": fault_of(database_fault)}
    if settings.READ_ONLY:  # nothing runs, and nothing has to be written
        without_database = {}
        on_database = {"migrations": migrations_fault, "clock": clock_fault}
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
    why = getattr(cache, "fault", "")
    kept_value = cache.get(key)
    cache.delete(key)
    return "" if kept_value == value else why or "what is written cannot be read"


def disk_fault() -> str:
    try_to_write(Path(settings.VAR_DIR))
    if not settings.MEDIA_STORAGE:
        try_to_write(Path(settings.MEDIA_ROOT))
    return ""


def storage_fault() -> str:
    """Whether the bucket answers. Nothing is written: it is asked every few seconds, perhaps."""
    try:
        uploads().answers()
    except StorageAway as error:
        return error.why
    return ""


def that_is_there(folder: Path) -> Path:
    """The folder, or the one above in which the first upload would make it."""
    while not folder.exists():
        folder = folder.parent
    return folder


def try_to_write(folder: Path) -> None:
    """OSError: it takes nothing."""
    with tempfile.TemporaryFile(dir=that_is_there(folder)) as file:
        file.write(bytes(4096))
        file.flush()


def front_fault() -> str:
    if not settings.FRONT_NODE:
        lately = timezone.now() - timedelta(minutes=1)
        others = ", ".join(
            FrontNode.objects.filter(renewed_at__gt=lately).order_by("name").values_list("name", flat=True)
        )
        return others and f"FRONT_NODE is not set here, and {others} would not know what is changed by this node"
    return "" if process.is_held() else "none: front_follow does not run, or holds no lease"


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
