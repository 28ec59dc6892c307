"""Forms, posted: `register.py` says how an entry is written, the other modules hold the entries by area."""

from . import (
    around_release,
    explorer,
    findings,
    images_and_documents,
    languages,
    library_files,
    pages,
    people_and_access,
    people_and_duty,
    reading,
    releases,
    settings_and_lists,
    several,
    translation,
    undelivered,
    workflows_and_tasks,
)
from .register import REGISTER

__all__ = [
    "around_release",
    "explorer",
    "findings",
    "images_and_documents",
    "languages",
    "library_files",
    "pages",
    "people_and_access",
    "people_and_duty",
    "reading",
    "releases",
    "settings_and_lists",
    "several",
    "translation",
    "undelivered",
    "workflows_and_tasks",
]

AREAS = sorted({entry.area for entry in REGISTER})
