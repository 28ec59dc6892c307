"""The screen that makes a release of another."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from wagtail.admin import messages

from home.gate import Refused
from news.release.duplicating import duplicate as make
from news.release.duplicating import may_begin_beside, may_duplicate

from .access import StaffRequest, seen_pair


def duplicate(request: StaffRequest, release_id: int) -> HttpResponse:
    """Asks first, and leads to the editor of the new original: its title is the first that changes."""
    pair = seen_pair(request, release_id)
    if not may_duplicate(pair, request.user):
        raise PermissionDenied
    if request.method == "POST":
        try:
            made = make(pair.release, request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("newsroom_releases:release", pair.release.pk)
        messages.success(request, _("Duplicated. This is the new draft: give it a title of its own."))
        return redirect("wagtailadmin_pages:edit", made.original.existing_page.pk)
    translated = pair.translation.page
    left = translated is not None and not may_begin_beside(translated, request.user)
    return render(request, "news/admin/duplicate.html", {"pair": pair, "is_translation_left": left})
