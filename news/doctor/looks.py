"""All that is looked at, in the order in which it is told."""

from collections.abc import Callable, Iterator

from django.conf import settings
from django.core.checks import ERROR, run_checks

from news import health

from . import bucket, files, packages, runs, services
from .diagnosis import Diagnosis, mend, note, well

Look = Callable[[], Iterator[Diagnosis]]
WORKER = "Start the worker (systemctl start newsroom-worker), or read why not: journalctl -u newsroom-worker."
OF_HEALTH = {
    "database": ("it answers", "Start the database, or write another DATABASE_URL."),
    "cache": ("it keeps what is written", "Let this account write into its folder, or start Redis; see CACHE_URL."),
    "disk": ("its folders take what is written", "Make room, or let this account write there."),
    "storage": ("the bucket answers", "Write another MEDIA_STORAGE, or ask whoever runs the object storage."),
    "migrations": ("all are applied", "Run manage.py upgrade."),
    "clock": ("this machine's is the database's", "Keep the clocks of all machines by NTP (timedatectl set-ntp on)."),
    "commands": ("what ran by the minute still does", WORKER),
    "due": ("no release is late", WORKER),
    "nodes": (
        "whoever stores some is told what changes here",
        "Write another FRONT_NODE on each machine, and run front_follow there: systemctl enable --now newsroom-front.",
    ),
    "notices": (
        "what is to be told goes out",
        "Run manage.py check_mail with your address. What was refused is on publishers' desks, to be tried again.",
    ),
    "failed": ("no release has failed for good", "A publisher finds why on its page in the admin, and sets it anew."),
}
"""By the name of what `/readyz` looks at: what is said where it is well, and what is to be done where it is not."""
IN_ANY_CASE: list[Look] = [files.folders, files.owners, files.collected, files.stored, services.mail, services.robots]
ON_DATABASE: list[Look] = [services.newer, services.database, services.replica, files.space]
ON_TABLES: list[Look] = [services.search, services.summaries, runs.commands, runs.notices, runs.backups, bucket.storage]
OF_TABLES = {"commands", "due", "failed", "nodes", "notices"}
"""What `/readyz` finds in tables: where migrations wait, these may be missing."""


def all_of_them(asks_site: bool) -> Iterator[Diagnosis]:
    yield from safely(of_settings)
    yield from safely(of_packages)
    found = health.found()
    waits = found.get("migrations")
    for name, fault in found.items():
        if not (waits and name in OF_TABLES):
            good, do = OF_HEALTH[name]
            yield mend(name, fault, do) if fault else well(name, good)
    on_database = [] if found["database"] else ON_DATABASE if waits else ON_DATABASE + ON_TABLES
    for look in on_database + IN_ANY_CASE:
        yield from safely(look)
    if asks_site:
        yield from safely(services.site)


def safely(look: Look) -> Iterator[Diagnosis]:
    """One that breaks off hides none of the others."""
    try:
        yield from look()
    except Exception as error:
        about = look.__name__.removeprefix("of_").replace("_", " ")
        yield mend(about, f"it could not be looked at: {type(error).__name__}: {error}", "Mend what this names.")


def of_settings() -> Iterator[Diagnosis]:
    """Those that keep a process from starting have been told before there is a command."""
    if settings.DEBUG:
        yield mend(
            "settings",
            "these are for a developer's machine: they may be those of another site than the one that is public",
            "Write DJANGO_SETTINGS_MODULE=newsroom.settings.production into .env.",
        )
    else:
        yield well("settings", f"version {settings.VERSION} for {settings.SITE_URL}")
    for found in run_checks(include_deployment_checks=not settings.DEBUG):
        if not found.is_silenced():
            told = mend if found.level >= ERROR else note
            yield told("settings", f"{found.id}: {found.msg}", found.hint or "See Settings in docs/operators.md.")
    if settings.READ_ONLY:
        yield note("settings", "READ_ONLY is on: nothing is written", "Take it out where this site is to be edited.")


def of_packages() -> Iterator[Diagnosis]:
    behind, ahead = packages.others(settings.BASE_DIR / "requirements.txt")
    if behind:
        yield mend("packages", f"not those of requirements.txt: {', '.join(behind)}", "Run make setup.")
    if ahead:
        said = f"newer than what was tried together: {', '.join(ahead)}"
        yield note("packages", said, "Run make setup, unless you mean it.")
    if not (behind or ahead):
        yield well("packages", "those of requirements.txt")
