"""Whether both texts lead to the same places, and each to its own language."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

from .base import Document, Finding, Level, Link, Said, TextPair, check
from .text import Passage, Place

URL = re.compile(r"(?i)(?:https?://|(?<![a-z0-9.])www\.)[^\s\u2018-\u201f\u2e80-\u9fff\uff00-\uffef<>\"]+")
EMAIL = re.compile(r"(?a)(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")
PHONE = re.compile(
    r"(?a)(?<![\w.])(?:(?:\+|00)\d{1,3}[\s.()-]{0,2}(?:\(?\d{1,4}\)?[\s.-]{0,2}){2,5}\d|\(?0\d{2,3}\)?[\s-]{0,2}\d{7,8}"
    r"|1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}|[48]00[\s-]?\d{3}[\s-]?\d{4})(?![\d.]*\d)"
)
PHONE_DIGITS = range(8, 16)
COUNTRY = re.compile("^(?:86|0)+")

LANGUAGE = r"(?:english|chinese|eng|chs|chn|en[-_](?:us|gb)|zh[-_](?:cn|hans?|hant)|en|zh|cn)"
LANGUAGE_HOST = re.compile(rf"^(?:www\.)?(?:{LANGUAGE}\.(?=[^.]+\.))?")
LANGUAGE_PATH = re.compile(
    rf"/{LANGUAGE}(?=[/.]|$)|[_-](?:en|zh|cn)(?=\.\w{{1,5}}$)|[?&](?:lang|language|locale)={LANGUAGE}"
)
LABEL = (
    re.compile(r"(?i)\bin Chinese\b|\bChinese[- ](?:version|text|only|language)"),
    re.compile("英文|英语"),
)
SITE_LANGUAGES = ("en", "zh")
NAMES = (("English", "英文"), ("Chinese", "中文"))


@dataclass(frozen=True)
class Address:
    """A place to go to as it is compared: a page, a mailbox or a telephone."""

    key: str
    site: str = ""
    names_language: bool = False

    def is_as_good_as(self, other: "Address") -> bool:
        """Whether both are the same, or pages of one site of which one is in a language of its own."""
        return self.key == other.key or (
            bool(self.site) and self.site == other.site and (self.names_language or other.names_language)
        )


def of_url(url: str) -> Address:
    """Without scheme, www., language and a slash at the end, in small letters."""
    bare = re.sub("^(?:https?:)?//", "", unquote(url).strip().rstrip(".,;:!?)'").casefold())
    host, slash, path = bare.partition("/")
    site, rest = LANGUAGE_HOST.sub("", host), LANGUAGE_PATH.sub("", slash + path)
    names_language = (site, rest) != (host.removeprefix("www."), slash + path)
    return Address(site + rest.rstrip("/"), site, names_language)


def of_email(email: str) -> Address:
    return Address(email.casefold().removeprefix("mailto:").partition("?")[0])


def of_phone(phone: str) -> Address:
    """The digits, without country code of China and trunk zero."""
    return Address(COUNTRY.sub("", re.sub(r"[^0-9]", "", phone)))


def of_href(href: str) -> Address | None:
    """None for what stays on the page or on this site."""
    for begins, read in {
        "mailto:": of_email,
        "tel:": of_phone,
        "http:": of_url,
        "https:": of_url,
        "//": of_url,
    }.items():
        if href.casefold().startswith(begins):
            return read(href)
    return None


@lru_cache(maxsize=256)
def addresses_in(text: str) -> tuple[tuple[int, int, Address], ...]:
    """(start, end, address) in a folded text."""
    found = [(*match.span(), of_email(match[0])) for match in EMAIL.finditer(text)]
    found += [(*match.span(), of_url(match[0])) for match in URL.finditer(text)]
    found += [
        (*match.span(), of_phone(match[0]))
        for match in PHONE.finditer(text)
        if sum(map(str.isdigit, match[0])) in PHONE_DIGITS and "@" not in text[match.end() : match.end() + 1]
    ]
    return tuple(found)


@lru_cache(maxsize=16)
def addresses_of(texts: tuple[str, ...], links: tuple[Link, ...]) -> frozenset[Address]:
    """All of a document's."""
    said = {address for text in texts for _start, _end, address in addresses_in(Passage([(0, text)]).folded)}
    led_to = {address for link in links if (address := of_href(link.href))}
    return frozenset(said | led_to)


@check(
    "links",
    ("Links", "链接"),
    (
        "A web address, e-mail address or telephone number of one language that the other does not have. The language "
        "in an address, www., a slash at the end and +86 make no difference, nor do pages of a site in two languages.",
        "一种语言中的网址、电子邮箱或电话号码在另一种语言中没有。网址中的语言代码、www.、末尾斜杠和+86不计，"
        "同一网站的不同语言页面视为相同。",
    ),
)
def links(pair: TextPair) -> Iterator[Finding]:
    for side, passage in enumerate((pair.english, pair.chinese)):
        other = pair.documents[1 - side]
        there: frozenset[Address] | None = None
        for place, words, address in addresses_at(passage, pair.documents[side]):
            there = addresses_of(other.plain, other.links) if there is None else there
            if not any(address.is_as_good_as(each) for each in there):
                yield Finding(
                    "links",
                    Level.WARNS,
                    Said(
                        f"{words} stands in the {NAMES[side][0]} only.",
                        f"{words}只出现在{NAMES[side][1]}中。",
                    ),
                    () if side else (place,),
                    (place,) if side else (),
                    what=address.key,
                )


