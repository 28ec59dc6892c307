"""Tests that a register names: in which stage each runs, and how a page shows them."""

import ast
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STAGES = ("quick", "full", "nightly")


@dataclass(frozen=True, kw_only=True)
class Tested:
    """A row that names its tests, by stage."""

    quick: tuple[str, ...] = ()
    full: tuple[str, ...] = ()
    nightly: tuple[str, ...] = ()

    @property
    def tests(self):
        """{node id: stage}"""
        return {test: stage for stage in STAGES for test in getattr(self, stage)}

    @property
    def shown(self):
        return "; ".join(f"{short(test)} ({stage})" for test, stage in self.tests.items())


def short(test):
    """The test as it is found: its file, and its name."""
    file, *_classes, name = test.split("::")
    return f"[`{name}`](../{file})"


def nodes_of(rows):
    return list(dict.fromkeys(test for row in rows for test in row.tests))


def misplaced(rows):
    """{node id: its stage}: those that run in another stage than their row says; None where there is no such test."""
    return {test: stage_of(test) for row in rows for test, stage in row.tests.items() if stage_of(test) != stage}


def stage_of(test):
    """The first stage that runs some case of it, by the marks in its file; None where there is no such test."""
    file, *names = test.split("::")
    if not (ROOT / file).is_file():
        return None
    tree = ast.parse((ROOT / file).read_text())
    marks, scope = marks_of_module(file, tree), tree
    for name in names:
        found = [node for node in scope.body if getattr(node, "name", "") == name]
        if not found:
            return None
        [scope] = found
        marks += [ast.unparse(decorator) for decorator in scope.decorator_list if is_of_all(decorator)]
    return next((stage for stage in STAGES[:0:-1] if any(f"mark.{stage}" in mark for mark in marks)), "quick")


def is_of_all(decorator):
    """Whether it marks all cases; what stands inside a list of cases marks some."""
    return ".parametrize" not in ast.unparse(decorator)


def marks_of_module(file, tree):
    """What its `pytestmark` says; `needed` is that of another file."""
    said = [ast.unparse(node.value) for node in tree.body if is_pytestmark(node)]
    if any("needed" in words for words in said) and file != "tests/nginx.py":
        said.append((ROOT / "tests" / "nginx.py").read_text().partition("needed = ")[2].partition("\n")[0])
    return said


def is_pytestmark(node):
    return isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark"
