"""What we replace, copy or reach into of Wagtail, localize and others is as somebody has read it: tests/upstream/."""

import ast
import inspect
import pkgutil
import re
import shutil
from functools import cached_property
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.utils.functional import cached_property as DjangosCachedProperty  # noqa: N812

from tests.upstream import register
from tests.upstream.register import ROOT, changes, names_of, places, source, told

from .tree import PRODUCT, parsed

OURS = ("home", "news", "newsroom")
UPSTREAM = ("csp", "laces", "modelcluster", "modelsearch", "taggit", "treebeard", "wagtail", "wagtail_localize")
DOCUMENTED = {
    # Methods that these packages tell people to override: their release notes say when one changes.
    "clean",
    "get_actions",
    "get_context",
    "get_context_data",
    "get_description",
    "get_queryset",
    "get_urlpatterns",
    "is_shown",
    "on_action",
}
PLACES = places()


def test_every_source_is_as_somebody_has_read_it():
    found = changes()
    assert not found, "\n\n" + "\n\n".join(told(name, *found[name]) for name in sorted(found))


def test_every_entry_is_about_a_file_of_ours_that_speaks_of_it():
    wrong = []
    for place in PLACES:
        assert place.how in ("copies", "reaches into", "replaces"), place
        path = ROOT / place.ours
        if not path.is_file():
            wrong.append(f"{place.ours} is gone: take its entry out of tests/upstream/, or name the file it became.")
            continue
        text = path.read_text()
        wrong += [
            f"{place.ours} does not say {word!r} any more: take that out of its entry in tests/upstream/."
            for word in place.words
            if word not in text
        ]
    assert not wrong, "\n" + "\n".join(wrong)


def ours_below(folder):
    """{name as Django finds it: path} of our files in the folders of that name."""
    apps_of_ours = [Path(app.path) for app in apps.get_app_configs() if app.name.split(".")[0] in OURS]
    roots = [*(path / folder for path in apps_of_ours), settings.PROJECT_DIR / folder]
    return {str(path.relative_to(root)): path for root in roots for path in root.rglob("*") if path.is_file()}


@pytest.mark.parametrize("folder", ["templates", "static"])
def test_what_shadows_a_file_of_an_installed_package_is_registered(folder):
    """Django takes ours, whichever of both was meant."""
    registered = {(place.ours, name.partition(f"/{folder}/")[2]) for place in PLACES for name in place.source}
    shadows = set()
    for app in apps.get_app_configs():
        for name, path in ours_below(folder).items():
            if app.name.split(".")[0] not in OURS and (Path(app.path) / folder / name).is_file():
                shadows.add((str(path.relative_to(ROOT)), name))
    assert shadows - registered == set()
    if folder == "templates":
        assert len(shadows) > 10


METHODS = (
    *(type(test_every_source_is_as_somebody_has_read_it), property, classmethod, staticmethod),
    *(cached_property, DjangosCachedProperty),
)


def classes_of_ours():
    for package in OURS:
        for module in pkgutil.walk_packages(import_module(package).__path__, f"{package}."):
            if not any(part in module.name for part in (".tests", ".migrations", ".settings", ".wsgi")):
                members = inspect.getmembers(import_module(module.name), inspect.isclass)
                yield from (each for _name, each in members if each.__module__ == module.name)


def overridden():
    """{(file of ours, name of the method upstream)}: mixins count where a class of ours puts them before upstream's."""
    found = set()
    for each in classes_of_ours():
        line = each.__mro__
        for number, mixin in enumerate(line):
            if mixin.__module__.split(".")[0] in OURS:
                for name in methods_of(mixin) - DOCUMENTED:
                    base = next((base for base in line[number + 1 :] if is_upstream(base) and name in vars(base)), None)
                    if base is not None:
                        file = Path(inspect.getfile(mixin)).relative_to(ROOT)
                        found.add((str(file), f"{base.__module__}.{base.__qualname__}.{name}"))
    return found


def methods_of(each):
    names = {name for name, value in vars(each).items() if isinstance(value, METHODS)}
    return {name for name in names if name == "__init__" or not name.endswith("__")} - {"media"}  # Django's own


def is_upstream(base):
    return base.__module__.split(".")[0] in UPSTREAM


