"""The house stands as its plan says."""

import ast
import re
import subprocess
import sys
import tomllib
from collections import defaultdict

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


WRITTEN_BY_HAND = {"home/migrations/0002_search_index.py"}


def test_migrations_leave_block_definitions_out():
    for app in ("home", "news"):
        migrations = [name for name in FILES if name.startswith(f"{app}/migrations/0")]
        assert set(migrations) - WRITTEN_BY_HAND == {f"{app}/migrations/0001_initial.py"}
        assert "StructBlock" not in (ROOT / migrations[0]).read_text()


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
    found = [name for name in PYTHON if name != "tests/test_skeleton.py" and bare.search((ROOT / name).read_text())]
    assert not found


def test_what_is_not_strict_yet_is_there():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mypy"]
    [listed] = [table["module"] for table in settings["overrides"] if "disallow_untyped_defs" in table]
    assert settings["untyped_calls_exclude"] == listed
    for name in listed:
        assert f"{name.replace('.', '/')}.py" in FILES, name


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
PUBLIC_VIEWS = {"news/bilingual.py", "news/feeds.py", "news/sitemaps.py", "news/urls.py"}
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
