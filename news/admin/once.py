"""One form makes one thing, however often and from however many requests at once it is sent.

Each form of the admin carries a key that its page has made up (home/static/home/once.js). Whoever comes second waits
for the first, and is led to what that one made: autosave and a button, a double click, a form sent again. The same form
of a new page may come with other words than at first: then these are saved, in the page that is there.
"""

import hashlib
import json
import re
from collections.abc import Callable
from typing import Any

from django.contrib.messages import get_messages
from django.contrib.messages.constants import ERROR
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.views.generic.chooser import CreateViewMixin
from wagtail.admin.views.generic.models import CreateView
from wagtail.admin.views.generic.multiple_upload import AddView
from wagtail.models import Page

from home.forms_told import KEY
from news.models import SentForm

TURN = "newsroom-turn"
"""The field with a number that grows each time a form is sent."""
SAVED = "newsroom-saved"
"""The cookie that tells the browser which forms arrived, so that it forgets what it kept of them."""
IS_KEY = re.compile(r"[\w-]{16,64}")
PAGE = "wagtailadmin_pages:add"
ALSO = {
    "wagtailadmin_pages:copy",
    "newsroom_files:replace",
    "newsroom_people:name_acting",
    "newsroom_people:put_on_duty",
    "newsroom_releases:duplicate",
}
"""What makes something by another view than Wagtail's for that."""
UNTOLD = {"csrfmiddlewaretoken", TURN}
AT_MOST = 10
SAVED_MEANWHILE = gettext_lazy(
    "This page had been saved elsewhere since this form was opened. What it said then stands in its history: see"
    " whether anything of it is missing now."
)


class OnceMiddleware:
    """Comes last: it runs the view, and all that the view writes, in one transaction with the note that it was sent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = key_of(request)
        if key is None:
            return self.get_response(request)
        match = match_of(request)
        if match is not None and makes(match):
            response = self.send(request, f"{match.view_name} {request.get_full_path()} {key}", match)
        else:
            response = self.get_response(request)
        if is_saved(request, response):
            tell(request, response, key)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        request.failed = True  # type: ignore[attr-defined]  # ours to say

    def send(self, request: HttpRequest, name: str, match: ResolverMatch) -> HttpResponseBase:
        """Other words in the form of a new page are that page's; in another form they are another thing's."""
        told, is_page = said_in(request), match.view_name == PAGE
        digest = hashlib.sha256(f"{request.user.pk} {name} {'' if is_page else told}".encode()).hexdigest()
        SentForm.forget_old()
        with transaction.atomic():
            sent, is_first = noted(digest)
            if not is_first and not is_there(sent, match):
                sent.answer, is_first = {}, True
            if is_first:
                response = self.get_response(request)
            elif is_page and (sent.answer["told"] != told or asks_for_json(request) == bool(sent.answer["url"])):
                return self.go_on(request, sent, told)
            else:
                return answered(request, sent)
            if getattr(request, "failed", False):
                transaction.set_rollback(True)
            elif has_made(response) and (hasattr(request, "made_page") or not is_refused(request)):
                note(sent, request, response, told)
            else:
                sent.delete()
        return response

    def go_on(self, request: HttpRequest, sent: SentForm, told: str) -> HttpResponseBase:
        """The form of a new page that is there by now: from here on it is that page's editor."""
        turn = turn_of(request)
        if turn < sent.answer["turn"] or (asks_for_json(request) and turn == sent.answer["turn"]):
            return late(request, sent)
        fields = request.POST.copy()
        for name, value in sent.answer["fields"].items():
            fields[name] = value
        newest = Page.objects.get(pk=sent.answer["page"]).latest_revision_id
        if asks_for_json(request):
            fields["overwrite_revision_id"] = str(sent.answer["revision"] or "")
        request.POST = fields  # type: ignore[assignment]  # Django's setter takes it
        request.path_info = request.path = reverse("wagtailadmin_pages:edit", args=[sent.answer["page"]])
        response = self.get_response(request)
        if getattr(request, "failed", False):
            transaction.set_rollback(True)
            return response
        if asks_for_json(request):
            response = with_address(response, sent)
        if has_made(response):
            if newest != sent.answer["revision"]:
                messages.warning(request, SAVED_MEANWHILE)
            sent.answer["revision"] = Page.objects.get(pk=sent.answer["page"]).latest_revision_id
            note(sent, request, response, told)
        return response


def key_of(request: HttpRequest) -> str | None:
    if request.method != "POST" or not request.path_info.startswith(reverse("wagtailadmin_home")):
        return None
    user = getattr(request, "user", None)
    key = request.POST.get(KEY, "")
    return key if IS_KEY.fullmatch(key) and user is not None and user.is_authenticated else None


def turn_of(request: HttpRequest) -> int:
    """Without a script, none: then it is the newest."""
    turn = request.POST.get(TURN, "")
    return int(turn) if turn.isascii() and turn.isdigit() and len(turn) < 16 else 10**16


def match_of(request: HttpRequest) -> ResolverMatch | None:
    try:
        return resolve(request.path_info)
    except Resolver404:
        return None


