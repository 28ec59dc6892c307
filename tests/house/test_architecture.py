"""docs/architecture.md draws the rooms as `make lint` holds them."""

import re
import tomllib

from .tree import ROOT

TEXT = (ROOT / "docs" / "architecture.md").read_text()


def test_the_drawing_is_what_imports_are_held_to():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    [inside] = [contract for contract in contracts if contract.get("containers") == ["news"]]
    assert inside["exhaustive"]
    drawing = re.search(r"```\n(.*?)```", TEXT, re.DOTALL)[1]
    assert [re.split(r"\s{2,}", line)[0] for line in drawing.splitlines()] == inside["layers"]


def test_every_place_that_is_named_is_there():
    named = set(re.findall(r"`((?:news|home|site|tests)/[\w/.]+)`", TEXT))
    inside = set(re.findall(r"`((?:admin|findings|models|notices|pair|release|translation)/[\w/.]+)`", TEXT))
    named |= {f"news/{name}" for name in inside}
    assert len(named) > 10
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_every_room_stands_in_the_drawing_and_those_to_come_do_not_exist():
    drawing = re.search(r"```\n(.*?)```", TEXT, re.DOTALL)[1]
    for name in re.findall(r"\((\w+)\)", drawing):
        assert not (ROOT / "news" / name).exists(), f"{name} is there: take its brackets off"
