"""Outermost: what leaves here is what readers get, and what may be stored for the next."""

import logging
import re
import sqlite3
from collections.abc import Callable
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.core.exceptions import DisallowedHost, MiddlewareNotUsed
from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponse, HttpResponseBase
from django.utils.cache import patch_cache_control

from home.languages import LANGUAGES

from . import changes, process
from .recording import recording

logger = logging.getLogger(__name__)

PATH = rf"/(?:{'|'.join(LANGUAGES)})/(?!search/|_util/|files/)(?:[a-z0-9_-]+/)*"
"""Of pages, their parallel readings and feeds, in a form that nginx reads, too."""
FILES = ("/sitemap.xml",)
QUERY = r"(topic|kind|city)=[\w%.~+-]{1,120}|year=\d{4}|topic=[\w%.~+-]{1,120}&year=\d{4}"
"""The queries that readers' pages link to, as they write them: each has a file of its own."""
PARAMETERS = ("topic", "kind", "city", "year", "page", "q", "p")
"""Those that some page listens to. What else stands in a query, a campaign's marks, changes nothing."""
STATUSES = {200: "", 404: "404/", 410: "410/"}
"""Where the file of an answer stands: the web server has to know its status by its place."""


class FrontMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not process.is_on():
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        try:
            return self.answer(request)
        finally:
            changes.settle(connection)

    def answer(self, request: HttpRequest) -> HttpResponseBase:
        if not self.may_be_stored(request):
            return self.get_response(request)
        try:
            ticket = process.store().ticket()
        except (OSError, sqlite3.Error) as error:
            logger.warning("Nothing is stored: %s", error)
            ticket = None
        with recording() as found:
            response = self.get_response(request)
        if self.is_for_everybody(request, response):
            patch_cache_control(response, no_cache=True)
            query = request.META["QUERY_STRING"]
            is_heard = set(dict(parse_qsl(query))) <= found.parameters
            if (
                ticket is not None
                and isinstance(response, HttpResponse)
                and is_heard
                and found.is_whole
                and not found.unknown
            ):
                file = file_of(request.path, query, response.status_code)
                try:
                    process.store().put(ticket, found.look, file, found.all_tags(), response.content)
                except (OSError, sqlite3.Error) as error:  # a full disk: this reader is served all the same
                    logger.warning("Not stored: %s: %s", file, error)
        if found.unknown:
            logger.warning("Not stored: %s: nobody follows %s", request.path, ", ".join(sorted(found.unknown)))
        return response

    def may_be_stored(self, request: HttpRequest) -> bool:
        """What a guest asks for at the address of the site itself."""
        query = request.META.get("QUERY_STRING", "")
        if request.method != "GET" or not (request.path in FILES or re.fullmatch(PATH, request.path)):
            return False
        if query and (not re.fullmatch(QUERY, query, re.ASCII) or urlencode(parse_qsl(query)) != query):
            return False  # the same may be written in any number of ways
        if settings.SESSION_COOKIE_NAME in request.COOKIES or getattr(request, "is_preview", False):
            return False
        try:
            return f"{request.scheme}://{request.get_host()}" == settings.SITE_URL
        except DisallowedHost:
            return False

    def is_for_everybody(self, request: HttpRequest, response: HttpResponseBase) -> bool:
        """Whole, and the same for all. A 404 that says nothing of a page which is there is one of any number."""
        said = response.headers
        return (
            response.status_code in STATUSES
            and (response.status_code == 200 or ("X-Robots-Tag" in said and not request.META["QUERY_STRING"]))
            and not response.streaming
            and not response.cookies
            and not said.get("Cache-Control")
            and "cookie" not in said.get("Vary", "").lower()
        )


def file_of(path: str, query: str, status: int) -> str:
    """Below the folder of its look: `en/index.html`, `en/news/index?year=2026.html`, `410/en/news/it/index.html`."""
    name = path.lstrip("/")
    if path.endswith("/"):
        name += f"index?{query}.html" if query else "index.html"
    return f"{STATUSES[status]}{name}"
