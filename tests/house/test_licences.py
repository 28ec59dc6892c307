"""Whatever is others' work says so, and goes along with its licence."""

import hashlib
import re
import tomllib

from home.management.commands.make_character_table import HEAD, NEVER_SIMPLIFIED

from .tree import FILES, ROOT

NOTICE = (ROOT / "NOTICE").read_text()
MARK = "SPDX-File" + "CopyrightText:"
OFFICIAL_APACHE_2 = "cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30"


def test_every_file_with_others_work_is_in_the_notice_and_says_so_itself():
    marked = {name for name in FILES if (ROOT / name).is_file() and MARK.encode() in (ROOT / name).read_bytes()}
    assert set(re.findall(r"^    (\S+)", NOTICE, re.MULTILINE)) == marked


def test_every_licence_lies_here_and_goes_along():
    named = set(re.findall(r"licences/[\w.-]+\.txt", NOTICE))
    assert {name for name in FILES if name.startswith("licences/")} == named
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    packed = {path.relative_to(ROOT).as_posix() for pattern in project["license-files"] for path in ROOT.glob(pattern)}
    assert packed == {"LICENSE", "NOTICE", *named}
    identifiers = set(re.findall(r"^(BSD-3-Clause|Apache-2\.0),", NOTICE, re.MULTILINE))
    assert set(project["license"].split(" AND ")) == {"BSD-3-Clause", *identifiers}


def test_the_apache_licence_is_whole():
    assert hashlib.sha256((ROOT / "licences" / "Apache-2.0.txt").read_bytes()).hexdigest() == OFFICIAL_APACHE_2


def test_the_tables_begin_as_they_are_generated():
    """They cannot be made anew here; what they say of their source can."""
    for name, which in (("home/search/characters.py", ""), ("news/checks/traditional.py", NEVER_SIMPLIFIED)):
        assert (ROOT / name).read_text().startswith(HEAD.format(which=which)), name
