"""The register of faults is true: each test is there, in the stage that is named, and the docs say the same."""

import pytest

from tests.registered import ROOT, misplaced, stage_of

from .rows import ON, PAGE, nodes, page, rows

pytestmark = pytest.mark.house


def test_each_fault_has_tests_in_the_stages_that_are_named():
    assert misplaced(rows()) == {}, "there is none of that name (None), or .ci/run has it in this stage"
    assert [row.fault for row in rows() if not row.tests or row.on not in ON] == []
    assert len({row.fault for row in rows()}) == len(rows())


def test_each_test_of_the_folder_is_in_the_register():
    named = {test.split("::")[0] for test in nodes()}
    files = {str(path.relative_to(ROOT)) for path in (ROOT / "tests" / "faults").glob("test_*.py")}
    assert files - named == {"tests/faults/test_rows.py"}


def test_the_docs_say_what_the_register_says():
    assert PAGE.read_text() == page(), "python -m tests.faults writes it anew"


def test_a_stage_is_read_from_the_marks():
    assert stage_of("tests/test_away.py::test_there_is_none") is None
    assert stage_of("tests/there_is_none.py::test_a") is None
    assert stage_of("tests/test_deployed.py::test_what_is_sent_may_have_25_megabytes") == "full", "by a list elsewhere"
    assert stage_of("tests/test_backup.py::test_only_the_newest_are_kept_and_nobody_elses") == "nightly"
    assert stage_of("tests/test_admin_words.py::test_no_english_is_left_but_names") == "full", (
        "what some cases are is no matter"
    )
    assert stage_of("news/tests/test_worker.py::TestTheNight::test_is_an_hour_of_the_sites_clock") == "quick"
