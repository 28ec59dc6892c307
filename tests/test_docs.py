"""What an operator or an editor can touch stands in the docs."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import load_command_class

from news.bootstrap import PAGE_PERMISSIONS

ROOT = settings.BASE_DIR
OPERATORS = (ROOT / "docs" / "operators.md").read_text()
SETTINGS = "\n".join(path.read_text() for path in (ROOT / "site" / "newsroom" / "settings").glob("*.py"))
COMMANDS = [
    (path.parts[-4], path.stem)
    for app in ("home", "news")
    for path in (ROOT / app / "management" / "commands").glob("[a-z]*.py")
]


@pytest.mark.parametrize("name", sorted(set(re.findall(r'env(?:iron\.get|\.\w+)?\(\s*"([A-Z_]+)"', SETTINGS))))
def test_every_environment_variable_is_explained(name):
    assert f"`{name}`" in OPERATORS


@pytest.mark.parametrize(("app", "name"), COMMANDS)
def test_every_command_and_its_options_are_explained(app, name):
    assert f"`{name}" in OPERATORS
    parser = load_command_class(app, name).create_parser("manage.py", name)
    base = {"--help", "--version", "--verbosity", "--settings", "--pythonpath", "--traceback", "--no-color"}
    base |= {"--force-color", "--skip-checks"}
    for action in parser._actions:
        for option in action.option_strings:
            if option.startswith("--") and option not in base:
                assert option in OPERATORS


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("group", PAGE_PERMISSIONS)
def test_every_group_is_explained_to_editors(group, language):
    assert group in (ROOT / "docs" / f"editors.{language}.md").read_text()


@pytest.mark.parametrize("path", [*(ROOT / "docs").glob("*.md"), ROOT / "README.md"], ids=lambda path: path.name)
def test_links_between_pages_lead_somewhere(path):
    for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text()):
        assert (path.parent / target).exists(), target


@pytest.mark.parametrize("picture", (ROOT / "docs" / "images").iterdir(), ids=lambda path: path.name)
def test_every_picture_is_shown(picture):
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    assert any(f"images/{picture.name})" in page.read_text() for page in pages)


def test_the_environment_is_read_in_the_settings_only():
    for path in [*ROOT.glob("home/**/*.py"), *ROOT.glob("news/**/*.py"), *ROOT.glob("site/**/*.py")]:
        if "settings" not in path.parts and "tests" not in path.parts:
            assert "os.environ" not in Path(path).read_text(), path


@pytest.mark.parametrize(
    ("path", "name"), re.findall(r"`([\w/]+\.py)::(\w+)`", (ROOT / "docs" / "readers.md").read_text())
)
def test_every_rule_names_a_test_that_is_there(path, name):
    assert re.search(rf"^ *(?:def|class) {name}\b", (ROOT / path).read_text(), re.MULTILINE)
