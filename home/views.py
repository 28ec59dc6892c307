"""`/`, and what an address answers in a language: the page, that it is missing there, that it was taken down."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.defaults import page_not_found
from wagtail.models import Page
from wagtail.views import serve as wagtail_serve

from home import routing
from home.elsewhere import Elsewhere, Gone, State, absence_of, public_version, said_as
from home.languages import ENGLISH, LANGUAGES, current_language, other_language


@require_safe
@cache_control(private=True, no_store=True)
def negotiate(request: HttpRequest) -> HttpResponse:
    """`/`: to the home page of the language the reader chose or, before any choice, prefers."""
    code = translation.get_language_from_request(request)
    language = LANGUAGES.get(code.lower(), ENGLISH)  # Django hands a cookie's `zh-Hans` back as it came
    response = HttpResponseRedirect(language.home_url)
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    """Wagtail's view of a page; where there is none in this language but there is one in the other, an honest 404.

    A page that is there is not missing: what it refuses is a value of the query that names nothing.
    """
    routing.prepare(request, path, current_language())
    try:
        return wagtail_serve(request, path)
    except Http404 as refusal:
        if routing.is_there(request):
            return not_found(request, refusal)
        return absent(request, path, refusal)


def not_found(request: HttpRequest, refusal: Http404) -> HttpResponse:
    """A plain 404, in the reader's language, under DEBUG too."""
    return page_not_found(request, refusal)


def absent(request: HttpRequest, path: str, refusal: Http404) -> HttpResponse:
    """What is said at an address below a language where no page is public."""
    here = current_language()
    gone = routing.gone(path, here)
    if gone is not None:
        return withdrawn(request, gone, path)
    original = routing.find(path, other_language(here))
    return not_found(request, refusal) if original is None else missing_translation(request, original)


def missing_translation(request: HttpRequest, original: Page) -> HttpResponse:
    """404 in the language asked for, naming the version that exists. `original` is a live, public page."""
    context = {
        "missing": original,
        "for_good": absence_of(original) == State.NEVER,
        "said_as": said_as(type(original)),
        "switch": Elsewhere(original.url),
    }
    return unlisted(render(request, "missing_translation.html", context, status=404))


def withdrawn(request: HttpRequest, gone: Gone, path: str = "", below: str = "") -> HttpResponse:
    """410 in the language asked for, with the date and the version that is still public, if one is.

    `path`: of the page, below the language, where the address has one; `below`: what was asked for below the page.
    """
    there = other_language(current_language())
    left = public_version(gone.translation_key, there)
    switch = None
    if left is not None:
        switch = Elsewhere(left.url)
    elif path:
        state = State.WITHDRAWN if routing.gone(path, there) else State.NOT_YET
        switch = Elsewhere(f"{there.home_url}{path.strip('/')}/{below}", state)
    context = {"withdrawn_at": gone.at, "said_as": gone.said_as, "left": left, "is_ours": True, "switch": switch}
    return unlisted(render(request, "410.html", context, status=410))


def unlisted(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    return response
