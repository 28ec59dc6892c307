"""Redirects lead each reader to the version in their language, and what stands below a page along with it.

Where there is none, another spelling of a language leads to its own.
"""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from wagtail.contrib.redirects.middleware import RedirectMiddleware as StockMiddleware
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from home import both
from home.languages import current_language, language_of
from home.spellings import lead_to_own
from home.views import withdrawn

MOST = 4
"""Parameters of an address of which one alone may have been led on; the others are kept."""


class RedirectMiddleware(StockMiddleware):
    """Wagtail's, which would lead to the one page that was chosen."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.status_code != 404:
            return response
        path = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
        plain, _mark, query = path.partition("?")
        for tried in dict.fromkeys([path, plain]):
            if found := get_redirect(request, tried):
                return lead(request, found, found.redirect_page_route_path) or response
        parameters = query.split("&") if "&" in query else []
        for parameter in parameters[:MOST]:
            if (found := get_redirect(request, f"{plain}?{parameter}")) and found.redirect_link:
                others = "&".join(each for each in parameters if each != parameter)
                joined = "&" if "?" in found.redirect_link else "?"
                return answer(f"{found.redirect_link}{joined}{others}", is_permanent=False)
        above, _slash, route = plain.rpartition("/")
        found = get_redirect(request, above) if above else None
        if found and found.redirect_page and f"/{route}" in routes_of(found.redirect_page):
            return lead(request, found, f"/{route}") or response
        if not translation.get_language_from_path(request.path_info):  # what has a language, its view has asked
            gone = both.policy.vacated_at(Redirect.normalise_path(request.path))
            if gone is not None:
                return withdrawn(request, gone)
        return lead_to_own(request) or response


def lead(request: HttpRequest, found: Redirect, route: str) -> HttpResponse | None:
    if found.redirect_page is None:
        return answer(found.link, found.is_permanent) if found.link else None
    has_language = bool(translation.get_language_from_path(request.path_info))
    page = in_the_readers_language(found.redirect_page)
    url = below(page, route)
    if url is None:
        return None
    # What depends on who asks, or on a version that may come, is nothing for caches to keep for good.
    is_settled = has_language and language_of(page) == current_language()
    response = answer(url, found.is_permanent and is_settled)
    if not has_language:
        add_never_cache_headers(response)
        patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


def answer(url: str, is_permanent: bool) -> HttpResponse:
    return HttpResponsePermanentRedirect(url) if is_permanent else HttpResponseRedirect(url)


def in_the_readers_language(page: Page) -> Page:
    """The version that is public in it, be it for some readers alone; else the page as it was chosen."""
    if language_of(page) == current_language():
        return page
    versions = Page.objects.live().filter(translation_key=page.translation_key, alias_of=None)
    return versions.filter(locale__language_code=current_language().code).first() or page


def routes_of(page: Page) -> list[str]:
    """The addresses below a page that lead to more than the page: `/bilingual`."""
    return [route.rstrip("/") for route in page.specific_deferred.get_route_paths() if route != "/"]


def below(page: Page, route: str) -> str | None:
    """The address of a page, or of what stands below it."""
    if f"/{route.strip('/')}" in routes_of(page) and page.url:
        return f"{page.url}{route.strip('/')}/"
    link: str | None = Redirect(redirect_page=page, redirect_page_route_path=route).link
    return link
