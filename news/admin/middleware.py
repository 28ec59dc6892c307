"""A refusal reaches the person who met it as a message, wherever in the admin it was met."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages

from home.browser import is_here, is_script
from home.gate import Refused

from . import above


class RefusalMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not request.path.startswith(reverse("wagtailadmin_home")):
            return None  # who reads is not asked who they are
        user = getattr(request, "user", None)
        if user is None or not user.has_perm("wagtailadmin.access_admin"):
            return None
        try:
            return above.answer(request)  # type: ignore[arg-type]  # of somebody who works here
        except Refused as refusal:
            return self.process_exception(request, refusal)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        if "text/html" not in request.headers.get("Accept", "text/html") or is_script(request):
            return JsonResponse(
                {"success": False, "error_code": "refused", "error_message": str(exception)}, status=403
            )
        messages.error(request, str(exception))
        return redirect(exception.url or back(request))


def back(request: HttpRequest) -> str:
    referrer = request.headers.get("Referer", "")
    return referrer if is_here(request, referrer) else "wagtailadmin_home"
