"""Every public address there is: those of all pages, drafts too, and whatever a public answer links to."""

import re

from wagtail.models import Page

from home.languages import LANGUAGES

BEGIN = {"/robots.txt", "/sitemap.xml", "/news-sitemap.xml"}
BEGIN |= {f"/{code}/{path}" for code in LANGUAGES for path in ("", "news/feed/", "news/nothing-here/", "search/?q=bay")}
LINKS = re.compile(
    rb'(?:href|src)="(?:http://127\.0\.0\.1(?::\d+)?)?(/[^"#]*)|<loc>http://127\.0\.0\.1(?::\d+)?(/[^<]*)'
)
NOT_ASKED = re.compile(r"/(cms|static|[\w-]+/_util)/|/search/.+&|/search/suggestions/")
"""What is no reader's page; and searches, which are without number: one of them is asked."""


def of_pages():
    """By where pages stand, whether they are public or not."""
    found = set()
    for page in Page.objects.filter(depth__gt=1).exclude(alias_of__isnull=False).select_related("locale"):
        path = "/".join([page.locale.language_code, *page.url_path.strip("/").split("/")[1:]])
        found |= {f"/{path}/", f"/{path}/bilingual/"}
    return found


def linked(answers):
    """What the answers of public addresses lead to."""
    found = {answer.to.removeprefix("http://127.0.0.1") for answer in answers.values() if answer.to}
    for answer in answers.values():
        for matched in LINKS.finditer(answer.body):
            path = matched[1] or matched[2]
            found.add(path.decode().replace("&amp;", "&"))
    return {path for path in found if path.startswith("/") and not NOT_ASKED.search(path)}


def crawl(known, ask):
    """All addresses from `known` on, with what is linked in the answers that `ask` gives: {address: answer}"""
    answers, left = {}, set(known)
    while left:
        found = ask(left)
        answers |= found
        left = linked(found) - answers.keys()
    return answers
