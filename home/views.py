"""`/`, and what an address answers in a language: the page, that it is missing there, that it was taken down."""

from datetime import datetime

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
from home.languages import ENGLISH, LANGUAGES, current_language, language_of, other_language


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
    """Wagtail's view of a page; where there is none in this language but there is one in the other, an honest 404."""
    language = current_language()
    routing.prepare(request, path, language)
    try:
        return wagtail_serve(request, path)
    except Http404 as refusal:
        moment = routing.withdrawn_at(path, language)
        if moment is not None:
            return withdrawn(request, moment)
        original = routing.find(path, other_language(language))
        if original is None:
            return page_not_found(request, refusal)  # in the reader's language, under DEBUG too
        return missing_translation(request, original)


def missing_translation(request: HttpRequest, original: Page) -> HttpResponse:
    """404 in the language asked for, naming the version that exists. `original` is a live, public page."""
    stays = getattr(original, "stays_in_one_language", False)
    context = {"missing": original, "missing_language": language_of(original), "for_good": stays}
    response = render(request, "missing_translation.html", context, status=404)
    response["X-Robots-Tag"] = "noindex"
    return response


def withdrawn(request: HttpRequest, moment: datetime) -> HttpResponse:
    """410 in the language asked for, with the date: what stood here was taken down for good at `moment`."""
    response = render(request, "410.html", {"withdrawn_at": moment}, status=410)
    response["X-Robots-Tag"] = "noindex"
    return response
