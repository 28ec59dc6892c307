"""The environment, read before anything is chosen by it: what the process was started with, then one file.

The file is `.env` beside manage.py, or the one that ENV_FILE names; an empty ENV_FILE means none. What the process was
started with wins. A file that cannot be read to the last line stops the process: half of it could be another site.
"""

import os
import re
from importlib.util import find_spec
from pathlib import Path

from .register import do_not_start

BASE_DIR = Path(__file__).resolve().parents[3]
LINE = re.compile(
    r"""(?:export\s+)?(?P<name>[A-Za-z_]\w*)\s*=\s*
    (?:'(?P<single>[^']*)'|"(?P<double>(?:[^"\\]|\\.)*)"|(?P<bare>[^'"\s](?:[^#]|(?<!\s)\#)*?|))
    \s*(?:(?<=\s)\#.*)?""",
    re.VERBOSE,
)


def read() -> list[str]:
    """The names that stand in the file; each is in the environment now."""
    name = os.environ.get("ENV_FILE")
    path = BASE_DIR / (name or ".env")
    if name == "" or (name is None and not path.exists()):
        return []
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        do_not_start([f"ENV_FILE: the environment file {path} cannot be read: {error}"])
    found, faults = {}, []
    for number, line in enumerate(map(str.strip, text.splitlines()), 1):
        if not line or line.startswith("#"):
            continue
        match = LINE.fullmatch(line)
        if match is None:  # the line may hold a secret: it is not repeated here
            faults.append(f"The environment file {path}, line {number}: write NAME=value, or NAME='value'.")
        elif match["name"] in found:
            faults.append(f"{match['name']}: it stands twice in {path}, in line {number} again. Keep one of them.")
        else:
            found[match["name"]] = value_of(match)
    if faults:
        do_not_start(faults)
    for name, value in found.items():
        os.environ.setdefault(name, value)
    return list(found)


def value_of(found: re.Match[str]) -> str:
    if found["double"] is not None:
        return re.sub(r"\\(.)", r"\1", found["double"])
    return (found["single"] if found["single"] is not None else found["bare"]).strip()


def prepare(settings: str) -> None:
    """For whatever starts Django: `settings` is the module where neither the process nor the file names one."""
    read()
    module = os.environ.setdefault("DJANGO_SETTINGS_MODULE", settings)
    if not is_there(module):
        do_not_start(
            [
                f"DJANGO_SETTINGS_MODULE: there is no {module!r}. "
                "Write newsroom.settings.production, or newsroom.settings.dev on a developer's machine."
            ]
        )


def is_there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except (ImportError, ValueError):
        return False
