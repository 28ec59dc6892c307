"""What a file says of a form beside writing it: what is not known to be right is no right term."""

import pytest

from news.glossary import csv_format, tbx_format

from .test_glossary_files import table, told

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("head", ["en,zh,status", "英文,中文,审核状态", None])
@pytest.mark.parametrize(
    ("status", "is_taken"),
    [("approved", True), ("", True), ("规范译法", True), ("Admitted Term", True), ("deprecatedTerm-admn-sts", False),
     ("Not recommended", False), ("禁用", False), ("do not use", False), ("已过时", False)],
)  # fmt: skip
def test_a_row_of_doubtful_status_is_no_right_term(head, status, is_taken):
    reading = csv_format.read(table(*filter(None, [head, "tide,潮,approved", f"wave,浪,{status}"])))
    assert [row.values["english"] for row in reading.rows] == ["tide", "wave"][: 1 + is_taken]
    assert [status in each.message for each in reading.left] == [True] * (not is_taken)


@pytest.mark.parametrize("status", ["待定", "proposed", "?", "under review"])
def test_a_status_that_is_not_known_is_not_right(status):
    reading = csv_format.read(table("english,chinese,status", "tide,潮,approved", f"wave,浪,{status}"))
    assert [row.values["english"] for row in reading.rows] == ["tide"]
    assert status in reading.left[0].message


def concept(*statuses, above=""):
    said = "".join(f'<termNote type="{kind}">{status}</termNote>' for kind, status in statuses)
    return f"""<tbx type="TBX-Basic"><text><body><conceptEntry id="1">{above}
<langSec xml:lang="en"><termSec><term>quay</term></termSec>
<termSec><term>wharfage</term>{said}</termSec></langSec>
<langSec xml:lang="zh"><termSec><term>码头</term></termSec></langSec></conceptEntry></body></text></tbx>""".encode()


ADMINISTRATIVE, NORMATIVE = "administrativeStatus", "normativeAuthorization"


@pytest.mark.parametrize(
    ("statuses", "field"),
    [
        ([(ADMINISTRATIVE, "admittedTerm-admn-sts")], "also"),
        ([(NORMATIVE, "standardizedTerm")], "also"),
        ([(ADMINISTRATIVE, "notRecommended")], "forbidden"),
        ([(ADMINISTRATIVE, "deprecatedTerm-admn-sts")], "forbidden"),
        ([(ADMINISTRATIVE, "deprecated")], "forbidden"),
        ([(ADMINISTRATIVE, "forbidden")], "forbidden"),
        ([("termStatus", "rejected")], "forbidden"),
        ([("x-status", "Not-Recommended")], "forbidden"),
        ([(ADMINISTRATIVE, "obsolete")], "former"),
        ([(NORMATIVE, "supersededTerm")], "former"),
        ([(ADMINISTRATIVE, "preferredTerm-admn-sts"), (NORMATIVE, "deprecatedTerm")], "forbidden"),
        ([(NORMATIVE, "deprecatedTerm"), (ADMINISTRATIVE, "preferredTerm-admn-sts")], "forbidden"),
        ([(ADMINISTRATIVE, "on trial"), (NORMATIVE, "supersededTerm")], "former"),
    ],
)
def test_a_form_is_what_the_worst_of_its_statuses_says(statuses, field):
    reading = tbx_format.read(concept(*statuses))
    (row,) = reading.rows
    assert {name: value for name, value in row.values.items() if "wharfage" in value} == {
        f"english_{field}": "wharfage"
    }
    assert (row.values["english"], reading.left) == ("quay", [])


@pytest.mark.parametrize(
    "statuses",
    [[(ADMINISTRATIVE, "on trial")], [("processStatus", "provisionallyProcessed")],
     [("language-planningQualifier", "proposedTerm")], [(ADMINISTRATIVE, "preferred"), (NORMATIVE, "待定")]],
)  # fmt: skip
def test_a_form_whose_status_is_not_known_is_left_out_and_named(statuses):
    reading = tbx_format.read(concept(*statuses))
    assert "wharfage" not in str(reading.rows)
    ((line, message),) = told(reading.left)
    assert line == 3
    assert message.startswith("“wharfage” is left out")
    assert statuses[-1][1] in message


def test_what_is_said_of_a_whole_concept_holds_for_its_forms():
    rejected = tbx_format.read(concept(above='<admin type="entryStatus">rejected</admin>'))
    assert (rejected.rows[0].values["english"], rejected.rows[0].values["chinese_forbidden"]) == ("", "码头")
    draft = tbx_format.read(concept(above='<admin type="entryStatus">draft</admin>'))
    assert (draft.rows, len(draft.left)) == ([], 3)
