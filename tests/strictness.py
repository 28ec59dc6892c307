"""Whether what pyproject.toml leaves out of mypy's strictness still needs it: the list of those modules only shrinks.

Reads the whole product once more without the list, with the cache that `mypy` has just left: some seconds.
"""

import re
import subprocess
import sys
import tempfile
import tomllib
from fnmatch import fnmatchcase
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LENIENT = "disallow_untyped_defs = false"


def without_the_list(text: str) -> tuple[str, list[str]]:
    """pyproject.toml without the table of what is not strict yet, and the modules that it names."""
    kept, listed = [], []
    for part in re.split(r"(?=\n\[)", text):
        if LENIENT in part:
            listed += tomllib.loads(part)["tool"]["mypy"]["overrides"][0]["module"]
        else:
            kept.append(part)
    return "".join(kept), listed


def modules_with_errors(config: str) -> set[str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pyproject.toml"
        path.write_text(config, "utf-8")
        command = [sys.executable, "-m", "mypy", "--config-file", path, "--no-error-summary"]
        answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if answer.returncode not in (0, 1):
        raise SystemExit(answer.stdout + answer.stderr)
    files = re.findall(r"^(\S+)\.py:\d+: error:", answer.stdout, re.MULTILINE)
    return {file.removeprefix("site/").removesuffix("/__init__").replace("/", ".") for file in files}


def main() -> None:
    config, listed = without_the_list((ROOT / "pyproject.toml").read_text("utf-8"))
    wrong = modules_with_errors(config)
    needless = [name for name in listed if not any(fnmatchcase(module, name) for module in wrong)]
    if needless:
        raise SystemExit(f"pyproject.toml: strict already, take it off the list: {', '.join(needless)}")


if __name__ == "__main__":
    main()
