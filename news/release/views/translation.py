from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.models import Page

from news.release.submit import NotReady, submit_translation
from news.translation.sync import translation_of


@require_POST
def submit(request, page_id):
    """Submit a translated page for review, from the translation editor."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    translation = translation_of(page)
    if translation is None:
        raise Http404
    try:
        submit_translation(translation, page, request.user)
    except NotReady as refusal:
        messages.error(request, _("Not submitted. %(reason)s") % {"reason": refusal})
    else:
        messages.success(request, _("“%(title)s” has been submitted for review.") % {"title": page.draft_title})
    return redirect("wagtailadmin_pages:edit", page.pk)
