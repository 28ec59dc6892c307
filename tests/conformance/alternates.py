"""hreflang: every version of a page names the same versions, itself among them."""

from urllib.parse import urlsplit

from tests.conformance.report import Report

PREFIXES = {"en": "/en/", "zh-Hans": "/zh-hans/"}


def check(reader, pages):
    report = Report("hreflang")
    for page in pages:
        report.checked += 1
        stated = page.tree.get("lang")
        if page.language and stated != page.language:
            report.error(page.url, f"<html lang={stated!r}> under an address of {page.language}")
        if page.status == 200:
            check_page(reader, page, report)
    return [report]


def check_page(reader, page, report):
    versions = alternates(page)
    leads = page.canonical == page.url and not page.noindex
    if page.canonical is None and not page.noindex:
        report.error(page.url, "has no canonical address")
    if leads and page.url not in versions.values():
        report.error(page.url, f"does not name itself among its versions {versions}")
    if leads and "x-default" not in versions:
        report.error(page.url, "has no x-default")
    for tag, url in versions.items():
        if not urlsplit(url).netloc or not reader.at_home(url):
            report.error(page.url, f"hreflang {tag} is not an absolute address of this site: {url}")
            continue
        answer = reader.get(url)
        if tag == "x-default" and answer.path == "/" and answer.status == 302:
            continue
        if answer.status != 200:
            report.error(page.url, f"hreflang {tag}: {url} answers {answer.status}")
            continue
        if tag in PREFIXES and not answer.path.startswith(PREFIXES[tag]):
            report.error(page.url, f"hreflang {tag} leads to {url}")
        elif tag not in PREFIXES and tag != "x-default":
            report.error(page.url, f"hreflang {tag} is neither language of the site")
        if leads and alternates(answer) != versions:
            report.error(page.url, f"{url} names other versions: {alternates(answer)}, not {versions}")


def alternates(page):
    """{hreflang: address}; feeds are alternates of another kind."""
    links = page.tree.xpath("//head/link[@rel='alternate'][@hreflang][not(@type) or @type='text/html']")
    return {link.get("hreflang"): link.get("href", "") for link in links}