def test_what_overrides_a_method_that_nobody_documents_is_registered():
    """Of that method, or of its whole class."""
    registered = {(place.ours, name) for place in PLACES for name in place.source}
    found = overridden()
    assert len(found) > 50
    missing = {
        (ours, method)
        for ours, method in found
        if (ours, method) not in registered and (ours, method.rpartition(".")[0]) not in registered
    }
    assert missing == set()


DOCUMENTED_ALL_THE_SAME = {"_meta", "_default_manager", "_asdict", "_StrPromise", "_exit"}


def test_private_names_are_registered():
    """`something._private` of what is not ours, and private names that are imported."""
    trees = {name: parsed(name) for name in PRODUCT}
    ours = {private for tree in trees.values() for private in defined_in(tree)}
    wrong = set()
    for name, tree in trees.items():
        said = " ".join(word for place in PLACES if place.ours == name for word in [*place.words, *place.source])
        names = private_names(tree) - DOCUMENTED_ALL_THE_SAME - ours
        wrong |= {(name, private) for private in names if private not in said}
    assert wrong == set()


def private_names(tree):
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.Attribute) and getattr(node.value, "id", "") not in ("self", "cls"):
            found.add(node.attr)
    return {name for name in found if name.startswith("_") and not name.endswith("__")}


def defined_in(tree):
    for node in tree.body:
        yield from names_of(node)


@pytest.fixture
def packages(tmp_path):
    """A folder of packages with one source in it, that a test may change."""

    def copy_of(name):
        path = source(name).path
        top = name.replace("/", ".").split(".")[0]
        inside = path.relative_to(register.site_packages_of(top))
        (tmp_path / inside).parent.mkdir(parents=True, exist_ok=True)
        return shutil.copy(path, tmp_path / inside)

    copy_of.folder = tmp_path
    return copy_of


METHOD = "wagtail.models.pages.AbstractPage.with_content_json"
HOOKS = "wagtail.hooks._hooks"


@pytest.mark.parametrize(
    "name",
    [
        METHOD,
        HOOKS,
        "wagtail/admin/templates/wagtailadmin/login.html",
        "wagtail_localize/static/wagtail_localize/js/wagtail-localize.js",
    ],
)
def test_a_change_is_told_with_where_it_is_and_what_stands_on_it(packages, name):
    path = packages(name)
    read = source(name)
    assert source(name, packages.folder).digest == read.digest
    lines = path.read_text().split("\n")
    lines[read.line - 1] += " "
    path.write_text("\n".join(lines))
    matter, stands_on = changes(packages.folder)[name]
    words = told(name, matter, stands_on)
    assert f"{path}:{read.line}" in words
    assert all(place.ours in words and place.why in words for place in PLACES if name in place.source)
    assert f"accept {name}" in words


def test_a_change_beside_it_is_no_matter(packages):
    path = packages(METHOD)
    path.write_text(f"# another line\n{path.read_text()}")
    assert METHOD not in changes(packages.folder)


def test_what_is_gone_is_told(packages):
    path = packages(METHOD)
    path.write_text(path.read_text().replace("def with_content_json", "def with_content"))
    assert "is gone" in changes(packages.folder)[METHOD][0]


def test_a_digest_is_taken_for_one_name_alone(tmp_path, monkeypatch):
    files = [Path(shutil.copy(file, tmp_path)) for file in register.FILES]
    monkeypatch.setattr(register, "FILES", files)
    before = {name: digest for place in PLACES for name, digest in place.source.items()}
    others = register.changes().keys() - {METHOD, HOOKS}
    for file in files:
        file.write_text(file.read_text().replace(before[METHOD], "as it was").replace(before[HOOKS], "as it was"))
    assert register.changes().keys() - others == {METHOD, HOOKS}
    assert [place.ours for place in register.accept(METHOD)] == ["home/upstream/drafts.py", "home/models.py"]
    assert register.changes().keys() - others == {HOOKS}
    with pytest.raises(KeyError):
        register.accept("wagtail.hooks.register_temporarily")


def test_every_workaround_says_when_it_can_go():
    for path in (ROOT / "home" / "upstream").glob("[a-z]*.py"):
        said = " ".join((ast.get_docstring(ast.parse(path.read_text())) or "").lower().split())
        assert re.search(r"\bgoes? once\b", said), path.name
