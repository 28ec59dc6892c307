"""Addresses in both languages, and links into the other one."""

import pytest

from news.checks import Level, run, run_on
from news.checks.base import Document, Link


def found(check, english, chinese):
    return [finding for finding in run_on(english, chinese) if finding.check == check]


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("See https://example.org/a/.", "见http://www.example.org/a。"),
        ("See https://example.org/en/a", "见https://example.org/zh-hans/a"),
        ("See https://english.example.cn/a1", "见https://www.example.cn/b2"),
        ("See www.example.org/a?lang=en", "见www.example.org/a?lang=zh"),
        ("Write to Press@Example.org.", "请写信至press@example.org。"),
        ("Call +86 10 5555 0123.", "电话：010-55550123。"),
        ("Call +86-138-0000-1111", "手机：13800001111"),
        ("From 2015-2020 to 2021.06.11", "2015—2020年"),
        ("Population 12345678901", "人口"),
    ],
)
def test_the_same_address_written_otherwise_is_right(english, chinese):
    assert not found("links", english, chinese)


@pytest.mark.parametrize(
    ("english", "chinese", "words"),
    [
        ("See https://example.org/a", "见https://example.org/b", {"https://example.org/a", "https://example.org/b"}),
        ("Write to press@example.org", "请来信", {"press@example.org"}),
        ("Call +86 10 5555 0123", "电话：010-55550132", {"+86 10 5555 0123", "010-55550132"}),
    ],
)
def test_an_address_of_one_language_warns(english, chinese, words):
    findings = found("links", english, chinese)
    assert {place.words for finding in findings for place in (*finding.english, *finding.chinese)} == words
    assert {finding.level for finding in findings} == {Level.WARNS}


def of_links(check, *links, chinese="更多内容", chinese_links=()):
    documents = Document((("a", "More here"),), links=links), Document((("a", chinese),), links=chinese_links)
    return [finding for finding in run(*documents) if finding.check == check]


def test_what_is_linked_to_counts_as_what_is_written():
    there, moved = Link(0, "https://example.org/a"), Link(0, "http://example.org/a/")
    assert of_links("links", there)
    assert not of_links("links", there, chinese_links=(moved,))
    assert not of_links("links", Link(0, "/en/a/", "en"), Link(0, "#b"))


def test_a_link_into_the_other_language_blocks_unless_it_is_labelled():
    foreign = Link(0, "/en/a/", "en", is_elsewhere=True)
    [finding] = of_links("internal_links", chinese_links=(foreign,))
    assert finding.level is Level.BLOCKS
    assert not of_links("internal_links", chinese="更多内容（英文）", chinese_links=(foreign,))
    assert not of_links("internal_links", chinese_links=(Link(0, "/en/a/", "en"),))
    assert not of_links("internal_links", Link(0, "/en/a/", "en", is_elsewhere=True))


def test_a_broken_link_warns_and_two_are_two():
    broken = (Link(0, "/en/a/", is_broken=True), Link(0, "/en/b/", is_broken=True))
    findings = of_links("broken_links", *broken)
    assert [finding.level for finding in findings] == [Level.WARNS, Level.WARNS]
    assert len({finding.key for finding in findings}) == 2
    assert not of_links("broken_links", Link(0, "/en/a/"))
