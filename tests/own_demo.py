"""A demo for the tests of one file, which change what others count on: who may do what. Import both by name."""

import shutil

import pytest

from .demo_site import DemoSite

__all__ = ["demo_site", "signed_in"]


@pytest.fixture(scope="module")
def demo_site(demo_folder, tmp_path_factory):
    site = DemoSite(shutil.copytree(demo_folder, tmp_path_factory.mktemp("own_demo") / "var"))
    with site.serve():
        yield site


@pytest.fixture(scope="module")
def signed_in():
    return {}
