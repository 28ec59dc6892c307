"""A site of an earlier version is brought up to this one, and its readers see no difference."""

import json
import lzma
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image

from .demo_site import DemoSite

pytestmark = pytest.mark.full
FORMER = sorted((Path(__file__).parent / "upgrades").glob("demo-*.sqlite3.xz"))


@pytest.fixture(params=FORMER, ids=lambda path: path.name.split(".sqlite3")[0])
def site(request, tmp_path):
    """The demo as an earlier version left it, with some file under each name."""
    (tmp_path / "newsroom.sqlite3").write_bytes(lzma.decompress(request.param.read_bytes()))
    site = DemoSite(tmp_path)
    for table in ("home_customimage", "home_rendition", "wagtaildocs_document"):
        for row in rows(site, f"SELECT * FROM {table}"):
            path = tmp_path / "media" / row["file"]
            path.parent.mkdir(parents=True, exist_ok=True)
            if table == "wagtaildocs_document":
                path.write_bytes(b"%PDF-1.7\n")
            else:
                Image.new("L", (row["width"], row["height"])).save(path)
    return site


def rows(site, query):
    with closing(sqlite3.connect(Path(site.environment["VAR_DIR"]) / "newsroom.sqlite3")) as database:
        database.row_factory = sqlite3.Row
        return [dict(row) for row in database.execute(query)]


def kept(site):
    """What an upgrade must not lose: {table: rows}, without what a later version adds beside them."""
    return {table: rows(site, f"SELECT * FROM {table} ORDER BY id") for table in KEPT}


GROWING = {
    "news_approval",
    "news_release",
    "wagtail_localize_stringtranslation",
    "wagtailcore_pagelogentry",
}
"""The words of pictures come out of the library; front pages and sections get their releases and first approvals."""
REWRITTEN = {"content", "counterpart_hash", "data", "source_hash", "text_hash"}
"""What follows from the words of pages, which have come to hold those of pictures; lines of the log, which have come to
hold names."""
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


@pytest.fixture
def words_of_former(request):
    """What pages of that version said of pictures and documents, as its own code showed them: {url: [words]}"""
    former = request.node.callspec.params["site"].name.split(".sqlite3")[0]
    return json.loads((Path(__file__).parent / "upgrades" / f"{former}.words.json").read_text())


def test_nothing_is_lost_and_every_public_page_stays_as_it_was(site, words_of_former):
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
    assert finished["words"] == words_of_former
    assert finished["refused"] == []
    assert finished["unstamped"] == 0
    after = kept(site)
    for table, lines in before.items():
        found = {line["id"]: line for line in after[table]}
        assert table in GROWING or found.keys() == {line["id"] for line in lines}, table
        for old in lines:
            new = found[old["id"]]
            assert {name: new[name] for name in old if name not in REWRITTEN} == {
                name: value for name, value in old.items() if name not in REWRITTEN
            }, table
            if table == "wagtailcore_pagelogentry":
                data = json.loads(new["data"])
                assert [name for name, value in json.loads(old["data"]).items() if data[name] != value] == []
                assert not old["user_id"] or data["user_name"]
            if "content" in old:
                assert lost(json.loads(old["content"]), json.loads(new["content"])) == []


def lost(old, new):
    """What a revision said and does not say any more."""
    return [name for name, value in old.items() if not is_within(blocks_of(value), blocks_of(new.get(name)))]


def blocks_of(value):
    return json.loads(value) if isinstance(value, str) and value.startswith("[{") else value


def is_within(old, new):
    """Whether nothing has changed but for words where there were none."""
    if isinstance(old, dict):
        return isinstance(new, dict) and all(is_within(value, new.get(name)) for name, value in old.items())
    if isinstance(old, list):
        return len(old) == len(new) and all(map(is_within, old, new))
    return old in ("", None) or old == new


def test_a_second_run_finds_nothing_to_do(site):
    site.manage("upgrade", "--verbosity", "0")
    once = kept(site)
    site.manage("upgrade", "--check")
    site.manage("upgrade", "--verbosity", "0")
    assert kept(site) == once


SHARED = """
    SELECT count(*) FROM wagtail_localize_stringsegment one JOIN wagtail_localize_stringsegment other
    ON one.source_id = other.source_id AND one.context_id = other.context_id AND one.string_id = other.string_id
    AND one."order" < other."order"
"""
SIGNED = "SELECT id, language, revision_id, user_id, user_name, approved_at, urgent, revoked_at FROM news_approval"


def shared(site):
    """How many paragraphs have no translation of their own, because another of the same text says the same."""
    ((count,),) = (row.values() for row in rows(site, SHARED))
    return count


def test_equal_paragraphs_come_to_have_a_translation_each_and_nothing_else_changes(site):
    site.manage("migrate", "--verbosity", "0")
    site.manage("bootstrap")
    site.run("tests/upgrade_twins.py")
    before, waiting, kept_before = json.loads(site.run("tests/upgrade_report.py")), shared(site), kept(site)
    signed_before = rows(site, SIGNED)
    signed_ids = {row["id"] for row in signed_before}
    assert waiting > 10
    site.run("tests/upgrade_twins.py", "part_paragraphs")
    assert 0 < shared(site) < waiting, "broken off in its second batch, of which nothing is done"
    assert json.loads(site.run("tests/upgrade_report.py"))["pages"] == before["pages"]
    site.manage("upgrade", "--verbosity", "0")
    after = json.loads(site.run("tests/upgrade_report.py"))
    assert after["pages"] == before["pages"]
    assert (after["refused"], after["unstamped"], shared(site)) == ([], 0, 0)
    said = {row["id"]: row for row in kept(site)["wagtail_localize_stringtranslation"]}
    was = {row["id"]: row for row in kept_before["wagtail_localize_stringtranslation"]}
    assert {key: said[key] for key in was} == was
    assert [row for row in rows(site, SIGNED) if row["id"] in signed_ids] == signed_before
    reported = json.loads(site.run("tests/upgrade_report.py"))
    assert reported == after
