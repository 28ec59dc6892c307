"""Whose eyes a release is for."""

from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from wagtail.models import Page

from news.models import Release
from news.pair.pair import Pair, pair_of
from news.pair.rules import may_read


class StaffRequest(HttpRequest):
    """One that Wagtail has let in, as mypy is told: its user is somebody."""

    user: User
    pairs_read: dict[UUID, Pair]
    """See `pair_for`."""


def seen_pair(request: StaffRequest, release_id: int) -> Pair:
    """The Pair of a release, for whoever writes in either language; else 404 or PermissionDenied."""
    pair = Pair(get_object_or_404(Release, pk=release_id))
    if not any(may_read(page, request.user) for page in pair.pages):
        raise PermissionDenied
    return pair


def seen_release(request: StaffRequest, release_id: int) -> tuple[Release, set[str]]:
    """(Release, codes of the languages it is there in), for the same people, where its Pair is read later."""
    release = get_object_or_404(Release, pk=release_id)
    pages = Page.objects.filter(translation_key=release.translation_key, alias_of=None).select_related("locale")
    if not any(may_read(page, request.user) for page in pages):
        raise PermissionDenied
    return release, {page.locale.language_code for page in pages}


def pair_for(request: StaffRequest, page: Page) -> Pair:
    """The Pair of a page that a request shows, read once for all that its screen says of it. Only to be read."""
    if not hasattr(request, "pairs_read"):
        request.pairs_read = {}
    if page.translation_key not in request.pairs_read:
        request.pairs_read[page.translation_key] = pair_of(page)
    return request.pairs_read[page.translation_key]
