"""What readers get after any change is what would be rendered anew from the database alone, see tests/stored."""

import json
import os
import shutil

import pytest

from .demo_site import BUILT, USED, DemoSite

RUN = "tests/stored/run.py"
SOME = [
    "a draft is written, translated and approved: nothing public",
    "both languages are released",
    "a topic is renamed",
    "another logo",
    "a section is renamed in both languages",
    "a notice at the head",
]
"""The others take too long for every change."""
PAST_ALL_SIGNALS = "a row is written past every signal"
NOTICED_BY = {
    # receiver: changes, one after another, of which readers would not see the last one without it
    "home.chrome, page_published": ["a section is renamed in both languages"],
    "home.chrome, page_slug_changed": ["a page of the menu has another address"],
    "home.chrome, page_unpublished": ["a page of the menu is withdrawn"],
    "home.chrome, post_delete of PageViewRestriction": [
        "a page of the menu is private",
        "a page of the menu is for everybody again",
    ],
    "home.chrome, post_page_move": ["a page of the menu in another place"],
    "home.chrome, post_save of Appearance": ["a notice at the head"],
    "home.chrome, post_save of HomePage": ["who publishes"],
    "home.chrome, post_save of PageViewRestriction": ["a page of the menu is private"],
    "home.chrome, post_save of Site": ["the site has another name"],
    "news.models.facets, page_published": ["an old release is imported"],
    "news.models.facets, page_unpublished": ["an old release is imported", "the only news of a year is withdrawn"],
    "news.models.facets, post_delete of PageViewRestriction": ["private", "for everybody again"],
    "news.models.facets, post_save of PageViewRestriction": ["private"],
    "news.models.facets, post_save of Topic": ["a topic is renamed"],
}
FOR_WHAT_CANNOT_BE = {
    "home.chrome, post_delete of Appearance": "no screen deletes it",
    "home.chrome, post_delete of HomePage": "front pages stay",
    "home.chrome, post_delete of Page": "what is public is withdrawn first",
    "home.chrome, post_delete of Site": "the only site stays",
    "news.models.facets, post_delete of Page": "what is public is withdrawn first",
    "news.models.facets, post_delete of Topic": "one that news is about stays",
    "news.models.facets, post_page_move": "there is one section of news",
}
"""Receivers for scripts that go past what the product refuses."""


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
    said = json.loads(site.run(RUN, *options))
    assert said["failed"] == {}
    return {name: found for name, found in said["stale"].items() if found}


@pytest.mark.full
def test_nothing_is_stale_after_some_kinds_of_change(site):
    assert stale(site, "--only", *SOME) == {}


@pytest.mark.nightly
def test_nothing_is_stale_after_any_kind_of_change(site_on_any_database):
    found = stale(site_on_any_database)
    assert found.keys() == {PAST_ALL_SIGNALS}, "what no signal tells of is seen here, too"


@pytest.mark.full
def test_every_receiver_is_tried_without(site):
    assert NOTICED_BY.keys() | FOR_WHAT_CANNOT_BE.keys() == set(json.loads(site.run(RUN, "--list"))["receivers"])


@pytest.mark.nightly
@pytest.mark.parametrize("receiver", NOTICED_BY)
def test_it_would_be_noticed_if_nothing_listened(site, receiver):
    kinds = NOTICED_BY[receiver]
    assert kinds[-1] in stale(site, "--only", *kinds, "--without", receiver)
