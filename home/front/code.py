"""What makes pages beside the database: when it is another, everything is made anew."""

import hashlib
from importlib.metadata import distributions
from pathlib import Path

from django.conf import settings

BOOT = Path("/proc/sys/kernel/random/boot_id")
"""After a crash of the machine it is not known which of the last changes of files came to the disk."""
MADE_OF = ("*.py", "*.html", "*.mo", "*.json")
SETTINGS = (
    "ALLOWED_HOSTS",
    "LANGUAGES",
    "MEDIA_URL",
    "PLAIN_PAGES_ARE_RELEASED",
    "SITE_URL",
    "STATIC_URL",
    "TIME_ZONE",
    "TIME_ZONE_NAME_EN",
    "TIME_ZONE_NAME_ZH",
    "VERSION",
)


def code() -> str:
    parts = [BOOT.read_text() if BOOT.exists() else ""]
    parts += [f"{name}={getattr(settings, name, '')}" for name in SETTINGS]
    parts += sorted(f"{found.name} {found.version}" for found in distributions())
    parts += sorted(f"{file} {file.stat().st_mtime_ns}" for file in files())
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def files() -> list[Path]:
    """Python, templates and words of the project, and the names that static files have."""
    base = settings.BASE_DIR
    found = [
        file for room in ("home", "news", "site", "locale") for kind in MADE_OF for file in (base / room).rglob(kind)
    ]
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json" if settings.STATIC_ROOT else None
    return [*found, *([manifest] if manifest and manifest.exists() else [])]
