"""The register of faults: `rows.toml`, read and written into docs/faults.md."""

import tomllib
from dataclasses import dataclass

from tests.registered import ROOT, Tested, nodes_of

PAGE = ROOT / "docs" / "faults.md"
ON = {"both": "both databases", "sqlite": "SQLite", "postgresql": "PostgreSQL", "either": "–"}
HEAD = "| fault | what holds | on | tests |\n|---|---|---|---|\n"


@dataclass(frozen=True, kw_only=True)
class Row(Tested):
    fault: str
    holds: str
    on: str

    @property
    def line(self):
        return f"| {self.fault} | {self.holds} | {ON[self.on]} | {self.shown} |\n"


def rows():
    entries = tomllib.loads((ROOT / "tests" / "faults" / "rows.toml").read_text())["row"]
    return [Row(**entry) for entry in entries]


def nodes():
    return nodes_of(rows())


def page():
    """docs/faults.md as it is to be."""
    written, _table, _rest = PAGE.read_text().partition(HEAD)
    return written + HEAD + "".join(row.line for row in rows())
