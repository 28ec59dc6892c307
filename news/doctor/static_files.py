"""Whether the style sheets and scripts that are served are those of this version."""

from collections.abc import Iterator

from django.contrib.staticfiles.apps import StaticFilesConfig
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.core.files.storage import Storage


def fault() -> str:
    """What is wrong with what was collected; nothing where files are served as they lie."""
    if not isinstance(staticfiles_storage, ManifestFilesMixin):
        return ""
    manifest = staticfiles_storage.manifest_storage
    name = staticfiles_storage.manifest_name
    if not manifest.exists(name):
        return "none are collected"
    collected = manifest.get_modified_time(name)
    for path, storage in sources():
        if path not in staticfiles_storage.hashed_files or storage.get_modified_time(path) > collected:
            return f"{path} is newer than what is collected"
    return ""


def sources() -> Iterator[tuple[str, Storage]]:
    for finder in get_finders():
        yield from finder.list(StaticFilesConfig.ignore_patterns)
