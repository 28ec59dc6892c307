"""The language in which a request is answered, and what no request may ask for."""

import json
import re
from collections.abc import Callable
from contextlib import nullcontext

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.defaults import page_not_found
from wagtail.users.models import UserProfile

from home.characters import HALVES
from home.kept import fetched_once
from home.languages import current_language
from home.reading import SAFE
from home.refusing import exceeds, too_much


class LanguageMiddleware(LocaleMiddleware):
    """The language of a page is that of its address, and of nothing else.

    Django's own middleware would answer an address without a prefix by a redirect that depends on the reader's
    language; here only `/` does.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        response.headers.setdefault("Content-Language", current_language().tag)
        if not translation.get_language_from_path(request.path_info):
            patch_vary_headers(response, ["Accept-Language"])
        return response


class KeptMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with fetched_once() if request.method in SAFE else nullcontext():
            return self.get_response(request)


class NullCharacterMiddleware:
    """Nothing of ours has a null character in its address or is found by one, and PostgreSQL takes none.

    What is posted is for its form to refuse, which names the field.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return page_not_found(request, Http404())
        request.COOKIES = {name: value for name, value in request.COOKIES.items() if "\0" not in value}
        return self.get_response(request)


class HalfCharacterMiddleware:
    """A form's words are whole characters: half of a pair, as `\\ud83d` in JSON alone, cannot be stored by a database.

    It is replaced as browsers and Django replace what is no character: by U+FFFD, which one sees and mends.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.content_type == "application/json":
            try:
                words = request.body.decode(errors="replace")
            except RequestDataTooBig:
                return too_much(request)
            if HALF.search(words):
                request._body = whole(words).encode()
        elif request.method == "POST" and not exceeds(request):
            lists = {name: values for name, values in request.POST.lists() if any(map(HALF.search, values))}
            if lists:
                fields = request.POST.copy()
                for name, values in lists.items():
                    fields.setlist(name, [whole(value) for value in values])
                request.POST = fields  # type: ignore[assignment]  # Django's setter takes it
        return self.get_response(request)


HALF = re.compile(r"[\ud800-\udfff]|\\u[dD][89a-fA-F][0-9a-fA-F]{2}")
"""Half of a pair, or what may stand for it in JSON."""


def whole(words: str) -> str:
    """Words without halves. JSON stays as it was where it has none, and what only looks like it is left alone."""
    try:
        told = json.loads(words) if words[:1] in ("{", "[", '"') else None
    except (ValueError, RecursionError):
        told = None
    if told is None:
        return HALVES.sub("\ufffd", words)
    written = json.dumps(told, ensure_ascii=False)
    return HALVES.sub("\ufffd", written) if HALVES.search(written) else words


class AdminLanguageMiddleware:
    """In the admin, refusals and errors too come in the language that somebody has chosen for it.

    Wagtail activates that language inside its views alone; what they raise is answered outside.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith("/cms/") and request.user.is_authenticated:
            user = request.user
            # As Wagtail's own check of access does after us: asked for once, it stays with the user.
            profile = getattr(user, "wagtail_userprofile", None) or UserProfile.get_for_user(user)
            translation.activate(profile.get_preferred_language())
        return self.get_response(request)


class NextMiddleware:
    """Where somebody is led after a form is an address. Django's `redirect` would take any other word for a view's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.GET = of_addresses(request.GET)  # type: ignore[assignment]  # a copy of it
        if request.method == "POST" and not exceeds(request):
            request.POST = of_addresses(request.POST)  # type: ignore[assignment]  # Django's setter takes it
        return self.get_response(request)


def of_addresses(fields: QueryDict) -> QueryDict:
    wrong = [name for name in LEAD if fields.get(name) and "/" not in fields[name]]
    if wrong:
        fields = fields.copy()
        for name in wrong:
            fields[name] = ""
    return fields


LEAD = ("next", "return_url")
