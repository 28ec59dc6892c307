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
    "another topic",
    "a topic is made",
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


NOTICED_IN = {
    # followed table: changes, one after another, of which stored pages would not know the last one without it
    "home_appearance": ["a notice at the head"],
    "home_customimage": ["words of a picture in the library"],
    "home_homepage": ["who publishes"],
    "home_rendition": ["renditions are lost, and drawn again"],
    "home_standardpage": ["a plain page is corrected"],
    "home_takendown": ["a picture is taken down"],
    "news_articlepage": ["a minor edit of one language"],
    "news_articlepartner": ["other partners"],
    "news_articletopic": ["another topic"],
    "news_legacyrecord": ["views are counted"],
    "news_topic": ["a topic is renamed"],
    "wagtailcore_page": ["both languages are withdrawn"],
    "wagtailcore_pageviewrestriction": ["private"],
    "wagtailcore_site": ["the site has another name"],
}
ANOTHER_TELLS = {
    "django_content_type": "it only names tables",
    "home_replacedfile": "the page is written anew with the file",
    "news_correction": "the page is written with it",
    "news_fileuse": "it is written with a revision, which is published later",
    "news_formername": "the profile is written with it",
    "news_newsindexpage": "a section is written with its row of a page",
    "news_partnerindexpage": "a section is written with its row of a page",
    "news_partnerpage": "a profile is written with its row of a page",
    "news_release": "a page is written with it",
    "news_vacatedaddress": "the page goes with it",
    "wagtailcore_locale": "no screen changes the two languages",
    "wagtaildocs_document": "a document is replaced by another, and its title on a page is the page's",
    "wagtailredirects_redirect": "what leads on is asked for where nothing is stored",
}
"""Tables whose rows change beside those of another that is followed."""


@pytest.fixture
def stored(site, tmp_path):
    site.environment["FRONT_DIR"] = str(tmp_path / "front")
    return site


@pytest.fixture
def site(demo_folder, tmp_path):
    return DemoSite(shutil.copytree(demo_folder, tmp_path / "var"))


@pytest.fixture
def site_on_any_database(request, tmp_path):
    """Where DATABASE_URL names a PostgreSQL, a demo built there; else the demo."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        return request.getfixturevalue("stored")
    front = {"FRONT_DIR": str(tmp_path / "front"), "DATABASE_URL": url}
    DemoSite(tmp_path, BUILT, **front).manage("demo", "--no-serve")
    return DemoSite(tmp_path, USED, **front)


def stale(site, *options):
    """{kind of change: addresses at which readers got something old}. Says of each what it took away: `-rP`."""
    said = json.loads(site.run(RUN, *options))
    for name, counted in said["forgotten"].items():
        print(f"{name:80} {counted['stored']:4} stored {counted['went']:4} went {counted['differed']:4} differed")
    assert said["failed"] == said["shut"] == {}
    return {name: found for name, found in said["stale"].items() if found}


@pytest.mark.full
def test_nothing_is_stale_after_some_kinds_of_change(stored):
    assert stale(stored, "--only", *SOME) == {}


@pytest.mark.nightly
@pytest.mark.timeout(3600)
def test_nothing_is_stale_after_any_kind_of_change(site_on_any_database):
    assert stale(site_on_any_database) == {}


@pytest.mark.nightly
def test_what_passes_all_signals_would_be_seen(site):
    """Without stored pages, which see it themselves."""
    assert stale(site, "--only", PAST_ALL_SIGNALS)


@pytest.mark.full
def test_every_receiver_and_table_is_tried_without(stored):
    listed = json.loads(stored.run(RUN, "--list"))
    assert NOTICED_BY.keys() | FOR_WHAT_CANNOT_BE.keys() == set(listed["receivers"])
    assert NOTICED_IN.keys() | ANOTHER_TELLS.keys() == set(listed["tables"])


@pytest.mark.nightly
@pytest.mark.parametrize("receiver", NOTICED_BY)
def test_it_would_be_noticed_if_nothing_listened(site, receiver):
    kinds = NOTICED_BY[receiver]
    assert kinds[-1] in stale(site, "--only", *kinds, "--without", receiver)


@pytest.mark.nightly
@pytest.mark.parametrize("table", NOTICED_IN)
def test_it_would_be_noticed_if_a_table_were_not_followed(stored, table):
    kinds = NOTICED_IN[table]
    assert kinds[-1] in stale(stored, "--only", *kinds, "--without", table)
