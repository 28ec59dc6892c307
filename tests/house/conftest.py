"""What the house holds of itself: its files, names, catalogue and docs. `pytest -m "not house"` leaves it out."""

from pathlib import Path

import pytest


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.house)
