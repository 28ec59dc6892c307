import pytest

from home.locales import CHINESE, ENGLISH

from .scene import Scene

WAYS = [(kind, original) for kind in ("article", "partner") for original in (ENGLISH, CHINESE)]


@pytest.fixture(params=WAYS, ids=lambda way: f"{way[0]} in {way[1].name}")
def scene(request):
    """A release of each kind, with either language as the original."""
    return Scene(*request.param)
