"""The language in which a request is answered."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers
from wagtail.users.models import UserProfile

from home.languages import current_language


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
