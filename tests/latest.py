"""`make latest`: the newest versions that pyproject.toml allows, in an environment of their own, and what they change.

It needs no lock and leaves `.venv` as it is. It names the packages that differ from the lock, the upstream sources that
do (tests/upstream/), each with its difference and what of ours stands on it, and what is newer still and not allowed.
"""

import json
import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import venv
from pathlib import Path

from .upstream.register import ROOT, changes, difference

FOLDER = ROOT / "var" / "latest"
PYTHON = FOLDER / "bin" / "python"
CHECKS = (
    ["-m", "pytest", "-n", "0", "--quiet", "tests/house/test_upstream.py"],
    ["manage.py", "check"],
    ["manage.py", "makemigrations", "--check", "--dry-run"],
    ["manage.py", "compile_catalogue", "--check"],
)


def run(*arguments, **options):
    settings = {"DJANGO_SETTINGS_MODULE": "newsroom.settings.test", "VAR_DIR": str(FOLDER / "site")}
    return subprocess.run([str(PYTHON), *arguments], cwd=ROOT, env={**os.environ, **settings}, **options)


def pip(*arguments, **options):
    return run("-m", "pip", "--disable-pip-version-check", *arguments, check=True, **options)


def pip_list(*arguments):
    """{name: what pip says of it}"""
    told = pip("list", "--format", "json", *arguments, capture_output=True, text=True).stdout
    return {re.sub(r"[-_.]+", "-", each["name"]).lower(): each for each in json.loads(told)}


def requirements():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    extras = (name for names in project["project"]["optional-dependencies"].values() for name in names)
    return [*project["project"]["dependencies"], *extras, *project["dependency-groups"]["dev"]]


def locked():
    """{name: {version}}: some packages are pinned twice, for different versions of Python."""
    pins = {}
    for name, version in re.findall(
        r"^([a-z0-9.-]+)==([^\s;]+)", (ROOT / "requirements-dev.txt").read_text(), re.MULTILINE
    ):
        pins.setdefault(name, set()).add(version)
    return pins


def install():
    venv.create(FOLDER, with_pip=True)
    pip("install", "--quiet", "--only-binary", ":all:", "--upgrade", "--upgrade-strategy", "eager", *requirements())


def tell_packages():
    pins, installed = locked(), pip_list()
    print("\nOther versions than requirements-dev.txt pins:")
    for name, versions in sorted(pins.items()):
        if name in installed and installed[name]["version"] not in versions:
            print(f"  {name} {' or '.join(sorted(versions))} -> {installed[name]['version']}")
    for name in sorted(installed.keys() - pins.keys() - {"pip", "setuptools"}):
        print(f"  {name} {installed[name]['version']}, which is not pinned")
    named = {re.match(r"[A-Za-z0-9-]+", requirement)[0].lower() for requirement in requirements()}
    print("\nNewer, and not allowed by pyproject.toml:")
    for name, each in sorted(pip_list("--outdated").items()):
        if name in named:
            print(f"  {name} {each['version']} -> {each['latest_version']}")


def tell_sources():
    before = Path(sysconfig.get_path("purelib"))
    told = run(
        "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", capture_output=True, text=True, check=True
    )
    after = Path(told.stdout.strip())
    for lines in filter(None, (difference(name, before, after) for name in sorted(changes(after)))):
        print(f"\n{lines}")


def main():
    install()
    tell_packages()
    tell_sources()
    red = [command for command in CHECKS if not succeeds(command)]
    if red:
        sys.exit("\nRed: " + "; ".join(" ".join(command) for command in red))
    print(f"\nGreen. Now all the tests with these versions: {PYTHON.relative_to(ROOT)} -m pytest")


def succeeds(command):
    print(f"\n== {' '.join(command)}", flush=True)
    return run(*command).returncode == 0


if __name__ == "__main__":
    main()
