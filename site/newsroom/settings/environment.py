"""The environment, read before anything is chosen by it: what the process was started with, then one file.

The file is `.env` beside manage.py, or the one that ENV_FILE names; an empty ENV_FILE means none. What the process was
started with wins. A file that cannot be read to the last line stops the process: half of it could be another site.
"""

import os
import re
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parents[3]
LINE = re.compile(
    r"""(?:export\s+)?(?P<name>[A-Za-z_]\w*)\s*=\s*
    (?:'(?P<single>[^']*)'|"(?P<double>(?:[^"\\]|\\.)*)"|(?P<bare>[^'"\s](?:[^#]|(?<!\s)\#)*?|))
    \s*(?:(?<=\s)\#.*)?""",
    re.VERBOSE,
)


def read() -> None:
    name = os.environ.get("ENV_FILE")
    path = BASE_DIR / (name or ".env")
    if name == "" or (name is None and not path.exists()):
        return
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SystemExit(f"The environment file {path} cannot be read: {error}") from None
    for number, line in enumerate(map(str.strip, text.splitlines()), 1):
        if line and not line.startswith("#"):
            found = LINE.fullmatch(line)
            if found is None:  # the line may hold a secret: it is not repeated here
                raise SystemExit(f"The environment file {path}, line {number}: write NAME=value, or NAME='value'.")
            os.environ.setdefault(found["name"], value_of(found))


def value_of(found: re.Match[str]) -> str:
    if found["double"] is not None:
        return re.sub(r"\\(.)", r"\1", found["double"])
    return (found["single"] if found["single"] is not None else found["bare"]).strip()


def prepare(settings: str) -> None:
    """For whatever starts Django: `settings` is the module where neither the process nor the file names one."""
    read()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", settings)
