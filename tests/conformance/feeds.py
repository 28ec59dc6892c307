"""Feeds: read by feedparser, held to the grammar of RFC 4287, and in step with the pages they name."""

from copy import deepcopy
from pathlib import Path

import feedparser
from lxml import etree

from tests.conformance.report import Report

ATOM = "{http://www.w3.org/2005/Atom}"
EXPECTED = ("/en/news/feed/", "/zh-hans/news/feed/")
GRAMMAR = Path(__file__).with_name("atom.rng")


def check(reader, pages):
    report = Report("Feeds (feedparser, RFC 4287)")
    named = {}
    for page in pages:
        for link in page.tree.xpath("//link[contains(concat(' ', @rel, ' '), ' alternate ')]"):
            if link.get("type") in ("application/atom+xml", "application/rss+xml"):
                named.setdefault(page.resolve(link.get("href"))[0], page.url)
    for path in EXPECTED:
        if not any(url == reader.base + path for url in named):
            report.error(path, "not there: no page names it by <link rel=alternate type=application/atom+xml>")
    for url in sorted({*named, *(reader.base + path for path in EXPECTED)}):
        report.checked += 1
        answer = reader.get(url)
        if answer.status == 200:
            check_feed(reader, answer, report)
        else:
            report.error(url, f"not there: answers {answer.status}")
    return [report]


def check_feed(reader, answer, report):
    if answer.media_type != "application/atom+xml":
        report.error(answer.url, f"is sent as {answer.media_type}")
    for fault in faults(answer.body):
        report.error(answer.url, fault)
    parsed = feedparser.parse(answer.body)
    for link in [*parsed.feed.get("links", []), *(link for entry in parsed.entries for link in entry.get("links", []))]:
        if not reader.at_home(link.href):
            if link.rel in ("self", "alternate", "enclosure"):
                report.error(answer.url, f"rel={link.rel} is not an absolute address of this site: {link.href}")
        elif reader.get(link.href).status != 200:
            report.error(answer.url, f"rel={link.rel} answers {reader.get(link.href).status}: {link.href}")
    if answer.url not in [link.href for link in parsed.feed.get("links", []) if link.rel == "self"]:
        report.error(answer.url, "rel=self is not its own address")
    if not parsed.entries:
        report.error(answer.url, "has no entry")
    language = parsed.feed.get("language") or parsed.feed.get("title_detail", {}).get("language")
    if (language or "").lower() != (answer.language or "").lower():
        report.error(answer.url, f"xml:lang is {language}, the address says {answer.language}")


def faults(body):
    """What is wrong with a feed, by itself."""
    parsed = feedparser.parse(body)
    if parsed.bozo:
        yield f"feedparser: {parsed.bozo_exception!r}"
    try:
        feed = etree.fromstring(body)
    except etree.XMLSyntaxError as fault:
        yield f"not well-formed: {fault}"
        return
    yield from relax_ng(feed)
    yield from schematron(feed)
    ids = [element.text for element in feed.iter(f"{ATOM}id")]
    yield from (f"the id {one} is used {ids.count(one)} times" for one in sorted(set(ids)) if ids.count(one) > 1)


def relax_ng(feed):
    """A fault for each part that breaks the grammar: libxml2 names the first of a document only, and roughly."""
    grammar = etree.RelaxNG(etree.parse(GRAMMAR))
    if grammar.validate(feed):
        return
    frame = deepcopy(feed)
    for entry in frame.findall(f"{ATOM}entry"):
        frame.remove(entry)
    said = ""
    for name, part in [("feed", frame), *((e.findtext(f"{ATOM}id"), e) for e in feed.findall(f"{ATOM}entry"))]:
        if not grammar.validate(part):
            said = "; ".join(dict.fromkeys(line.message for line in grammar.error_log))
            yield f"RFC 4287, appendix B: {name}: {said}"
    if not said:
        yield "RFC 4287, appendix B: the order of its parts is wrong, or its root is none of Atom's"


def schematron(feed):
    """The rules of appendix B that RELAX NG cannot say."""
    entries = feed.findall(f"{ATOM}entry")
    if feed.find(f"{ATOM}author") is None and not all(entry.find(f"{ATOM}author") is not None for entry in entries):
        yield "RFC 4287: neither the feed nor each of its entries has an author"
    for entry in entries:
        links = entry.findall(f"{ATOM}link")
        if entry.find(f"{ATOM}content") is None and all(link.get("rel", "alternate") != "alternate" for link in links):
            yield f"RFC 4287: {entry.findtext(f'{ATOM}id')} has neither an alternate link nor content"
