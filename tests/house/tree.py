"""The files of the tree, in a clone as in a folder unpacked from an archive."""

import ast
import os
import subprocess
from functools import cache

from django.conf import settings

ROOT = settings.BASE_DIR
WRITTEN_BY_TOOLS = {"var", "node_modules", "__pycache__", "build", "dist"}


def tracked():
    """Names of the files that git knows or would add, or None where there is no clone."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    if not (ROOT / ".git").exists():
        return None
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [name for name in found.split("\0") if name and (ROOT / name).exists()]


def unpacked():
    """Names of the files of a folder without .git. What is hidden is a tool's, but for .ci and .github."""
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [
            name
            for name in folders
            if name not in WRITTEN_BY_TOOLS and not name.endswith(".egg-info") and (name[0] != "." or name[1:] in KEPT)
        ]
        for name in files:
            if not name.endswith((".pyc", ".mo")):
                yield os.path.relpath(os.path.join(folder, name), ROOT)  # noqa: PTH118


KEPT = {"ci", "github"}
FILES = sorted(tracked() or unpacked())
PYTHON = [name for name in FILES if name.endswith(".py") and "/migrations/" not in name]
PRODUCT = [name for name in PYTHON if name.startswith(("home/", "news/", "site/")) and "/tests/" not in name]


@cache
def parsed(name):
    """The syntax tree of a file of Python."""
    return ast.parse((ROOT / name).read_text())
