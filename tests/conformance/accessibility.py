"""axe-core on one page of each kind in each language, light and dark, narrow and wide."""

import json
from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import sync_playwright

from tests.conformance.node import MODULES
from tests.conformance.report import Report
from tests.find_browser import ARGUMENTS, find

AXE = MODULES / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (320, 1440)
SCHEMES = ("light", "dark")
NO_SUCH = ("/en/no-such-page/", "/zh-hans/no-such-page/")


def check(reader, pages):
    rules, width = Report("Accessibility (axe-core)"), Report("No horizontal scroll at 320 px")
    chosen = one_of_each([*pages, *reader.get_all(NO_SUCH)])
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=ARGUMENTS)
        context = browser.new_context()
        tab = context.new_page()
        for page in chosen:
            tab.goto(page.url, wait_until="load")
            tab.evaluate(AXE.read_text())
            found = {}  # violation: the variants of the page that have it
            for pixels in WIDTHS:
                tab.set_viewport_size({"width": pixels, "height": 900})
                if pixels == min(WIDTHS):
                    check_width(tab, page, pixels, width)
                for scheme in SCHEMES:
                    tab.emulate_media(color_scheme=scheme)
                    rules.checked += 1
                    for fault in violations(tab):
                        found.setdefault(fault, []).append(f"{scheme} {pixels} px")
            for fault, variants in found.items():
                everywhere = len(variants) == len(WIDTHS) * len(SCHEMES)
                rules.error(page.url, fault if everywhere else f"{fault} [{', '.join(variants)}]")
        browser.close()
    for path in ("/en/", "/zh-hans/"):
        if not any(page.path.startswith(path) and page.path.endswith("/bilingual/") for page in chosen):
            rules.error(path, "not there: no page links to a parallel reading page .../bilingual/")
    return [rules, width]


def one_of_each(pages):
    """Of each kind of page the one with the most different elements."""
    best = {}
    for page in pages:
        kind, wealth = kind_of(page), len(set(page.tree.xpath("//@class")) | {node.tag for node in page.tree.iter()})
        if kind not in best or wealth > best[kind][0]:
            best[kind] = (wealth, page)
    return [page for _kind, (_wealth, page) in sorted(best.items(), key=lambda item: item[1][1].url)]


def kind_of(page):
    """What tells templates apart from outside: the section, depth, filters, 404s."""
    language, *rest = page.path.strip("/").split("/")
    if page.status != 200:
        return (language, page.status, "missing-version" in page.tree.xpath("//@class"))
    filters = tuple(sorted(name for name, _value in parse_qsl(urlsplit(page.url).query)))
    wrapper = page.tree.xpath("string((//main//article | //main//section | //main//ul)[1]/@class)")
    parallel = rest[-1:] == ["bilingual"]
    return (language, rest[0] if rest else "", len(rest), parallel, filters, wrapper)


def violations(tab):
    options = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
    found = tab.evaluate(f"axe.run(document, {json.dumps(options)})")["violations"]
    for violation in found:
        for node in violation["nodes"]:
            where = " ".join(str(part) for part in node["target"])
            yield f"{violation['id']} ({violation['impact']}): {violation['help']}: {where} {node['html'][:100]}"


def check_width(tab, page, pixels, report):
    report.checked += 1
    wide = tab.evaluate("document.documentElement.scrollWidth")
    if wide > pixels:
        outside = tab.evaluate(
            """() => [...document.querySelectorAll('body *')]
                .filter(element => element.getBoundingClientRect().right > innerWidth + 0.5)
                .slice(0, 3).map(element => element.outerHTML.slice(0, 80))"""
        )
        report.error(page.url, f"is {wide} px wide: {outside}")
