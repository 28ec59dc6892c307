"""The register of harm: `rows.toml`, read and written into docs/security.md."""

import tomllib
from dataclasses import dataclass
from itertools import dropwhile

from tests.registered import ROOT, Tested, nodes_of

PAGE = ROOT / "docs" / "security.md"
HARMS = "| who | what they would | what holds | what stays open | tests |\n|---|---|---|---|---|\n"
MUSTS = "| what must hold | tests |\n|---|---|\n"


@dataclass(frozen=True, kw_only=True)
class Harm(Tested):
    who: str
    harm: str
    holds: str
    open: str

    @property
    def line(self):
        return f"| {self.who} | {self.harm} | {self.holds} | {self.open} | {self.shown} |\n"


@dataclass(frozen=True, kw_only=True)
class Must(Tested):
    what: str

    @property
    def line(self):
        return f"| {self.what} | {self.shown} |\n"


TOLD = tomllib.loads((ROOT / "tests" / "security" / "rows.toml").read_text())
harms = [Harm(**entry) for entry in TOLD["harm"]]
musts = [Must(**entry) for entry in TOLD["must"]]


def nodes():
    return nodes_of([*harms, *musts])


def page():
    """docs/security.md as it is to be."""
    text = PAGE.read_text()
    for head, rows in ((HARMS, harms), (MUSTS, musts)):
        before, _head, after = text.partition(head)
        rest = dropwhile(lambda line: line.startswith("|"), after.splitlines(keepends=True))
        text = before + head + "".join(row.line for row in rows) + "".join(rest)
    return text
