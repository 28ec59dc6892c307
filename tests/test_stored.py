"""What readers get after any change is what would be rendered anew from the database alone, see tests/stored."""

import json
import os
import shutil

import pytest

from .demo_site import BUILT, USED, DemoSite

SOME = [
    "a draft is written, translated and approved: nothing public",
    "both languages are released",
    "both languages are withdrawn",
    "a topic is renamed",
    "another logo",
    "a section is renamed in both languages",
    "a notice at the head",
]
"""The others take too long for every change."""
PAST_ALL_SIGNALS = "a row is written past every signal"
NOTICED_BY = {
    # receiver: changes whose last one readers would not see without it
    "home.chrome, post_save of Appearance": ["a notice at the head"],
    "home.chrome, post_save of HomePage": ["who publishes"],
    "home.chrome, post_save of Site": ["the site has another name"],
    "home.chrome, page_published": ["a section is renamed in both languages"],
    "news.models.facets, page_published": ["an old release is imported"],
    "news.models.facets, post_save of Topic": ["a topic is renamed"],
}


@pytest.fixture
def site(demo_folder, tmp_path):
    return DemoSite(shutil.copytree(demo_folder, tmp_path / "var"))


@pytest.fixture
def site_on_any_database(request, tmp_path):
    """Where DATABASE_URL names a PostgreSQL, a demo built there; else the demo."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        return request.getfixturevalue("site")
    DemoSite(tmp_path, BUILT, DATABASE_URL=url).manage("demo", "--no-serve")
    return DemoSite(tmp_path, USED, DATABASE_URL=url)


def stale(site, *options):
    """{kind of change: addresses at which readers got something old}"""
    said = json.loads(site.run("tests/stored/run.py", *options))
    assert said["failed"] == {}
    return {name: found for name, found in said["stale"].items() if found}


@pytest.mark.full
def test_nothing_is_stale_after_some_kinds_of_change(site):
    assert stale(site, "--only", *SOME) == {}


@pytest.mark.nightly
def test_nothing_is_stale_after_any_kind_of_change(site_on_any_database):
    found = stale(site_on_any_database)
    assert found.keys() == {PAST_ALL_SIGNALS}, "what no signal tells of is seen here, too"


@pytest.mark.nightly
@pytest.mark.parametrize("receiver", NOTICED_BY)
def test_it_would_be_noticed_if_nothing_listened(site, receiver):
    kinds = NOTICED_BY[receiver]
    assert kinds[-1] in stale(site, "--only", *kinds, "--without", receiver)
