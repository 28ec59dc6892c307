"""Both languages beside each other as their newest drafts have them, kept up to date while somebody writes."""

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from wagtail.utils.decorators import xframe_options_sameorigin_override

from home.languages import LANGUAGES
from news.translation.segments import last_change

from .access import StaffRequest, seen_pair


@never_cache
def preview(request: StaffRequest, release_id: int) -> HttpResponse:
    pair = seen_pair(request, release_id)
    return render(request, "news/admin/preview.html", {"pair": pair, "release": pair.release})


@never_cache
@xframe_options_sameorigin_override
def draft(request: StaffRequest, release_id: int, language: str) -> HttpResponse:
    """One version, as readers would see it. Whoever works on either version may look at both."""
    pair = seen_pair(request, release_id)
    version = pair.versions[LANGUAGES[language]] if language in LANGUAGES else None
    if version is None or version.page is None:
        raise Http404
    page = version.newest
    return page.make_preview_request(request, page.default_preview_mode)


@never_cache
def stamps(request: StaffRequest, release_id: int) -> JsonResponse:
    """{language: what changes whenever that version's draft does}"""
    pair = seen_pair(request, release_id)
    return JsonResponse(
        {
            language.code: f"{version.page.latest_revision_id}-{last_change(version.localized)}"
            for language, version in pair.versions.items()
            if version.page is not None
        }
    )
