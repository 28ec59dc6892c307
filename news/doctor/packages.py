"""Whether the packages that run are those of requirements.txt."""

import re
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PIN = re.compile(r"^([a-z0-9.-]+)==([^\s;]+)( ;)?", re.MULTILINE)


def pinned(lock: Path) -> dict[str, tuple[set[str], bool]]:
    """{name: (versions, whether every machine has it)}; some are pinned twice, for different versions of Python."""
    found: dict[str, tuple[set[str], bool]] = {}
    text = lock.read_text() if lock.exists() else ""
    for name, number, marker in PIN.findall(text):
        versions, is_everywhere = found.get(name, (set(), True))
        found[name] = versions | {number}, is_everywhere and not marker
    return found


def others(lock: Path) -> tuple[list[str], list[str]]:
    """(missing or older than they have to be, newer), each in words."""
    behind: list[str] = []
    ahead: list[str] = []
    for name, (versions, is_everywhere) in pinned(lock).items():
        wanted = " or ".join(sorted(versions))
        try:
            there = version(name)
        except PackageNotFoundError:
            if is_everywhere:
                behind.append(f"{name} is missing ({wanted})")
            continue
        if there not in versions:
            is_older = numbers(there) < min(map(numbers, versions))
            (behind if is_older else ahead).append(f"{name} {there} ({wanted})")
    return behind, ahead


def numbers(number: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", number)]
