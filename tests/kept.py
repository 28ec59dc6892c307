"""What is slow to make is kept from run to run, under a name that says what made it. Needs no Django set up."""

import fcntl
import hashlib
from contextlib import contextmanager
from importlib.metadata import distributions

from django.conf import settings


@contextmanager
def locked(path):
    """Of all processes that come here, one is within."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def digest(*patterns):
    """Of the packages installed and the files of the tree by these patterns; what is in all folders is no test."""
    made_by = hashlib.sha256()
    made_by.update(repr(sorted((package.name, package.version) for package in distributions())).encode())
    root = settings.BASE_DIR
    tests = set(root.glob("*/tests/**/*"))
    paths = {path for pattern in patterns for path in {*root.glob(pattern)} - (tests if "**" in pattern else set())}
    for path in sorted(paths):
        if path.is_file() and path.suffix not in (".pyc", ".mo"):
            made_by.update(str(path.relative_to(root)).encode() + path.read_bytes())
    return made_by.hexdigest()[:12]
