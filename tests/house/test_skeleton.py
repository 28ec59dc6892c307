"""The house stands as its plan says."""

import ast
import re
import subprocess
import sys
import tomllib
from collections import defaultdict
from hashlib import sha256

import pytest

from .tree import FILES, PRODUCT, PYTHON, ROOT, parsed, tracked

STYLES = [name for name in FILES if name.startswith("site/") and name.endswith(".css")]


@pytest.mark.parametrize("folder", ["site", "locale"])
def test_folders_named_like_standard_modules_are_no_packages(folder):
    assert not (ROOT / folder / "__init__.py").exists()
    code = f"import {folder}; print({folder}.__file__)"
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert str(ROOT / folder) not in found


def test_no_file_outgrows_a_readers_patience():
    lengths = {name: len((ROOT / name).read_text().splitlines()) for name in PYTHON + STYLES}
    assert {name: length for name, length in lengths.items() if length > 350} == {}


def test_no_room_is_a_lumber_room():
    assert not [name for name in FILES if name.rsplit("/")[-1] in ("utils.py", "helpers.py", "misc.py")]


def test_the_top_level_is_the_fixed_one():
    folders = {name.split("/")[0] for name in FILES if "/" in name}
    ours = {"site", "home", "news", "locale", "docs", "bench", "deploy", "licences", "tests", ".ci", ".github"}
    assert folders <= ours


@pytest.mark.skipif(tracked() is None, reason="only a clone knows what would be committed")
def test_nothing_private_is_in_the_tree():
    private = (".env", ".sqlite3", ".mo", ".pyc")
    assert not [name for name in FILES if name.endswith(private) or name.startswith(("var/", ".venv/"))]


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_locks_are_hashed_and_name_no_address(name):
    text = (ROOT / name).read_text()
    assert "://" not in text
    pins = [line for line in text.splitlines() if "==" in line and not line.startswith(" ")]
    assert len(pins) > 40
    assert text.count("--hash=sha256:") >= len(pins)


RELEASED = {
    # 0.2.0
    "home/migrations/0001_initial.py": "cc850d0c763f0da3",
    "home/migrations/0002_search_index.py": "269eda20df0a1637",
    "news/migrations/0001_initial.py": "5d7902e307c6a974",
}
"""Migrations that somebody may have run, by the digest of what they did."""


def test_migrations_only_add():
    digests = {name: sha256((ROOT / name).read_bytes()).hexdigest()[:16] for name in RELEASED if (ROOT / name).exists()}
    assert digests == RELEASED, "A released migration stays as it is: add another."


def test_a_column_that_is_added_has_a_default_in_the_database():
    """A process of the version before writes rows without it. SQLite makes tables anew, so that no linter sees it."""
    added = [
        (name, node.lineno, {keyword.arg for call in ast.walk(node) for keyword in getattr(call, "keywords", ())})
        for name in FILES
        if re.match(r"(?:home|news)/migrations/0", name) and name not in RELEASED
        for node in ast.walk(parsed(name))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "AddField"
    ]
    assert added
    assert [where for *where, arguments in added if not arguments & {"db_default", "null"}] == []


def test_migrations_leave_block_definitions_out():
    migrations = [name for name in FILES if re.match(r"(?:home|news)/migrations/0", name)]
    assert set(RELEASED) <= set(migrations)
    assert [name for name in migrations if "StructBlock" in (ROOT / name).read_text()] == []


def test_models_save_as_django_does():
    """Rules live in clean(), constraints in the database: a save() of our own would be passed over by update()."""
    models = [name for name in PRODUCT if "/models" in name]
    assert len(models) > 10
    functions = [
        (name, node.name) for name in models for node in ast.walk(parsed(name)) if isinstance(node, ast.FunctionDef)
    ]
    assert [name for name, function in functions if function == "save"] == []


def test_what_mypy_is_told_to_pass_over_has_its_reason():
    bare = re.compile(r"# type: ignore(?!\[[\w-]+\]  # \w)")
    found = [
        name for name in PYTHON if name != "tests/house/test_skeleton.py" and bare.search((ROOT / name).read_text())
    ]
    assert not found


def test_no_file_is_passed_over_whole():
    assert [name for name in PRODUCT if re.search(r"^# mypy:", (ROOT / name).read_text(), re.MULTILINE)] == []


def test_tests_patch_so_that_what_is_remembered_is_not_written_again():
    """news/tests/remembered.py sees what monkeypatch does, and nothing of other ways."""
    other_ways = re.compile(r"\bmock\b|MonkeyPatch|\btravel\(|freeze_time")
    tests = [name for name in PYTHON if name.startswith(("home/tests/", "news/tests/"))]
    assert [name for name in tests if other_ways.search((ROOT / name).read_text())] == []


def test_tests_that_empty_the_database_run_alone():
    """What a transaction of their own leaves behind is no site as `bootstrap` makes it, for those who come after."""
    alone = {"news/tests/test_once_at_once.py"}
    tests = [name for name in PYTHON if "/tests/" in f"/{name}" and name != "tests/house/test_skeleton.py"]
    assert {name for name in tests if "transaction=True" in (ROOT / name).read_text()} == alone


def test_all_of_the_product_is_strict():
    """Only what is no product of ours has rules of its own: packages without types, and tests."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mypy"]
    assert settings["strict"]
    ours = {name.removeprefix("site/").removesuffix(".py").replace("/", ".") for name in PRODUCT}
    eased = {name.removesuffix(".*") for table in settings["overrides"] for name in table["module"]}
    assert {module for module in ours for name in eased if f"{module}.".startswith(f"{name}.")} == set()


ONE_FOR_EACH_DATABASE = {"home/search/postgres.py", "home/search/sqlite.py"}


def test_a_name_of_a_class_says_which():
    """No two classes of one name: whoever reads `Row` must not ask of what. Django wants its commands called so."""
    places = defaultdict(set)
    for name in PRODUCT:
        for node in parsed(name).body:
            if isinstance(node, ast.ClassDef) and node.name != "Command":
                places[node.name].add(name)
    assert {
        name: found for name, found in places.items() if len(found) > 1 and not found <= ONE_FOR_EACH_DATABASE
    } == {}


SCREENS = ("home/", "news/admin/", "news/models/", "news/management/", "news/templatetags/", "news/wagtail_hooks.py")
PUBLIC_VIEWS = {
    "news/bilingual.py",
    "news/feeds.py",
    "news/health.py",
    "news/metrics.py",
    "news/sitemaps.py",
    "news/urls.py",
}
OF_A_REQUEST = ("django.http", "django.forms", "django.shortcuts", "django.views", "django.contrib.messages")


def imports_of(name):
    for node in ast.walk(parsed(name)):
        if isinstance(node, ast.ImportFrom):
            yield node.module or ""
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def test_requests_and_forms_are_the_screens_matter():
    rooms = [name for name in PRODUCT if name.startswith("news/") and not name.startswith(SCREENS)]
    assert len(rooms) > 50
    found = [name for name in rooms if name not in PUBLIC_VIEWS and any(map(is_of_a_request, imports_of(name)))]
    assert found == []


def is_of_a_request(module):
    return module.startswith(OF_A_REQUEST)
