"""What the checks are given: both versions as checks.Documents, and what is known beside them."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from pathlib import PurePath
from urllib.parse import urlsplit

from wagtail.blocks import StreamValue
from wagtail.models import Page, Site

from home import clock
from home.images import CustomImage
from home.languages import LANGUAGES, Language, language_of
from home.links import Versions, versions_of, was_withdrawn
from news.checks import About, Document
from news.checks.base import Link, Picture
from news.glossary.terms import terms_of_site
from news.models import LinkStatus, PartnerPage
from news.models.pictured import OF_PICTURE, FilePlace, places_of
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
        tuple(pictures_in(page)),
        page.slug if hasattr(page, "summary") else None,
        open_numbers=frozenset(version.open_numbers),
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
    led_to = versions_of(link["id"] for _number, link in version.links if link.get("linktype") == "page")
    for number, link in version.links:
        if "href" in link and link["href"] in gone:
            yield Link(number, link["href"], is_broken=True, is_external=True)
        elif "href" in link:
            yield address_of(number, link["href"], version.language)
        elif link.get("linktype") == "page" and link["id"] in gone:
            yield Link(number, f"#{link['id']}", is_broken=True)
        elif link.get("linktype") == "page":  # readers are led to the version of the text's language, if there is one
            yield from absent(number, f"#{link['id']}", led_to[link["id"]], version.language)


def absent(number: int, href: str, versions: Versions, language: Language) -> Iterator[Link]:
    """A Link to a page that readers do not have in the language of the text."""
    own = versions.get(language)
    if own is not None and own.live:
        return
    live = next((page for page in versions.values() if page.live), None)
    shown = live or next(iter(versions.values()))
    yield Link(
        number,
        href,
        language_of(live).code if live else "",
        is_absent=True,
        was_withdrawn=own is not None and was_withdrawn(own),
        title=shown.title,
    )


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
    versions = versions_of([str(target.pk)])[str(target.pk)]
    found = next(absent(number, href, versions, language), None)
    is_elsewhere = found is None and LANGUAGES[prefix] != language
    return found or Link(number, href, prefix, is_elsewhere=is_elsewhere)


def page_at(site: Site, code: str, rest: str) -> Page | None:
    """The live page of a language at `rest`, what follows the language in its address."""
    root = site.root_page.get_translations(inclusive=True).filter(locale__language_code=code).first()
    path = f"{root.url_path}{rest}/".replace("//", "/") if root else ""
    return Page.objects.filter(url_path=path, live=True).first()


def pictures_in(page: Page) -> Iterator[Picture]:
    """The images of a version, each with the words that its readers get."""
    for place in places_of(page):
        if isinstance(place.file, CustomImage):
            yield picture(place, place.file)


def picture(place: FilePlace, image: CustomImage) -> Picture:
    alt, caption = (place.words(noun) if noun in place.names else "" for noun in OF_PICTURE)
    of_alt, of_caption = (place.path_of(noun) if noun in place.names else "" for noun in OF_PICTURE)
    return Picture(
        place.path,
        alt,
        caption,
        place.is_decorative or place.is_beside_its_name,
        PurePath(image.file.name).name,
        image.title,
        (of_alt, of_caption),
        "caption" in place.names and any(image.words("caption", one) for one in LANGUAGES.values()),
    )


def about_of(pair: Pair) -> About:
    """A partner's profile is not held to the names that it is about to change."""
    date, leaves_at = getattr(pair.original.page, "date", None), pair.leaves_at
    own = {page.title for page in pair.pages if isinstance(page, PartnerPage)}
    terms = tuple(term for term in terms_of_site() if not own & {*term.english, *term.chinese})
    leaves_at = leaves_at and clock.local(leaves_at)
    return About(terms, clock.day(date or leaves_at), leaves_at, pair.translation.is_stale, clock.names(leaves_at))
