"""Every text is in the language that its nearest `lang` says."""

import re

from tests.conformance.report import Report

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
LATIN_RUN = re.compile(r"(?:\b[A-Za-z][A-Za-z’'.-]*[\s,;:()–—]+){3,}[A-Za-z][A-Za-z’'-]*")
ENOUGH = 4  # Han characters, or Latin words in a row, that make a sentence of another language

NOT_PROSE = (
    re.compile(r"\b[a-z]+://\S+"),
    re.compile(r"\b[\w.+-]+@[\w.-]+\w"),
    re.compile(r"\bwww\.\S+"),
    re.compile(r"粤ICP备\d+号(?:-\d+)?"),  # a registration has one form in every language
)
SILENT = {"script", "style", "template"}
SPOKEN = ("alt", "aria-label", "aria-description", "aria-roledescription", "title", "placeholder", "label", "summary")
DESCRIPTIONS = ("description", "og:title", "og:description", "og:site_name", "og:image:alt", "twitter:title")
DESCRIPTIONS += ("twitter:description", "author")


def check(pages):
    report = Report("Languages")
    for page in pages:
        for language, text, place in texts(page):
            report.checked += 1
            wrong = fault(language, text)
            if wrong:
                report.error(page.url, f"{wrong} in {place}: {' '.join(text.split())[:90]}")
    return [report]


def texts(page):
    """(language, text, where it stands) for whatever a reader sees, hears or is told by a search engine."""
    for element in page.tree.iter():
        if not isinstance(element.tag, str) or element.tag in SILENT:
            tail = element.tail
            if tail and tail.strip() and element.getparent() is not None:
                yield effective(element.getparent()), tail, f"<{element.getparent().tag}>"
            continue
        for text, holder in ((element.text, element), (element.tail, element.getparent())):
            if text and text.strip() and holder is not None and holder.tag not in SILENT:
                yield effective(holder), text, f"<{holder.tag}>"
        for name in SPOKEN:
            if element.get(name, "").strip():
                yield effective(element), element.get(name), f"<{element.tag} {name}>"
        if element.tag == "meta" and (element.get("name") or element.get("property")) in DESCRIPTIONS:
            yield effective(element), element.get("content", ""), f"<meta {element.get('name', 'property')}>"


def effective(element):
    while element is not None:
        if element.get("lang") is not None:
            return element.get("lang")
        element = element.getparent()
    return None


def fault(language, text):
    for pattern in NOT_PROSE:
        text = pattern.sub(" ", text)
    if language == "en":
        return "Chinese under lang=en" if len(HAN.findall(text)) >= ENOUGH else None
    if language == "zh-Hans":
        return "English under lang=zh-Hans" if LATIN_RUN.search(text) else None
    return f"text under lang={language!r}, neither language of the site,"
