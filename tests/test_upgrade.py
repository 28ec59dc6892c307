"""A site of an earlier version is brought up to this one, and its readers see no difference."""

import json
import lzma
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from .demo_site import DemoSite

pytestmark = pytest.mark.full
FORMER = sorted((Path(__file__).parent / "upgrades").glob("demo-*.sqlite3.xz"))


@pytest.fixture(params=FORMER, ids=lambda path: path.name.split(".sqlite3")[0])
def site(request, tmp_path):
    """The demo as an earlier version left it."""
    (tmp_path / "newsroom.sqlite3").write_bytes(lzma.decompress(request.param.read_bytes()))
    return DemoSite(tmp_path)


def rows(site, query):
    with closing(sqlite3.connect(Path(site.environment["VAR_DIR"]) / "newsroom.sqlite3")) as database:
        database.row_factory = sqlite3.Row
        return [dict(row) for row in database.execute(query)]


def kept(site):
    """What an upgrade must not lose: {table: rows}, without what a later version adds beside them."""
    return {table: rows(site, f"SELECT * FROM {table} ORDER BY id") for table in KEPT}


KEPT = [
    "news_approval",
    "news_correction",
    "news_release",
    "news_waiver",
    "wagtail_localize_segmentoverride",
    "wagtail_localize_stringtranslation",
    "wagtailcore_page",
    "wagtailcore_pagelogentry",
    "wagtailcore_revision",
    "wagtailcore_taskstate",
    "wagtailcore_workflowstate",
]


def test_nothing_is_lost_and_every_public_page_stays_as_it_was(site):
    before = kept(site)
    with pytest.raises(AssertionError, match=r"news\.0002_face"):
        site.manage("upgrade", "--check")
    assert kept(site) == before
    site.manage("migrate", "--verbosity", "0")
    site.manage("bootstrap")  # by its address the site knows itself
    unfinished = json.loads(site.run("tests/upgrade_report.py"))
    assert len(unfinished["pages"]) > 40
    assert unfinished["refused"], "what is approved and not stamped yet is refused, in words"
    site.manage("upgrade", "--verbosity", "0")
    finished = json.loads(site.run("tests/upgrade_report.py"))
    assert finished["pages"] == unfinished["pages"]
    assert finished["refused"] == []
    assert finished["unstamped"] == 0
    after = kept(site)
    for table, lines in before.items():
        assert len(after[table]) == len(lines), table
        for old, new in zip(lines, after[table], strict=True):
            assert {name: new[name] for name in old} == old, table


def test_a_second_run_finds_nothing_to_do(site):
    site.manage("upgrade", "--verbosity", "0")
    once = kept(site)
    site.manage("upgrade", "--check")
    site.manage("upgrade", "--verbosity", "0")
    assert kept(site) == once
