"""What the checks are given: both versions as checks.Documents, and what is known beside them."""

from collections import Counter
from pathlib import PurePath
from urllib.parse import urlsplit

from django.utils import timezone
from wagtail.blocks import StreamValue
from wagtail.models import Page, Site

from home.languages import LANGUAGES
from news.checks import About, Document
from news.checks.base import Link, Picture
from news.glossary.terms import terms_of_site
from news.models import LinkStatus, PartnerPage
from news.translation.texts import links_of

PARTS = {"heading", "image", "table", "quote"}


def document_of(version):
    """The newest draft of a Version; None where there is none."""
    if version.page is None:
        return None
    page = version.newest
    body = page.body if isinstance(getattr(page, "body", None), StreamValue) else []
    return Document(
        tuple(as_compared(version.texts)),
        Counter(block.block_type for block in body if block.block_type in PARTS) + items_of(body),
        tuple(links_in(page, version.language)),
        tuple(pictures_in(page, body, version.language)),
        page.slug if hasattr(page, "summary") else None,
        needs_body=isinstance(body, StreamValue) and not page._meta.get_field("body").blank,
    )


def as_compared(texts):
    """A cell's path is made from its words, which differ in the other language: cells are told apart by their order.

    Former names are wrong everywhere but where they are listed.
    """
    for path, text in texts:
        yield path.partition(".cell-")[0], "" if path.startswith("former_names.") else text


def items_of(body):
    return Counter(item=sum(block.value.source.count("<li") for block in body if block.block_type == "paragraph"))


def links_in(page, language):
    found = links_of(page)
    hrefs = [link["href"] for _number, link in found if "href" in link]
    keys = {link["id"] for _number, link in found if link.get("linktype") == "page"}
    gone = set(LinkStatus.objects.filter(url__in=hrefs, is_broken=True).values_list("url", flat=True))
    there = {str(key) for key in Page.objects.filter(pk__in=keys).values_list("pk", flat=True)}
    for number, link in found:
        if link.get("href") in gone:
            yield Link(number, link["href"], is_broken=True, is_external=True)
        elif "href" in link:
            yield address_of(number, link["href"], language)
        elif link.get("linktype") == "page" and link["id"] not in there:  # Wagtail leads to the reader's language
            yield Link(number, f"#{link['id']}", is_broken=True)


def address_of(number, href, language):
    """A Link, that knows whether it stays on this site and in which language."""
    parts = urlsplit(href)
    prefix, _slash, rest = parts.path.strip("/").partition("/")
    if prefix not in LANGUAGES:
        return Link(number, href)
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None or parts.hostname not in (None, site.hostname):
        return Link(number, href)
    target = page_at(site, prefix, rest)
    if target is None:
        return Link(number, href, prefix)
    exists = target.get_translations().filter(locale__language_code=language.code, live=True, alias_of=None).exists()
    return Link(number, href, prefix, is_elsewhere=exists)


def page_at(site, code, rest):
    root = site.root_page.get_translations(inclusive=True).filter(locale__language_code=code).first()
    path = f"{root.url_path}{rest}/".replace("//", "/") if root else ""
    return Page.objects.filter(url_path=path, live=True).first()


def pictures_in(page, body, language):
    """The images of a version, each with the words that its readers get."""
    lead = getattr(page, "lead_image", None)
    if lead is not None:
        yield picture("lead_image", lead, lead.words("alt", language), lead.words("caption", language))
    for block in body:
        image = block.block_type == "image" and block.value["image"]
        if image:
            alt = block.value["alt"] or image.words("alt", language)
            caption = block.value["caption"] or image.words("caption", language)
            yield picture(f"body.{block.id}", image, alt, caption, block.value["decorative"])


def picture(path, image, alt, caption, is_decorative=False):
    return Picture(path, alt, caption, is_decorative, PurePath(image.file.name).name)


def about_of(pair):
    """A partner's profile is not held to the names that it is about to change."""
    date, leaves_at = getattr(pair.original.page, "date", None), pair.leaves_at
    own = {page.title for page in pair.pages if isinstance(page, PartnerPage)}
    terms = tuple(term for term in terms_of_site() if not own & {*term.english, *term.chinese})
    leaves_at = leaves_at and timezone.localtime(leaves_at)
    return About(terms, timezone.localdate(date or leaves_at), leaves_at, pair.translation.is_stale)
