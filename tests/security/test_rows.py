"""The register of harm is true: each test is there, in the stage that is named, and the docs say the same."""

import pytest

from tests.registered import misplaced

from .code import is_argued
from .rows import PAGE, harms, musts, page

pytestmark = pytest.mark.house


def test_each_row_has_tests_in_the_stages_that_are_named():
    rows = [*harms, *musts]
    assert misplaced(rows) == {}, "there is none of that name (None), or .ci/run has it in this stage"
    assert [row for row in rows if not row.quick] == [], "each is held by something that every change runs"
    assert len({row.line for row in rows}) == len(rows)


def test_the_docs_say_what_the_register_says():
    assert PAGE.read_text() == page(), "python -m tests.security docs writes it anew"


@pytest.mark.parametrize(
    ("line", "argued"),
    [
        ("query = f'{A}'  # noqa: S608  (ours)", True),
        ("query = f'{A}'  # noqa: E501, S608", True),
        ("query = f'{A}'  # noqa: S605", False),
        ("query = f'{A}'  # noqa: E501", False),
        ("query = f'{A}'  # see S608", False),
    ],
)
def test_a_finding_is_argued_in_its_line(tmp_path, line, argued):
    (tmp_path / "a.py").write_text(f"A = 1\n{line}\n")
    found = {"test_id": "B608", "filename": "a.py", "line_range": [2]}
    assert is_argued(found, tmp_path) is argued
    assert not is_argued({**found, "line_range": [1]}, tmp_path)
