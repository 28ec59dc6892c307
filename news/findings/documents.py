"""What the checks are given: both versions as checks.Documents, and what is known beside them."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from pathlib import PurePath
from urllib.parse import urlsplit

from django.utils import timezone
from wagtail.blocks import StreamValue
from wagtail.models import Page, Site

from home.images import CustomImage
from home.languages import LANGUAGES, Language
from news.checks import About, Document
from news.checks.base import Link, Picture
from news.glossary.terms import terms_of_site
from news.models import LinkStatus, PartnerPage
from news.pair.pair import Pair
from news.pair.version import Version
from news.translation.texts import PageText

PARTS = {"heading", "image", "table", "quote"}


def documents_of(pair: Pair, chosen: Collection[Version]) -> tuple[Document | None, Document | None]:
    """The newest drafts, English and Chinese; None for what is not chosen or not there."""
    gone = gone_among([link for version in chosen for _number, link in version.links])
    english, chinese = (document_of(version, gone) if version in chosen else None for version in pair.versions.values())
    return english, chinese


def gone_among(links: Iterable[dict[str, str]]) -> set[str]:
    """What links lead to that is not there any more: addresses elsewhere, and keys of pages as texts."""
    hrefs = {link["href"] for link in links if "href" in link}
    keys = {link["id"] for link in links if link.get("linktype") == "page"}
    broken = LinkStatus.objects.filter(url__in=hrefs, is_broken=True).values_list("url", flat=True)
    there = {str(key) for key in Page.objects.filter(pk__in=keys).values_list("pk", flat=True)} if keys else set()
    return {*(broken if hrefs else ()), *(keys - there)}


def document_of(version: Version, gone: set[str]) -> Document | None:
    if version.page is None:
        return None
    page = version.newest
    body = page.body if isinstance(getattr(page, "body", None), StreamValue) else []
    return Document(
        tuple(as_compared(version.texts)),
        Counter(block.block_type for block in body if block.block_type in PARTS) + items_of(body),
        tuple(links_in(version, gone)),
        tuple(pictures_in(page, body, version.language)),
        page.slug if hasattr(page, "summary") else None,
        needs_body=isinstance(body, StreamValue) and not page._meta.get_field("body").blank,
    )


def as_compared(texts: Iterable[PageText]) -> Iterator[tuple[str, str]]:
    """A cell's path is made from its words, which differ in the other language: cells are told apart by their order.

    Former names are wrong everywhere but where they are listed.
    """
    for path, text in texts:
        yield path.partition(".cell-")[0], "" if path.startswith("former_names.") else text


def items_of(body: Iterable[StreamValue.StreamChild]) -> Counter[str]:
    return Counter(item=sum(block.value.source.count("<li") for block in body if block.block_type == "paragraph"))


def links_in(version: Version, gone: set[str]) -> Iterator[Link]:
    for number, link in version.links:
        if "href" in link and link["href"] in gone:
            yield Link(number, link["href"], is_broken=True, is_external=True)
        elif "href" in link:
            yield address_of(number, link["href"], version.language)
        elif link.get("linktype") == "page" and link["id"] in gone:  # Wagtail leads to the reader's language
            yield Link(number, f"#{link['id']}", is_broken=True)


def address_of(number: int, href: str, language: Language) -> Link:
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


def page_at(site: Site, code: str, rest: str) -> Page | None:
    """The live page of a language at `rest`, what follows the language in its address."""
    root = site.root_page.get_translations(inclusive=True).filter(locale__language_code=code).first()
    path = f"{root.url_path}{rest}/".replace("//", "/") if root else ""
    return Page.objects.filter(url_path=path, live=True).first()


def pictures_in(page: Page, body: Iterable[StreamValue.StreamChild], language: Language) -> Iterator[Picture]:
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


def picture(path: str, image: CustomImage, alt: str, caption: str, is_decorative: bool = False) -> Picture:
    return Picture(path, alt, caption, is_decorative, PurePath(image.file.name).name)


def about_of(pair: Pair) -> About:
    """A partner's profile is not held to the names that it is about to change."""
    date, leaves_at = getattr(pair.original.page, "date", None), pair.leaves_at
    own = {page.title for page in pair.pages if isinstance(page, PartnerPage)}
    terms = tuple(term for term in terms_of_site() if not own & {*term.english, *term.chinese})
    leaves_at = leaves_at and timezone.localtime(leaves_at)
    return About(terms, timezone.localdate(date or leaves_at), leaves_at, pair.translation.is_stale)
