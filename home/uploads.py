"""An upload that breaks off, because the disk is full or may not be written: said in words, and nothing of it stays."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.files.storage import default_storage
from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.models import UploadedFile

from home.browser import is_script
from home.refusing import MISSING, exceeds, not_whole, too_much
from home.renaming import STORED, is_named
from home.storage import NotStored, stored_names

NAMED = {**STORED, UploadedFile: "file"}
NO_ROOM = 507


class UploadHandler(TemporaryFileUploadHandler):
    """What does not fit into the folder for temporary files is passed over, and the request knows of it."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        self.attempt(super().new_file, *args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.attempt(super().receive_data_chunk, raw_data, start)

    def file_complete(self, file_size: int) -> Any:
        return self.attempt(super().file_complete, file_size)

    def attempt(self, do: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        try:
            return do(*args, **kwargs)
        except OSError:
            self.request.upload_broke = True  # type: ignore[union-attr]  # ours to say
            raise SkipFile from None


class UploadMiddleware:
    """Comes last, so that what a view raises is met here before anything else makes an answer of it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method != "POST":
            return self.get_response(request)
        if exceeds(request):
            return too_much(request)
        token = stored_names.set([])
        try:
            response = self.get_response(request)
            if getattr(request, "failed", False):
                take_back(stored_names.get() or ())
            return response
        finally:
            stored_names.reset(token)

    def process_view(self, request: HttpRequest, *args: Any) -> HttpResponse | None:
        if request.content_type != "multipart/form-data":
            return None
        request.POST  # noqa: B018  (only now the files are read)
        return in_words(request, NotStored()) if hasattr(request, "upload_broke") else None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        request.failed = True  # type: ignore[attr-defined]  # what was stored goes once what was written has
        if request.method != "POST":  # who only looks is not led back to look again
            return None
        if isinstance(exception, MISSING):
            return not_whole(request)
        return in_words(request, exception) if isinstance(exception, NotStored) else None


def take_back(names: Iterable[str]) -> None:
    for name in names:
        if not is_named(name, NAMED):
            default_storage.delete(name)


def in_words(request: HttpRequest, refusal: NotStored) -> HttpResponse:
    if is_script(request):
        # Wagtail's uploader shows what was said only where it was answered well.
        status = 200 if "/multiple/" in request.path_info else NO_ROOM
        return JsonResponse({"success": False, "error_message": str(refusal)}, status=status)
    messages.error(request, str(refusal))
    return redirect(request.get_full_path())
