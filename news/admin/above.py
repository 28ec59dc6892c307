"""In front of Wagtail's views of what happens to a page: above what is released each says why it is refused.

Wagtail's own answer is that one has no permission, without a reason. The refusals themselves stand in home.above.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.modal_workflow import render_modal_workflow
from wagtail.models import Page, PageViewRestriction

from home import above
from home.below import FEW, stands_above, with_room_below
from home.gate import Refused
from news.release.privacy import lift, may_lift

from .access import StaffRequest

ACTS: dict[str, type[above.StandsAbove]] = {
    "delete": above.NotDeleted,
    "move": above.NotMoved,
    "move_confirm": above.NotMoved,
    "unpublish": above.NotTakenDown,
    "create_alias": above.NotAliased,
    "convert_to_alias": above.NotAliased,
}
"""By the last part of the name of an address, or by the name of an action of many."""
VIEWS = ("wagtailadmin_pages:", "wagtailadmin_api:pages:", "wagtail_localize:convert")
PAGE = ("page_id", "page_to_move_id", "pk")
"""What addresses call the page."""


def answer(request: StaffRequest) -> HttpResponse | None:
    """Instead of the view at the address that is asked for, or None. Raises Refused.

    Where more than what is released below stands in the way, Wagtail says so.
    """
    match = request.resolver_match
    if match is None:
        return None
    if match.view_name == "wagtail_bulk_action":
        say_of_many(request, match.kwargs)
        return None
    if not match.view_name.startswith(VIEWS):
        return None
    name = str(match.kwargs.get("action_name") or match.url_name)
    key = next((match.kwargs[found] for found in PAGE if found in match.kwargs), None)
    is_asked = name in ACTS or name == "set_privacy"
    page = Page.objects.filter(pk=key).first() if is_asked else None
    if page is None:
        return None
    if name == "set_privacy":
        return privacy(request, page.specific)
    refusal = met(ACTS[name], page, request)
    if refusal is not None:
        raise refusal
    return None


def met(refusal: type[above.StandsAbove], page: Page, request: StaffRequest) -> Refused | None:
    if not page.specific.permissions_for_user(request.user).can_edit():
        return None
    return above.refusal_of(refusal, page)


def say_of_many(request: StaffRequest, kwargs: dict[str, Any]) -> None:
    """Wagtail goes on with the others, and says of these only that one may not."""
    refusal = ACTS.get(kwargs["action"])
    if refusal is None or (kwargs["app_label"], kwargs["model_name"]) != ("wagtailcore", "page"):
        return
    keys = [key for key in request.GET.getlist("id") if key.isdecimal()]
    found = Page.objects.filter(pk__in=keys)
    if "all" in request.GET.getlist("id"):
        found = Page.objects.filter(depth__gt=1)
    if request.GET.get("childOf", "").isdecimal():
        parent = Page.objects.filter(pk=request.GET["childOf"]).first()
        found = found.child_of(parent) if parent is not None else found.none()
    refusals = [met(refusal, page, request) for page in with_room_below(found)]
    for said in [said for said in refusals if said is not None][:FEW]:
        messages.warning(request, str(said))


def privacy(request: StaffRequest, page: Page) -> HttpResponse | None:
    """Above what is released nothing is hidden; what is hidden is opened in both languages at once."""
    if not stands_above(page) or not page.permissions_for_user(request.user).can_edit():
        return None
    if not may_lift(page, request.user):
        above.refuse(above.NotHidden, page)
    if request.method != "POST":
        return None
    if request.POST.get("restriction_type") != PageViewRestriction.NONE:
        above.refuse(above.NotHidden, page)
    lift(page, request.user)
    messages.success(request, _("Open to everybody in both languages."))
    return render_modal_workflow(request, None, None, None, json_data={"step": "set_privacy_done", "is_public": True})
