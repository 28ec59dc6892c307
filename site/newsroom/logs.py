"""The log: each line says when, how grave, and of which request; each request leaves one line when it is answered.

Of a person there is the number of their account and nothing else: no address, no name, no query, nothing typed.
"""

import json
import logging
import re
import time
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from http import HTTPStatus
from uuid import uuid4

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.encoding import escape_uri_path

from home.keyed import without_keys

access = logging.getLogger("newsroom.access")

NONE = "-"
WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{8,64}")
"""Of a proxy: nothing that ends a line or fills a log."""
FIELDS = ("method", "path", "status", "ms", "bytes", "user")

request_id: ContextVar[str] = ContextVar("request_id", default=NONE)


class LogMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        token = request_id.set(id_of(request))
        began = time.monotonic()
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = request_id.get()
            told = {
                "method": request.method if re.fullmatch("[A-Z]{1,20}", request.method or "") else NONE,
                "path": without_keys(escape_uri_path(request.path)),
                "status": response.status_code,
                "ms": round((time.monotonic() - began) * 1000),
                "bytes": size_of(response),
                "user": user_of(request, response),
            }
            access.info(" ".join(f"%({name})s" for name in FIELDS), told, extra={"told": told})
        finally:
            request_id.reset(token)
        return response


def id_of(request: HttpRequest) -> str:
    """A trusted proxy's own, for home.proxies has left no other, if it is well-formed; else one that is new."""
    said = request.headers.get("X-Request-ID", "")
    return said if WELL_FORMED.fullmatch(said) else uuid4().hex


def size_of(response: HttpResponseBase) -> int | str:
    """Bytes of the body, before a server in front compresses it; of a stream what its header says."""
    if response.streaming:
        return response.headers.get("Content-Length", NONE)
    return len(getattr(response, "content", b""))


def user_of(request: HttpRequest, response: HttpResponseBase) -> str:
    """The number of the account, where the session has been read: it is not read for the log."""
    session = getattr(request, "session", None)
    if session is None or not session.accessed or response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return NONE
    return str(session.get(SESSION_KEY, NONE))


class RequestFilter(logging.Filter):
    """Where something is away for all requests, a line each says why; a traceback each would fill the disk."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        if getattr(record, "status_code", None) == HTTPStatus.SERVICE_UNAVAILABLE and record.exc_info:
            error = record.exc_info[1]
            record.msg, record.args = f"{record.getMessage()}: {type(error).__name__}: {error}", ()
            record.exc_info = None
        return True


def moment(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


class PlainFormatter(logging.Formatter):
    """`2026-11-18T02:00:00.123+00:00 INFO 3f… newsroom.access: GET /en/ 200 12 34567 -`"""

    def format(self, record: logging.LogRecord) -> str:
        said = without_keys(record.getMessage()).replace("\r", "\\r").replace("\n", "\\n")
        line = f"{moment(record)} {record.levelname} {getattr(record, 'request_id', NONE)} {record.name}: {said}"
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


class JsonFormatter(logging.Formatter):
    """An object a line."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": moment(record),
            "level": record.levelname,
            "request_id": getattr(record, "request_id", NONE),
            "logger": record.name,
            "message": without_keys(record.getMessage()),
            **getattr(record, "told", {}),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)
