"""What an operator or an editor can touch stands in the docs."""

import re

import pytest
from django.core.management import load_command_class

from news.bootstrap import PAGE_PERMISSIONS

from .tree import PRODUCT, ROOT

PAGES = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
OPERATORS = (ROOT / "docs" / "operators.md").read_text()
SETTINGS = "\n".join(path.read_text() for path in (ROOT / "site" / "newsroom" / "settings").glob("*.py"))
COMMANDS = [
    (path.parts[-4], path.stem)
    for app in ("home", "news")
    for path in (ROOT / app / "management" / "commands").glob("[a-z]*.py")
]


def test_every_environment_variable_is_explained():
    names = set(re.findall(r'env(?:iron\.get|\.\w+)?\(\s*"([A-Z_]+)"', SETTINGS))
    assert len(names) > 10
    assert [name for name in sorted(names) if f"`{name}`" not in OPERATORS] == []


OPTIONS_OF_ALL = {"--help", "--version", "--verbosity", "--settings", "--pythonpath", "--traceback", "--no-color"}
OPTIONS_OF_ALL |= {"--force-color", "--skip-checks"}


def test_every_command_and_its_options_are_explained():
    assert len(COMMANDS) > 10
    unsaid = [name for _app, name in COMMANDS if f"`{name}" not in OPERATORS]
    for app, name in COMMANDS:
        parser = load_command_class(app, name).create_parser("manage.py", name)
        options = {option for action in parser._actions for option in action.option_strings if option[:2] == "--"}
        unsaid += [f"{name} {option}" for option in options - OPTIONS_OF_ALL if option not in OPERATORS]
    assert unsaid == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_group_is_explained_to_editors(language):
    manual = (ROOT / "docs" / f"editors.{language}.md").read_text()
    assert [group for group in PAGE_PERMISSIONS if group not in manual] == []


def test_links_between_pages_lead_somewhere():
    links = [(path, target) for path in PAGES for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text())]
    assert len(links) > 40
    assert [(path.name, target) for path, target in links if not (path.parent / target).exists()] == []


def test_every_picture_is_shown():
    pictures = {picture.name for picture in (ROOT / "docs" / "images").iterdir()}
    texts = "".join(page.read_text() for page in PAGES)
    assert [name for name in sorted(pictures) if f"images/{name})" not in texts] == []


def test_the_environment_is_read_in_the_settings_only():
    assert [name for name in PRODUCT if "/settings/" not in name and "os.environ" in (ROOT / name).read_text()] == []
