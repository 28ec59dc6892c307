"""Rules and transitions of a release: the code cites them, docs/release.md says them, tests hold them."""

import ast
import io
import re
import tokenize

import pytest

from .tree import ROOT

RELEASE, LOCALIZE = ROOT / "docs" / "release.md", ROOT / "docs" / "localize.md"
RULES, ROWS = range(1, 33), range(1, 24)
NAMED = re.compile(r"`([\w/]+\.py)::(\w+)`")
CITED = re.compile(
    r"\b(rule|row)s?\s(\d+(?:(?:\s?[-–]\s?|,? (?:to|and|or) |, )\d+)*)(?: of the (rule|transition)s)?", re.IGNORECASE
)
TRANSITIONS = sorted((ROOT / "news" / "tests").glob("test_transitions*.py"))
SOURCES = [
    path
    for app in ("home", "news")
    for path in (ROOT / app).glob("**/*.py")
    if "tests" not in path.relative_to(ROOT).parts
]


def table(kind):
    """[(number, {(file, name) of the tests that hold it})] of the `rule`s or `row`s in the document."""
    lines = RELEASE.read_text().partition(f"| {kind} |")[2].partition("\n\n")[0].splitlines()
    return [
        (int(number[1]), set(NAMED.findall(line.rpartition(" | ")[2])))
        for line in lines
        if (number := re.match(r"\| (\d+) \|", line))
    ]


def said_in(source):
    """The docstrings of a module, those below assignments too, and its comments."""
    nodes = [node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Expr)]
    yield from (node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    yield " ".join(token.string.lstrip("# ") for token in tokens if token.type == tokenize.COMMENT)


def cited_in(text):
    """{("rule" or "row", number)}; "Rules 2 to 4 and 6" are four, and "Row 11 of the rules" is a rule."""
    found = set()
    for noun, numbers, of_what in CITED.findall(" ".join(text.split())):
        kind = {"rule": "rule", "transition": "row"}.get(of_what.lower(), noun.lower())
        for first, last in re.findall(r"(\d+)(?:(?:\s?[-–]\s?|,? to )(\d+))?", numbers):
            found |= {(kind, number) for number in range(int(first), int(last or first) + 1)}
    return found


def numbered_tests():
    """[(file, name, number)] of the tests that bear the number of a row, `test_04_...` or `TestRow04...`."""
    for path in TRANSITIONS:
        for node in ast.parse(path.read_text()).body:
            number = re.match(r"(?:test_|TestRow)(\d\d)", getattr(node, "name", ""))
            if number:
                yield str(path.relative_to(ROOT)), node.name, int(number[1])


@pytest.fixture(scope="module")
def citations():
    """[(file, "rule" or "row", number)]"""
    return sorted(
        {
            (str(path.relative_to(ROOT)), *cited)
            for path in SOURCES
            for text in said_in(path.read_text())
            for cited in cited_in(text)
        }
    )


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("Rule 9; row 21 of the transitions.", {("rule", 9), ("row", 21)}),
        ("Rules 2 to 4, 6, 8 and 12.", {("rule", number) for number in (2, 3, 4, 6, 8, 12)}),
        ("Rows 1, 2, 4, 5 and 14 of the transitions.", {("row", number) for number in (1, 2, 4, 5, 14)}),
        ("Row 11 of the rules: the explicit act.", {("rule", 11)}),
        ("See rows 13\nto 15, or 2.", {("row", 13), ("row", 14), ("row", 15), ("row", 2)}),
        ("Rules 1–3 hold; rows are 350 long.", {("rule", 1), ("rule", 2), ("rule", 3)}),
        ("A row of figures, 12 of them.", set()),
    ],
)
def test_citations_are_read_as_they_are_meant(text, cited):
    assert cited_in(text) == cited


def test_rules_and_rows_are_numbered_without_a_gap():
    assert [number for number, _tests in table("rule")] == list(RULES)
    assert [number for number, _tests in table("row")] == list(ROWS)


def test_every_rule_and_row_is_held_by_a_test():
    assert [(kind, number) for kind in ("rule", "row") for number, tests in table(kind) if not tests] == []


@pytest.mark.parametrize("document", ["release.md", "localize.md", "readers.md"])
def test_every_test_named_is_there(document):
    named = set(NAMED.findall((ROOT / "docs" / document).read_text()))
    assert len(named) > 20
    assert [f"{path}::{name}" for path, name in sorted(named) if not is_there(path, name)] == []


def is_there(path, name):
    path = ROOT / path
    return path.exists() and re.search(rf"^ *(?:def|class) {name}\b", path.read_text(), re.MULTILINE)


def test_every_row_on_localize_names_a_test():
    lines = [line for line in LOCALIZE.read_text().splitlines() if line.startswith("| ") and "| held by |" not in line]
    assert len(lines) > 30
    assert [line for line in lines if not NAMED.findall(line.rpartition(" | ")[2])] == []


def test_the_code_cites_rules_and_rows(citations):
    assert {kind for _path, kind, _number in citations} == {"rule", "row"}


def test_what_the_code_cites_is_written_down(citations):
    written = {kind: dict(table(kind)) for kind in ("rule", "row")}
    assert [cited for cited in citations if cited[2] not in written[cited[1]]] == []


def test_a_numbered_test_stands_in_its_row():
    rows = dict(table("row"))
    assert [test for test in numbered_tests() if test[:2] not in rows[test[2]]] == []


def test_every_row_has_a_test_of_its_number():
    assert {number for _path, _name, number in numbered_tests()} == set(ROWS)
