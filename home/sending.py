"""A stored file as an answer: whole, or the part of it that is asked for, so that a download can go on."""

import re
from hashlib import sha256

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_http_date_safe

from home.storage import GuardedNames

PART, UNSATISFIABLE = 206, 416


def send(
    request: HttpRequest, storage: GuardedNames, name: str, content_type: str, is_public: bool
) -> HttpResponseBase:
    """FileNotFoundError, StorageAway. Who may have it has been asked before."""
    stored = storage.look(name)
    tag = f'"{sha256(f"{name}:{stored.size}:{stored.modified}".encode()).hexdigest()[:24]}"'
    stamp = int(stored.modified.timestamp())
    answer: HttpResponseBase | None = get_conditional_response(request, tag, stamp) if is_public else None
    if answer is None:
        answer = body(request, storage, name, content_type, asked_for(request, stored.size, tag, stamp), stored.size)
    answer["ETag"], answer["Last-Modified"] = tag, http_date(stamp)
    answer["Accept-Ranges"] = "bytes"
    return answer


def body(
    request: HttpRequest, storage: GuardedNames, name: str, content_type: str, wanted: range | None, size: int
) -> HttpResponseBase:
    if wanted is None:
        return HttpResponse(status=UNSATISFIABLE, headers={"Content-Range": f"bytes */{size}"})
    answer: HttpResponseBase
    is_whole = len(wanted) == size
    if request.method == "HEAD":
        answer = HttpResponse(content_type=content_type)
    elif is_whole and storage.is_near:
        answer = FileResponse(storage.open(name), content_type=content_type)
    else:
        answer = StreamingHttpResponse(storage.parts(name, wanted), content_type=content_type)
    answer["Content-Length"] = str(len(wanted))
    if not is_whole:
        answer.status_code = PART
        answer["Content-Range"] = f"bytes {wanted.start}-{wanted.stop - 1}/{size}"
    return answer


def asked_for(request: HttpRequest, size: int, tag: str, stamp: int) -> range | None:
    """Which bytes; None, where there are none of those. Of several parts at once, and of another version, all."""
    whole = range(size)
    said = re.fullmatch(r"bytes=(\d{0,15})-(\d{0,15})", request.headers.get("Range", "").replace(" ", ""), re.ASCII)
    known = request.headers.get("If-Range")
    if request.method != "GET" or said is None or not any(said.groups()):
        return whole
    if known is not None and known != tag and parse_http_date_safe(known) != stamp:
        return whole
    first, last = said.groups()
    if not first:
        found = whole[-int(last) :] if int(last) else range(0)
    else:
        found = whole[int(first) : int(last) + 1 if last else size]
        if last and int(last) < int(first):
            return whole  # it says nothing
    return found or None