def addresses_at(passage: Passage, document: Document) -> Iterator[tuple[Place, str, Address]]:
    """(place, words, address) of what a passage says and what it links to; a link's place is its paragraph."""
    seen: set[Address] = set()
    for start, end, address in addresses_in(passage.folded):
        if address not in seen:
            place = passage.place(start, end)
            yield place, place.words, address
        seen.add(address)
    for place, link in links_in(passage, document):
        led_to = None if link.language else of_href(link.href)
        if led_to and led_to not in seen:
            yield place, link.href, led_to
            seen.add(led_to)


def links_in(passage: Passage, document: Document) -> Iterator[tuple[Place, Link]]:
    if document.links:
        places = {number: Place(number, 0, len(text), text) for number, text in passage.parts}
        yield from ((places[link.number], link) for link in document.links if link.number in places)


@check(
    "internal_links",
    ("Links into the other language", "指向另一语言的链接"),
    (
        "A link leads to a page of this site in the other language although the page exists in the text's own. What is "
        "labelled, such as (in Chinese) or 英文版, is meant.",
        "链接指向本站另一语言的页面，而该页面有本语言版本。注明“英文版”、in Chinese等的链接除外。",
    ),
    needs_both=False,
)
def internal_links(pair: TextPair) -> Iterator[Finding]:
    for side, place, link in linked(pair):
        here, there = NAMES[side], NAMES[1 - side]
        is_foreign = bool(link.language) and not link.language.casefold().startswith(SITE_LANGUAGES[side])
        if is_foreign and link.is_elsewhere and not LABEL[side].search(place.words):
            yield about_link(
                "internal_links",
                Level.BLOCKS,
                side,
                place,
                link,
                Said(
                    f"{link.href} is a {there[0]} page, which exists in {here[0]}.",
                    f"{link.href}是{there[1]}页面，该页面有{here[1]}版。",
                ),
            )


@check(
    "absent_versions",
    ("Links to what is not there in this language", "链接的页面没有本语言版本"),
    (
        "A page of this site that a link leads to is public in the other language alone: this informs, and readers see "
        "the link marked (in Chinese). Where the version of the text's own language was withdrawn, it warns. A page "
        "that is not public in either informs: until it is, readers see the words without a link.",
        "链接指向的本站页面只有另一语言版本公开的，予以提示，读者看到的链接会注明“英文”。该页面的本语言版本已撤稿的，提醒核对。"
        "两种语言均未公开的，予以提示：公开之前，读者只看到文字，没有链接。",
    ),
    needs_both=False,
)
def absent_versions(pair: TextPair) -> Iterator[Finding]:
    for side, place, link in linked(pair):
        if link.is_absent:
            level = Level.WARNS if link.was_withdrawn else Level.INFORMS
            yield about_link("absent_versions", level, side, place, link, said_of_absent(side, link))


def said_of_absent(side: int, link: Link) -> Said:
    here, there = NAMES[side], NAMES[1 - side]
    if link.was_withdrawn:
        left = (
            (f" The link leads to the {there[0]}, and says so.", f"链接改为指向{there[1]}版，并予注明。")
            if link.language
            else ("", "")
        )
        return Said(
            f"The {here[0]} version of “{link.title}” was withdrawn.{left[0]}",
            f"“{link.title}”的{here[1]}版已撤稿。{left[1]}",
        )
    if link.language:
        return Said(
            f"“{link.title}” is there in {there[0]} only: readers see the link marked so.",
            f"“{link.title}”只有{there[1]}版，读者看到的链接会注明。",
        )
    return Said(
        f"“{link.title}” is not public yet: readers see the words without a link.",
        f"“{link.title}”尚未公开，读者只看到文字，没有链接。",
    )


@check(
    "broken_links",
    ("Broken links", "失效链接"),
    (
        "A link to a page of this site that is not there warns. An address elsewhere that was gone when it was last "
        "asked, in the background, informs; one that keeps programs out is not called broken.",
        "链接指向的本站页面不存在，则提醒。后台定期检查站外链接，上次检查时已失效的，予以提示；拒绝程序访问的网站不算失效。",
    ),
    needs_both=False,
)
def broken_links(pair: TextPair) -> Iterator[Finding]:
    for side, place, link in linked(pair):
        if link.is_broken:
            said = Said(f"{link.href} leads nowhere.", f"链接{link.href}已失效。")
            level = Level.INFORMS if link.is_external else Level.WARNS
            yield about_link("broken_links", level, side, place, link, said)


def linked(pair: TextPair) -> Iterator[tuple[int, Place, Link]]:
    for side, passage in enumerate((pair.english, pair.chinese)):
        for place, link in links_in(passage, pair.documents[side]):
            yield side, place, link


def about_link(name: str, level: Level, side: int, place: Place, link: Link, said: Said) -> Finding:
    return Finding(name, level, said, () if side else (place,), (place,) if side else (), what=link.href)
