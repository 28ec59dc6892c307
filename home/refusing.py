"""A form that is refused before any view sees it: said in words, in the furniture of the page it was sent from."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import gettext as _

from home.browser import is_here, takes_no_page

TOO_MUCH = 413
REFUSED = 403
NOT_WHOLE = 400
EXCEEDED = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def exceeds(request: HttpRequest) -> bool:
    """Whether a form holds more than `DATA_UPLOAD_MAX_...` allows."""
    try:
        request.POST  # noqa: B018  (only now it is read)
    except EXCEEDED:
        request.POST = QueryDict()  # else whoever looks at it next raises again
        return True
    return False


def too_much(request: HttpRequest) -> HttpResponse:
    words = _(
        "There is more in this form than this site takes at once, so nothing of it was saved. Make two of it: take out"
        " part of the text, save, and go on in a second page."
    )
    return refused(request, _("Too much at once"), words, TOO_MUCH)


class NotWhole(Exception):
    """A form without a field that it always has, or with nonsense for a number that no person types."""


MISSING = (NotWhole, MultiValueDictKeyError)


def not_whole(request: HttpRequest) -> HttpResponse:
    words = _(
        "Only part of this form arrived, or something has changed it on its way. Nothing was saved. Go back, load that"
        " page anew, and send it once more."
    )
    return refused(request, _("Please send it once more"), words, NOT_WHOLE)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """Of a page that was open while somebody signed in or out, mostly."""
    user = getattr(request, "user", None)
    if is_admin(request) and request.path_info == reverse("wagtailadmin_login") and user and user.is_authenticated:
        asked = request.POST.get("next", "")  # who has signed in in another tab has signed in
        return redirect(asked if is_here(request, asked) else "wagtailadmin_home")
    words = _(
        "The page that this came from was open since before somebody signed in or out in this browser, or the browser"
        " keeps no cookies. Nothing was saved. Go back, load that page anew, and send it once more."
    )
    return refused(request, _("Please send it once more"), words, REFUSED)


def refused(request: HttpRequest, title: str, words: str, status: int) -> HttpResponse:
    if takes_no_page(request):
        # Of the codes that Wagtail's autosave knows, this is the one whose words it shows.
        told = {"success": False, "error_code": "validation_error", "error_message": words}
        return JsonResponse(told, status=status)
    template = "home/refused_in_admin.html" if is_admin(request) else "refused.html"
    response = render(request, template, {"title": title, "said": words}, status=status)
    response["Cache-Control"] = "no-store"
    return response


def is_admin(request: HttpRequest) -> bool:
    return request.path_info.startswith(reverse("wagtailadmin_home"))
