"""robots.txt and the sitemaps: by sitemap-verify and Python's own robots parser, then against the site itself."""

import asyncio
import logging
import urllib.robotparser

from lxml import etree
from sitemap_verify import validate_target

from tests.conformance.report import Report

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
EXPECTED = ("/sitemap.xml", "/news-sitemap.xml")

NO_FAULT = {
    "google_lastmod_recommended",  # a recommendation, for pages whose date means something
    "google_news_outdated_article",  # the demo's releases have fixed dates
}


def check(reader, pages, folder):
    robots = Report("robots.txt (urllib.robotparser)")
    sitemaps, entries = Report("Sitemaps (sitemap-verify)"), Report("Addresses in sitemaps")
    check_robots(reader, pages, robots)
    listed = {}
    for path in EXPECTED:
        answer = reader.get(path)
        if answer.status == 200:
            validate(answer, sitemaps, folder)
            listed[path] = follow(reader, answer, sitemaps)
        else:
            sitemaps.error(path, f"not there: answers {answer.status}")
    for found in listed.values():
        check_entries(reader, found, entries)
    if "/sitemap.xml" in listed:
        for page in pages:
            if is_one_of_its_own(page) and page.url not in listed["/sitemap.xml"]:
                entries.error(page.url, "is not in /sitemap.xml")
    return [robots, sitemaps, entries]


def is_one_of_its_own(page):
    """Lists under a filter and the parallel reading of an article are other views of a page that is listed."""
    leads = page.status == 200 and not page.noindex and page.canonical == page.url
    return leads and "?" not in page.url and not page.path.endswith("/bilingual/")


def check_robots(reader, pages, report):
    answer = reader.get("/robots.txt")
    if answer.status != 200 or answer.media_type != "text/plain":
        report.error("/robots.txt", f"not there: answers {answer.status} as {answer.media_type}")
        return
    rules = urllib.robotparser.RobotFileParser()
    rules.parse(answer.body.decode().splitlines())
    named = rules.site_maps() or []
    if reader.base + "/sitemap.xml" not in named:
        report.error("/robots.txt", f"does not name {reader.base}/sitemap.xml but {named}")
    for page in pages:
        report.checked += 1
        if page.status == 200 and not page.noindex and not rules.can_fetch("Googlebot", page.url):
            report.error("/robots.txt", f"keeps robots from {page.url}")


def validate(answer, report, folder):
    logging.getLogger("httpx").setLevel(logging.WARNING)
    store = folder / f"{answer.path.strip('/')}.sqlite3"
    result = asyncio.run(
        validate_target(answer.url, mode="url", check_reachability=False, engine="google", store_path=store)
    )
    for found in result.diagnostics:
        empty_news = found.code == "empty_sitemap" and answer.path == "/news-sitemap.xml"  # only the last two days
        if found.code not in NO_FAULT and not empty_news:
            report.error(found.location or answer.url, f"{found.level} {found.code}: {found.message}")


def follow(reader, answer, report):
    """{address: {hreflang: address}} of a sitemap and of those it names."""
    report.checked += 1
    if answer.media_type not in ("application/xml", "text/xml"):
        report.error(answer.url, f"is sent as {answer.media_type}")
    try:
        root = etree.fromstring(answer.body)
    except etree.XMLSyntaxError as fault:
        report.error(answer.url, f"not well-formed: {fault}")
        return {}
    found = {}
    for child in root.findall(f"{SITEMAP}sitemap/{SITEMAP}loc"):
        if not reader.at_home(child.text.strip()):
            report.error(answer.url, f"names a sitemap of another host: {child.text}")
            continue
        inner = reader.get(child.text.strip())
        if inner.status == 200:
            found.update(follow(reader, inner, report))
        else:
            report.error(inner.url, f"answers {inner.status}")
    for entry in root.findall(f"{SITEMAP}url"):
        links = entry.findall(f"{XHTML}link")
        address = entry.findtext(f"{SITEMAP}loc", "").strip()
        found[address] = {link.get("hreflang"): link.get("href", "") for link in links}
    return found


def check_entries(reader, listed, report):
    for address, versions in listed.items():
        report.checked += 1
        if not reader.at_home(address):
            report.error(address, "is not an absolute address of this site")
            continue
        page = reader.get(address)
        if page.status != 200:
            report.error(address, f"answers {page.status}")
        elif page.is_html and (page.noindex or page.canonical not in (None, address)):
            report.error(address, f"is listed but has noindex or another canonical address: {page.canonical}")
        if versions and address not in versions.values():
            report.error(address, "does not name itself among its alternates")
        for tag, other in versions.items():
            if not reader.at_home(other):
                report.error(address, f"alternate {tag} is not an absolute address of this site: {other}")
            elif tag == "x-default" and other == reader.base + "/":
                continue
            elif reader.get(other).status != 200:
                report.error(address, f"alternate {tag} answers {reader.get(other).status}: {other}")
            elif listed.get(other) != versions:
                report.error(address, f"alternate {tag} {other} does not name the same versions")
