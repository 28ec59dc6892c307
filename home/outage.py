"""What is answered where a request ends in an error: that the site is away for a moment where the database is, that
nothing was saved where the disk is full or takes nothing.

Nothing here asks the database, which may be what is away; nor another host.
"""

import errno
import sqlite3
import sys
from collections.abc import Iterator

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.views import defaults

from home.browser import takes_no_page
from home.storage import StorageAway

AWAY, READ_ONLY, FULL = "503.html", "read_only.html", "full.html"
SECONDS = {AWAY: 30, READ_ONLY: 600, FULL: 600}
"""After which it is worth asking again."""
WORDS = {
    AWAY: "This site cannot be reached for the moment. Please try again in a minute. 网站暂时无法访问，请稍后再试。",
    READ_ONLY: (
        "This site can only be read at the moment. Nothing was saved. 网站目前只能浏览，您提交的内容没有保存。"
    ),
    FULL: "The server has no room left. Nothing was saved. 服务器空间已满，您提交的内容没有保存。",
}
POSTGRESQL = {"25006": READ_ONLY, "53100": FULL}
SQLITE = {sqlite3.SQLITE_READONLY: READ_ONLY, sqlite3.SQLITE_FULL: FULL}
KERNEL = {errno.EROFS: READ_ONLY, errno.ENOSPC: FULL, errno.EDQUOT: FULL}
"""By the code that each gives its errors."""


def server_error(request: HttpRequest) -> HttpResponseBase:
    errors = list(chain(sys.exc_info()[1]))
    for error in errors:
        if template := takes_nothing(error):
            return unavailable(request, template)
    if any(isinstance(error, (OperationalError, InterfaceError, StorageAway)) for error in errors):
        return unavailable(request, AWAY)
    return defaults.server_error(request)


def takes_nothing(error: BaseException) -> str:
    """What is answered where the disk or the database takes nothing; empty for any other error."""
    if isinstance(error, sqlite3.Error):
        return SQLITE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, "")  # without what it says besides
    if isinstance(error, OSError):
        return KERNEL.get(error.errno or 0, "")
    return POSTGRESQL.get(getattr(error, "sqlstate", None) or "", "")


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error, and those that it came of."""
    seen: list[BaseException] = []
    while error is not None and error not in seen:
        seen.append(error)
        yield error
        error = error.__cause__ or error.__context__


def unavailable(request: HttpRequest, template: str) -> HttpResponseBase:
    response: HttpResponse
    if takes_no_page(request):
        # Of the codes that Wagtail's autosave knows, this is the one whose words it shows.
        told = {"success": False, "error_code": "validation_error", "error_message": WORDS[template]}
        response = JsonResponse(told, status=503, json_dumps_params={"ensure_ascii": False})
    else:
        response = HttpResponse(render_to_string(template), status=503)
    response["Retry-After"] = str(SECONDS[template])
    response["Cache-Control"] = "no-store"
    return response
