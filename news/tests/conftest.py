import pytest

from home.languages import CHINESE, ENGLISH

from .scene import Scene

WAYS = [("article", ENGLISH), ("partner", CHINESE)]


@pytest.fixture(params=WAYS, ids=lambda way: f"{way[0]} in {way[1].name}")
def scene(request):
    """A release of each kind, with either language as the original."""
    return Scene(*request.param)