def makes(match: ResolverMatch) -> bool:
    """Whether a form at an address makes something new each time."""
    is_view = issubclass(view_of(match), CreateView | CreateViewMixin | AddView)
    return is_view or match.view_name == PAGE or match.view_name in ALSO


def view_of(match: ResolverMatch) -> type[Any]:
    """What is no class answers as one that is nothing in particular."""
    return getattr(match.func, "view_class", object)


def said_in(request: HttpRequest) -> str:
    """A digest of what a form says, its files by their contents."""
    lists = sorted((name, values) for name, values in request.POST.lists() if name not in UNTOLD)
    told = hashlib.sha256(json.dumps(lists).encode())
    files: Any = request.FILES
    for name, file in sorted(files.items()):
        told.update(f"{name} {file.name} ".encode(errors="replace"))
        for chunk in file.chunks():
            told.update(chunk)
        file.seek(0)
    return told.hexdigest()


def noted(digest: str) -> tuple[SentForm, bool]:
    """Whoever comes second waits here until the first is done."""
    try:
        with transaction.atomic():
            return SentForm.objects.create(key=digest), True
    except IntegrityError:
        return SentForm.objects.select_for_update().get(key=digest), False


def note(sent: SentForm, request: HttpRequest, response: HttpResponseBase, told: str) -> None:
    made = getattr(request, "made_page", None)
    sent.answer |= {"told": told, "turn": turn_of(request), "url": response.headers.get("Location", "")}
    if isinstance(response, HttpResponse) and not sent.answer["url"]:
        sent.answer |= {"body": response.content.decode(), "type": response.headers["Content-Type"]}
    if made is not None:
        sent.answer |= {"page": made.page, "revision": made.revision, "fields": made.fields}
    sent.save()


def is_there(sent: SentForm, match: ResolverMatch) -> bool:
    """Whether what was made is there still: a page, or a file that was dropped into a library. Of others, yes."""
    if match.view_name == PAGE:
        return Page.objects.filter(pk=sent.answer.get("page")).exists()
    view = view_of(match)
    if not issubclass(view, AddView):
        return True
    key = json.loads(sent.answer["body"]).get(view.context_object_id_name)
    return key is None or view().get_model().objects.filter(pk=key).exists()


def has_made(response: HttpResponseBase) -> bool:
    """A form with errors is shown again, or says so."""
    if response.status_code == 302:
        return True
    said = json_of(response)
    return response.status_code == 200 and bool(said.get("success") or str(said.get("step", "")).endswith("chosen"))


def json_of(response: HttpResponseBase) -> dict[str, Any]:
    if not isinstance(response, HttpResponse) or not response.headers.get("Content-Type", "").startswith(
        ("application/json", "text/javascript")
    ):
        return {}
    said = json.loads(response.content)
    return said if isinstance(said, dict) else {}


def answered(request: HttpRequest, sent: SentForm) -> HttpResponse:
    """As the first one was."""
    url = sent.answer["url"]
    if asks_for_json(request) and url:
        return late(request, sent)
    return HttpResponseRedirect(url) if url else HttpResponse(sent.answer["body"], content_type=sent.answer["type"])


def late(request: HttpRequest, sent: SentForm) -> HttpResponse:
    """What was sent before what is saved by now, and came after it."""
    if not asks_for_json(request):
        return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[sent.answer["page"]]))
    words = _("What was typed after this is saved already.")
    return JsonResponse({"success": False, "error_code": "invalid_revision", "error_message": words}, status=400)


def with_address(response: HttpResponseBase, sent: SentForm) -> HttpResponseBase:
    """The browser may never have heard that its page was made: told so, it goes on as that page's editor."""
    said = json_of(response)
    if not said.get("success"):
        return response
    address = reverse("wagtailadmin_pages:edit", args=[sent.answer["page"]])
    fields = {**sent.answer["fields"], **said.get("field_updates", {})}
    sent.answer |= {"fields": fields}
    more = {"url": address, "hydrate_url": f"{address}?_w_hydrate_create_view=1", "field_updates": fields}
    return JsonResponse({**said, **more})


def asks_for_json(request: HttpRequest) -> bool:
    return not request.accepts("text/html")


def is_saved(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether a form arrived and was answered without a word against it. Autosave hears of it by itself."""
    if response.status_code != 302 or response.headers["Location"].startswith(reverse("wagtailadmin_login")):
        return False
    return not getattr(request, "failed", False) and not is_refused(request)


def is_refused(request: HttpRequest) -> bool:
    """Whether something was said against it, whatever it was answered with."""
    queued = getattr(get_messages(request), "_queued_messages", [])
    return any(message.level >= ERROR for message in queued)


def tell(request: HttpRequest, response: HttpResponseBase, key: str) -> None:
    keys = [key, *(told for told in request.COOKIES.get(SAVED, "").split(".") if IS_KEY.fullmatch(told))]
    response.set_cookie(
        SAVED,
        ".".join(keys[:AT_MOST]),
        max_age=60 * 60 * 24,
        path=reverse("wagtailadmin_home"),
        secure=request.is_secure(),
        samesite="Lax",
    )
