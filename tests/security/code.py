"""Bandit over the product. A finding is argued where its line says so to ruff, which knows it by the same number.

What is passed over everywhere stands in pyproject.toml, with the reason.
"""

import json
import re
import subprocess

from tests.registered import ROOT

from .environment import command

FOLDERS = ("home", "news", "site")


def findings():
    """[what bandit says and nobody has argued]"""
    bandit = command("bandit", "bandit>=1.8,<2")
    arguments = ["--quiet", "--configfile", "pyproject.toml", "--format", "json", "--recursive", *FOLDERS]
    told = subprocess.run([bandit, *arguments], cwd=ROOT, capture_output=True, text=True)
    answer = json.loads(told.stdout)
    assert not answer["errors"], answer["errors"]
    assert answer["metrics"]["_totals"]["loc"] > 10_000, "it has looked at all of it"
    return [
        f"{each['filename']}:{each['line_number']} {each['test_id']} {each['issue_text']}"
        for each in answer["results"]
        if not is_argued(each, ROOT)
    ]


def is_argued(found, root):
    number = found["test_id"].removeprefix("B")
    lines = (root / found["filename"]).read_text().splitlines()
    said = [lines[number - 1] for number in found["line_range"]]
    return any(re.search(rf"# noqa: (?:[A-Z]+\d+, )*S{number}\b", line) for line in said)
