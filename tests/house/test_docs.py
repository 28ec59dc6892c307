"""What an operator or an editor can touch stands in the docs, and what the docs name is there."""

import re
import tomllib

import pytest
from django.core.management import load_command_class

from news.bootstrap import PAGE_PERMISSIONS
from newsroom import __version__
from newsroom.settings.register import SETTINGS as REGISTER

from .tree import PRODUCT, ROOT

PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("**/*.md")]
ENGLISH, CHINESE = ((ROOT / name).read_text() for name in ("README.md", "README.zh.md"))
OPERATORS = (ROOT / "docs" / "operators.md").read_text()
SETTINGS = "\n".join(path.read_text() for path in (ROOT / "site" / "newsroom" / "settings").glob("*.py"))
COMMANDS = [
    (path.parts[-4], path.stem)
    for app in ("home", "news")
    for path in (ROOT / app / "management" / "commands").glob("[a-z]*.py")
]


def test_every_setting_that_is_read_is_made_use_of():
    """That each is explained: tests/test_settings.py."""
    assert set(re.findall(r'told\["([A-Z_]+)"\]', SETTINGS)) == set(REGISTER)


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


def headings(path):
    """The names by which a forge lets one link to the headings of a page."""
    found = re.findall(r"^#+ (.+)$", re.sub(r"^```.*?^```", "", path.read_text(), flags=re.S | re.M), re.M)
    return {re.sub(r"[^\w\- ]", "", re.sub(r"\]\([^)]*\)", "", heading)).lower().replace(" ", "-") for heading in found}


def test_links_to_headings_lead_to_one():
    links = [(path, *found) for path in PAGES for found in re.findall(r"\]\(([^)#:]*)#([^)]+)\)", path.read_text())]
    assert len(links) > 5
    there = [((path.parent / target) if target else path, name) for path, target, name in links]
    assert [f"{path.name}#{name}" for path, name in there if name not in headings(path)] == []


def test_every_picture_is_shown_and_light():
    pictures = {picture.name: picture.stat().st_size for picture in (ROOT / "docs" / "images").iterdir()}
    texts = "".join(page.read_text() for page in PAGES)
    assert [name for name in sorted(pictures) if f"images/{name})" not in texts] == []
    most = {".png": 300_000, ".webp": 2_000_000}
    assert {name: size for name, size in pictures.items() if not 0 < size <= most[name[name.rindex(".") :]]} == {}


def test_every_page_stands_in_an_index():
    for folder in (ROOT / "docs", ROOT / "docs" / "decisions"):
        index = (folder / "README.md").read_text()
        assert [
            page.name for page in folder.glob("*.md") if page.name != "README.md" and f"({page.name})" not in index
        ] == []


def test_both_readmes_have_the_same_parts_pictures_commands_and_links():
    def parts(text):
        return re.findall(r"^(?:#+|\d\.|-|\||!)", text, re.M)

    def links(text):
        targets = re.findall(r"\]\(([^)]+)\)", text)
        return sorted(re.sub(r"[-.](?:en|zh)\.", ".", target) for target in targets if not target.startswith("README"))

    assert len(parts(ENGLISH)) > 30
    assert parts(ENGLISH) == parts(CHINESE)
    assert sorted(re.findall(r"`[^`]+`", ENGLISH)) == sorted(re.findall(r"`[^`]+`", CHINESE))
    assert links(ENGLISH) == links(CHINESE)
    assert "-zh." not in "".join(re.findall(r"!\[.*?\]\(.*?\)", ENGLISH))
    assert "-en." not in "".join(re.findall(r"!\[.*?\]\(.*?\)", CHINESE))


@pytest.mark.parametrize("readme", [ENGLISH, CHINESE], ids=["en", "zh"])
@pytest.mark.parametrize("name", ["Python", "Django", "Wagtail", "wagtail-localize"])
def test_versions_are_those_that_are_allowed(readme, name):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    needs = {"Python": project["requires-python"]}
    for need in project["dependencies"]:
        package = re.match(r"[\w-]+", need)[0]
        needs[package] = need.removeprefix(package)
    from_then, *up = re.findall(r"\d+", needs.get(name) or needs[name.lower()])
    [said] = re.findall(rf"^\| {name} \| (.+?) \|$", readme, re.M)
    assert re.findall(r"[\d.]+", said) == [f"{from_then}.{up[0]}"]
    assert set(re.findall(rf"{name} (\d+\.\d+)", readme)) <= {f"{from_then}.{up[0]}"}
    assert bool(re.search("or newer|及以上", said)) == (name == "Python")


def test_what_is_to_be_typed_is_there():
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M)
    texts = {page: page.read_text() for page in PAGES}
    typed = {name for text in texts.values() for name in re.findall(r"(?:`|^)(?:PORT=\d+ )?make ([a-z-]+)", text, re.M)}
    assert len(typed) > 8
    assert typed - set(targets) == set()
    assert [page.name for page, text in texts.items() if re.search(r"pip install [^`\n]*\bnewsroom\b", text)] == []


INVENTED = {"news/templates/news/blocks/brief.html", "news/blocks/brief.html"}
"""What the recipes of CONTRIBUTING.md make."""


def test_the_places_of_the_recipes_are_there():
    text = (ROOT / "CONTRIBUTING.md").read_text()
    places = set(re.findall(r"(?<![\w./])(?:news|home|tests|docs|site|locale|bench)/[\w/.-]*\w", text))
    assert len(places) > 15
    assert {place for place in places - INVENTED if not (ROOT / place).exists()} == set()
    tests = "".join(path.read_text() for path in (ROOT / "news" / "tests").glob("test_*.py"))
    named = re.findall(r"`(test_\w+)`", text)
    assert named
    assert [name for name in named if f"def {name}(" not in tests] == []


def test_the_changelog_knows_the_version():
    assert re.search(rf"^## \[?{re.escape(__version__)}\b", (ROOT / "CHANGELOG.md").read_text(), re.M)


def test_hooks_are_a_part_of_lint():
    lint = re.search(r"^lint:.*?\n\n", (ROOT / "Makefile").read_text(), re.M | re.S)[0]
    hooks = re.findall(r"entry: (?:env \S+ )?(\S+)", (ROOT / ".pre-commit-config.yaml").read_text())
    assert len(hooks) > 5
    assert [
        hook for hook in hooks if hook.replace(".venv/bin", "$(BIN)").replace("$(BIN)/python", "$(MANAGE)") not in lint
    ] == []


def test_the_forge_runs_what_everybody_runs_and_may_do_little():
    workflow = (ROOT / ".github" / "workflows" / "ci.yml").read_text()
    assert re.findall(r"- run: (\S+)", workflow)[-1] == ".ci/run"
    assert "permissions:\n  contents: read\n" in workflow
    assert [action for action in re.findall(r"uses: (\S+)", workflow) if not re.search(r"@[0-9a-f]{40}$", action)] == []


def test_the_environment_is_read_in_the_settings_only():
    assert [name for name in PRODUCT if "/settings/" not in name and "os.environ" in (ROOT / name).read_text()] == []
