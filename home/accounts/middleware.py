"""What is known of whoever asks, and what they are told who are not let in."""

import math
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from home import clock
from home.browser import is_here, takes_no_page
from home.keyed import CALENDAR
from home.refusing import is_admin, refused

from . import browsers, factors
from .asking import asked, is_where_the_admin_opens
from .sessions import session_of
from .speaking import in_language_of
from .throttle import Throttled

TOO_MANY = 429
OF_THE_LOGIN_PAGE = ("/cms/jsi18n/", "/cms/sprite/")
"""What Wagtail puts into that page, and into ours: open to everybody, and no page to be led from."""
ELSEWHERE = (
    "This part of the site is open from certain networks alone, and yours is none of them. "
    "此部分仅限指定网络访问，您所在的网络不在其中。\n"
)


class AccountMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        token = asked.set(request)
        stock: Any = request.user
        request.user = SimpleLazyObject(lambda: let_in(request, stock))  # type: ignore[assignment]  # as Django's own
        try:
            response = keep_out(request) or lead(request) or self.get_response(request)
            browsers.tell(request, response)
            return response
        finally:
            asked.reset(token)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Throttled):
            return None
        seconds = max(1, math.ceil((exception.until - timezone.now()).total_seconds()))
        minutes = math.ceil(seconds / 60)
        words = ngettext(
            "This was tried too often. Try again in %(minutes)s minute, at %(moment)s; until then even the right"
            " password or code is refused. Whoever runs this site can open it earlier.",
            "This was tried too often. Try again in %(minutes)s minutes, at %(moment)s; until then even the right"
            " password or code is refused. Whoever runs this site can open it earlier.",
            minutes,
        )
        said = words % {"minutes": minutes, "moment": clock.words(exception.until)}
        response = refused(request, _("Too many tries"), said, TOO_MANY)
        response["Retry-After"] = str(seconds)
        return response


def let_in(request: Any, user: Any) -> Any:
    """Who has signed in, wholly. Whose factor is still to come is `request.half`, and nobody at any other door."""
    request.half = request.known_session = None
    if not user.is_authenticated:
        return user
    session = request.known_session = session_of(request, user)
    if session is None:
        return AnonymousUser()
    if session.confirmed or not factors.are_offered() or not (session.has_factor or factors.must(user)):
        return user
    request.half, request.half_session = user, session
    return AnonymousUser()


def lead(request: Any) -> HttpResponse | None:
    """To the second factor, whoever would be sent to sign in once more; scripts are refused as strangers are."""
    path, asks = request.path_info, reverse("second_factor")
    admin, doors = reverse("wagtailadmin_home"), (reverse("wagtailadmin_login"), reverse("wagtailcore_login"))
    is_door = request.method == "GET" and path in doors
    if not (path.startswith(admin) or is_door):
        return None
    if path.startswith(asks) or path == reverse("wagtailadmin_logout") or (path in doors and not is_door):
        str(request.user)  # now it is known who it is
        return None
    if request.user.is_authenticated or request.half is None:
        return None
    if takes_no_page(request) or path.startswith(OF_THE_LOGIN_PAGE) or CALENDAR.fullmatch(path):
        return None
    if is_door:
        onward = request.GET.get("next", "")
    elif request.method == "GET":
        onward = request.get_full_path()
    else:
        onward = not_taken(request)
    return redirect(f"{asks}?{urlencode({'next': onward})}" if onward else asks)


def not_taken(request: Any) -> str:
    """Says so to whoever has to have a factor since they opened a form. The page of it, which kept.js fills again."""
    with in_language_of(request.half):
        words = _(
            "What you sent was not saved: from now on you sign in here with a second factor, which comes first. What"
            " you typed is kept in this browser, for you alone, and is offered where you typed it."
        )
    messages.warning(request, words)
    referrer: str = request.headers.get("Referer", "")
    return referrer if is_here(request, referrer) else request.get_full_path()


def keep_out(request: HttpRequest) -> HttpResponse | None:
    """Of the admin, with its previews and its API, whoever comes from elsewhere than ADMIN_ALLOWED_NETS."""
    if not is_admin(request) or is_where_the_admin_opens(request):
        return None
    response = HttpResponse(ELSEWHERE, status=403, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "no-store"
    return response
