"""Static files as production serves them: named by what is in them, compressed, and a style sheet in one piece.

The page that says that Newsroom is away is one of them.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.template.loader import render_to_string
from whitenoise.storage import CompressedManifestStaticFilesStorage

from home.outage import AWAY

IMPORT = re.compile(r"^@import url\('(?P<name>[\w-]+\.css)'\) layer\((?P<layer>[\w-]+)\);$", re.MULTILINE)
COMMENT = re.compile(r"/\*.*?\*/\n*", re.DOTALL)


def joined(sheet: Path) -> str:
    """The text of a style sheet with the sheets beside it that it imports, each in its layer; without our comments."""
    text = IMPORT.sub(
        lambda found: f"@layer {found['layer']} {{\n{(sheet.parent / found['name']).read_text('utf-8')}}}",
        sheet.read_text("utf-8"),
    )
    return COMMENT.sub("", text)


class JoinedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Sheets are written apart and served in one: a browser draws nothing before it has asked for each import."""

    def post_process(self, paths: dict[str, tuple[Any, str]], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if not dry_run:
            for name, (storage, path) in paths.items():
                sheet = Path(storage.path(path))
                if name.endswith(".css") and IMPORT.search(sheet.read_text("utf-8")):
                    self.delete(name)
                    self.save(name, ContentFile(joined(sheet)))
                    paths[name] = self, name  # what is hashed and compressed is this one
        yield from super().post_process(paths, dry_run, **options)
        if not dry_run:
            self.delete(AWAY)  # for the web server to send while Newsroom is away: its style sheet lies beside it
            self.save(AWAY, ContentFile(render_to_string(AWAY)))
