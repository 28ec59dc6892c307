"""Forms, posted: `register.py` says how an entry is written, the other modules hold the entries by area."""

from . import (
    explorer,
    findings,
    images_and_documents,
    pages,
    people_and_access,
    reading,
    releases,
    settings_and_lists,
    translation,
    workflows_and_tasks,
)
from .register import REGISTER

__all__ = [
    "explorer",
    "findings",
    "images_and_documents",
    "pages",
    "people_and_access",
    "reading",
    "releases",
    "settings_and_lists",
    "translation",
    "workflows_and_tasks",
]

AREAS = sorted({entry.area for entry in REGISTER})
