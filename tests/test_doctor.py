"""`doctor` on a site as docs/operators.md sets one up, and on a database that is damaged."""

import json
from pathlib import Path

import pytest
from django.db import connection

from news.tests.test_release_processes import pristine, site  # noqa: F401  (fixtures)

from .served import Served

pytestmark = [pytest.mark.full, pytest.mark.django_db]
RUN = (
    "from django.core.management import call_command as run; "
    "[run(name) for name in ('upgrade', 'release_due', 'send_notices', 'work', 'front_nginx')]"
)


def mended(told):
    """{about} of what has to be mended."""
    found = json.loads(told[told.index("{") : told.rindex("}") + 1])["findings"]
    return {each["about"] for each in found if each["gravity"] == "mend"}


def test_what_an_operator_still_has_to_do_is_named_until_it_is_done(site, tmp_path):  # noqa: F811
    served = Served(
        tmp_path,
        DATABASE_URL=site.environment["DATABASE_URL"],
        FRONT_DIR=str(tmp_path / "front"),
        HEALTH_NETWORKS="10.0.0.0/8",
    )
    before = mended(served.manage("doctor", "--json", "--site", code=1))
    assert before == {"commands", "search", "site", "static files"}
    served.manage("shell", "-v0", "-c", RUN)
    with served.running():
        assert served.ask("/en/").status == 200
        said = served.manage("doctor", "--site")
    assert said.endswith("Nothing has to be mended.\n")
    assert f"well  site: {served.url} answers." in said
    assert f"well  stored pages: 1 of them in {tmp_path / 'front'}." in said


@pytest.mark.skipif(connection.vendor != "sqlite", reason="of a file")
def test_a_damaged_file_is_named(site):  # noqa: F811
    path = Path(site.environment["DATABASE_URL"].removeprefix("sqlite:///"))
    content = bytearray(path.read_bytes())
    for page in range(40, len(content) // 4096, 3):
        content[page * 4096 : page * 4096 + 200] = b"\xff" * 200
    path.write_bytes(content)
    said = site.run("manage.py", "doctor", "--json", code=1)
    assert "database" in mended(said)
    assert "damaged" in said
