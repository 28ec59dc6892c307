"""Every reference on every page leads somewhere, and nothing is fetched from another host."""

import re
from collections import defaultdict
from urllib.parse import urlsplit

from tests.conformance.report import Report

RESOURCES = "//img/@src | //source/@src | //script/@src | //iframe/@src | //video/@src | //audio/@src | //track/@src | \
    //embed/@src | //input/@src | //object/@data | //video/@poster"
FETCHED = {"stylesheet", "icon", "preload", "modulepreload", "manifest", "apple-touch-icon", "mask-icon", "prefetch"}
FETCHED |= {"preconnect", "dns-prefetch", "prerender"}
CSS_URL = re.compile(r"""(?:url\(|@import\s+(?!url\())\s*["']?([^"')\s;]+)""")


def check(reader, pages):
    links, fragments, missing = Report("Links"), Report("Fragments"), Report("Missing translations")
    foreign = Report("Resources of this host only")
    places, absent = defaultdict(set), defaultdict(set)  # address: the pages that refer to it
    for page in pages:
        for link in page.tree.xpath("//a[@href] | //area[@href] | //link[@href]"):
            url, fragment = page.resolve(link.get("href"))
            if not reader.at_home(url):
                continue
            if url != page.url:  # a 404 may point into itself
                (absent if is_warned_of(link) else places)[url].add(page.url)
            if fragment and link.tag != "link":
                fragments.checked += 1
                if not has_target(reader.get(url), fragment):
                    fragments.error(page.url, f"nothing has the id of {link.get('href')}")
        for url in resources(page):
            foreign.checked += 1
            if reader.at_home(url):
                places[url].add(page.url)
            else:
                foreign.error(page.url, f"fetches {url}")
    for url in style_resources(reader, places):
        foreign.checked += 1
        if reader.at_home(url):
            places[url].add(url)
        else:
            foreign.error(url, "is fetched by a stylesheet")

    links.checked, missing.checked = len(places), len(absent)
    for answer in reader.get_all(places):
        if answer.status != 200 and not is_front_door(answer):
            to = f" to {answer.headers['Location']}" if answer.headers.get("Location") else ""
            links.error(answer.url, f"answers {answer.status}{to}; linked from {example(places[answer.url])}")
    for answer in reader.get_all(absent):
        if answer.status not in (404, 410) or "noindex" not in answer.headers.get("X-Robots-Tag", ""):
            sent = f"{answer.status}, X-Robots-Tag: {answer.headers.get('X-Robots-Tag')}"
            asked = f"must answer 404 or 410 with noindex, not {sent}"
            missing.error(answer.url, f"{asked}; from {example(absent[answer.url])}")
    return [links, fragments, missing, foreign]


def is_warned_of(link):
    """The switcher's link to a translation that is not there, or not any more."""
    in_switcher = link.xpath("boolean(ancestor::*[contains(concat(' ', @class, ' '), ' switcher ')])")
    return in_switcher and "nofollow" in link.get("rel", "").split()


def is_front_door(answer):
    return answer.path == "/" and answer.status == 302


def has_target(answer, fragment):
    if fragment.lower() == "top" or not answer.is_html:
        return True
    return bool(answer.tree.xpath("//*[@id=$id] | //a[@name=$id]", id=fragment))


def resources(page):
    found = {str(source) for source in page.tree.xpath(RESOURCES)}
    for candidates in page.tree.xpath("//@srcset | //link/@imagesrcset"):
        found |= {candidate.split()[0] for candidate in candidates.split(", ") if candidate.strip()}
    for link in page.tree.xpath("//link[@href]"):
        if FETCHED & set(link.get("rel", "").lower().split()):
            found.add(link.get("href"))
    for style in page.tree.xpath("//style/text() | //@style"):
        found |= set(CSS_URL.findall(style))
    return {page.resolve(source)[0] for source in found if not source.startswith(("data:", "#"))}


def style_resources(reader, places):
    found = set()
    for url in [url for url in places if urlsplit(url).path.endswith(".css")]:
        sheet = reader.get(url)
        for reference in CSS_URL.findall(sheet.body.decode(errors="replace")):
            if not reference.startswith(("data:", "#")):
                found.add(sheet.resolve(reference)[0])
    return found


def example(pages):
    first = urlsplit(min(pages))
    return f"{first._replace(scheme='', netloc='').geturl()}{f' and {len(pages) - 1} more' if len(pages) > 1 else ''}"
