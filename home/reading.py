"""READ_ONLY: everything can be read, nothing is written. The database is asked so that it would take nothing.

For a replica, a restored copy that is looked at, or a site that is on its way to another machine. Where nobody has said
so, and nothing can be written all the same, a look is not lost for what would be written down of it.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from .outage import READ_ONLY, chain, takes_nothing, unavailable

logger = logging.getLogger(__name__)
SAFE = {"GET", "HEAD", "OPTIONS"}


class ReadOnlyMiddleware:
    """Stands inside the session's, which would write what a view leaves there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not settings.READ_ONLY:
            return self.get_response(request)
        if request.method not in SAFE:
            return unavailable(request, READ_ONLY)
        response = self.get_response(request)
        request.session.modified = False
        return response


@contextmanager
def noted() -> Iterator[None]:
    """Around what is written down of a look: it is left out where nothing can be written."""
    try:
        with transaction.atomic():
            yield
    except DatabaseError as error:
        if not any(map(takes_nothing, chain(error))):
            raise
        logger.warning("Somebody looks at what nothing can be written of: %s", error)


class WritingCommand(BaseCommand):
    """A command that somebody runs by hand, and that writes."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        if settings.READ_ONLY and not options.get("check"):
            raise CommandError(said())
        return super().execute(*args, **options)


def said() -> str:
    return _("READ_ONLY is on: nothing is written, and nothing was done.")
