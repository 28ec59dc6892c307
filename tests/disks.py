"""A disk that is small, and full when a test wants it to be."""

import os
import shutil
import subprocess
from contextlib import contextmanager

import pytest


@contextmanager
def small_disk(folder, megabytes=4):
    """Within it the folder is a disk that `fill()` leaves no room on; None where this may not be had."""
    folder.mkdir(exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    if os.geteuid() or not shutil.which("mount") or subprocess.run(command, capture_output=True).returncode:
        yield None
        return
    try:
        yield lambda: filled(folder / "whatever")
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def filled(file):
    with file.open("wb", buffering=0) as writer:
        for size in (1 << 16, 512):
            with pytest.raises(OSError):
                while True:
                    writer.write(b"0" * size)
    return file
