from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.models import Page

from home.gate import Refused
from news.release.submission import submit as submit_version
from news.translation.sync import translation_of


@require_POST
def submit(request, page_id):
    """Submit a translated page for review, from the translation editor."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    if translation_of(page) is None:
        raise Http404
    try:
        submit_version(page, request.user)
    except Refused as refusal:
        messages.error(request, _("Not submitted. %(reason)s") % {"reason": refusal})
    else:
        page.refresh_from_db()
        messages.success(request, _("“%(title)s” has been submitted for review.") % {"title": page.draft_title})
    return redirect("wagtailadmin_pages:edit", page.pk)
