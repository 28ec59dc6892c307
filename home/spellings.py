"""Other ways of writing a language at the beginning of an address: `/zh/`, `/zh_CN/`, `/EN/` lead to its own."""

import re

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.encoding import escape_uri_path
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect

from home import routing
from home.languages import CHINESE, ENGLISH, LANGUAGES, Language, other_language

SPELLINGS = {
    ENGLISH: re.compile(r"en|eng|english|en[-_][a-z]{2}|英文|英语"),
    CHINESE: re.compile(r"zh|cn|chs|chn|chinese|zhongwen|中文|简体|简体中文|zh(?:[-_](?:hans|chs|cn|sg|my))+"),
}
TRADITIONAL = re.compile(r"cht|繁體|繁体|zh(?:[-_](?:hant|cht|tw|hk|mo))+")
"""Led to the same, but never for good: the site may have a reading of its own for them one day."""


def spelt(name: str) -> tuple[Language, bool] | None:
    """(the Language that the first part of an address means, whether for good); None where it is no language's."""
    if name in LANGUAGES:
        return None
    folded = name.casefold()
    if TRADITIONAL.fullmatch(folded):
        return CHINESE, False
    found = (
        language for language, spelling in SPELLINGS.items() if spelling.fullmatch(folded) or folded == language.code
    )
    return next(((language, True) for language in found), None)


def own_address(path: str) -> tuple[str, Language, bool] | None:
    """(`/zh-hans/news/it/` for `/zh_CN/news/it`, its Language, whether for good), or None."""
    first, _slash, rest = path.removeprefix("/").partition("/")
    meant = spelt(first)
    if meant is None:
        return None
    language, for_good = meant
    address = f"{language.home_url}{rest}"
    if name_of(address, language) is None and name_of(f"{address}/", language) is not None:
        address += "/"
    return address, language, for_good


def name_of(address: str, language: Language) -> str | None:
    """Of the pattern that answers an address below a language, or None."""
    with translation.override(language.code):  # patterns of other languages are not looked at
        try:
            return resolve(address).url_name
        except Resolver404:
            return None


def lead_to_own(request: HttpRequest) -> HttpResponse | None:
    """For what nothing answers: to the address in the language's own spelling, if there is anything to be found."""
    found = own_address(request.path_info) if request.method in ("GET", "HEAD") else None
    if found is None:
        return None
    address, _language, for_good = found
    settled = stands(address)
    if not settled and not leads_somewhere(request, address):
        return None
    query = request.META.get("QUERY_STRING", "")
    url = escape_uri_path(address) + (f"?{query}" if query else "")
    return HttpResponsePermanentRedirect(url) if settled and for_good else HttpResponseRedirect(url)


def parts_of(address: str) -> tuple[Language, str] | None:
    """(Language, what follows it)"""
    first, _slash, rest = address.removeprefix("/").partition("/")
    return (LANGUAGES[first], rest) if first in LANGUAGES else None


def stands(address: str) -> bool:
    """Whether something is there to stay: a page that is public, or an address that is no page's."""
    parts = parts_of(address)
    if parts is None:
        return False
    language, path = parts
    name = name_of(address, language)
    if name is None:
        return False
    if name == "bilingual":
        return all(routing.find(path.removesuffix("bilingual/"), each) for each in (language, other_language(language)))
    return name != "wagtail_serve" or routing.find(path, language) is not None


def leads_somewhere(request: HttpRequest, address: str) -> bool:
    """Whether readers are told more there than that there is nothing: a redirect, the other version, a withdrawal."""
    seen: set[str] = set()
    while address.rstrip("/") not in seen:  # redirects that lead here again
        seen.add(address.rstrip("/"))
        redirect = get_redirect(request, Redirect.normalise_path(address))
        if redirect is None:
            return stands(address) or says_why(address)
        if not redirect.link or not redirect.link.startswith("/") or redirect.redirect_page:
            return bool(redirect.link)
        own = own_address(redirect.link)
        address = own[0] if own else redirect.link
    return False


def says_why(address: str) -> bool:
    parts = parts_of(address)
    if parts is None:
        return False
    language, path = parts
    if name_of(address, language) == "bilingual":
        path = path.removesuffix("bilingual/")
    return routing.gone(path, language) is not None or routing.find(path, other_language(language)) is not None
