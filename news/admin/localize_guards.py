"""In front of wagtail-localize's views: what they would make public, or overwrite, past the release.

Pages that need no release go on to the views behind.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.action_menu import (
    ActionMenuItem,
    CancelWorkflowMenuItem,
    PublishMenuItem,
    SubmitForModerationMenuItem,
)
from wagtail.models import Locale, Page

from home.above import NotAliased, refuse
from home.below import stands_above
from home.gate import OnlyThroughItsRelease, gates
from news.models.release import name_of
from news.models.review import ReviewLock, is_released
from news.pair.locks import HouseLock
from news.pair.pair import Pair, pair_of, release_of
from news.pair.refusals import IsATranslation
from news.pair.rules import require_unlocked
from news.pair.section_refusals import OwnWordsInEach, require_no_section
from news.pair.stages import want_of_review
from news.release.claims import claim_for_writing
from news.release.kinds import adapt, translate_fully
from news.release.submission import start_translating
from news.translation import segments, upstream

from .access import StaffRequest
from .outcome import say_dead_ends


def start(request: StaffRequest, page_id: int) -> HttpResponse:
    page = get_object_or_404(Page, pk=page_id)
    return start_ours(request, page.specific) if is_released(page) else upstream.start(request, page_id=page_id)


def update(request: StaffRequest, translation_source_id: int) -> HttpResponse:
    page = upstream.source_page(translation_source_id)
    if page is None or not is_released(page):
        return upstream.update(request, translation_source_id=translation_source_id)
    return start_ours(request, page)


def start_ours(request: StaffRequest, page: Page) -> HttpResponse:
    """Begin to translate, or bring the paragraphs up to date, before the original is submitted."""
    user = request.user
    pair = pair_of(page)
    if not pair.version_of(page).is_original:
        raise IsATranslation
    if not may_start(user, pair):
        raise PermissionDenied
    if pair.translation.page is not None:
        require_no_section(pair, OwnWordsInEach)
    if request.method == "POST":
        version = start_translating(page, user).translation
        messages.success(request, _("The paragraphs are up to date with “%(title)s”.") % {"title": page.draft_title})
        return redirect("wagtailadmin_pages:edit", version.existing_page.pk)
    return render(request, "news/admin/start_translation.html", {"page": page})


def may_start(user: User, pair: Pair) -> bool:
    return user.has_perm("wagtail_localize.submit_translation") and may_write_translation(user, pair)


def may_write_translation(user: User, pair: Pair) -> bool:
    """To make the translation's page one must be allowed to add one there; to change it, to change it."""
    if pair.translation.page is not None:
        return pair.translation.page.permissions_for_user(user).can_edit()
    target = Locale.objects.get(language_code=pair.translation.language.code)
    section = pair.original.existing_page.get_parent().get_translation_or_none(target)
    return section is not None and section.permissions_for_user(user).can_add_subpage()


WRITING = {"POST", "PUT", "DELETE"}


def unless_locked(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A review and an approval lock the paragraphs as they lock a page, and so does the page's own lock."""

    @wraps(view)
    def guarded(request: StaffRequest, translation_id: int, *args: Any, **kwargs: Any) -> HttpResponse:
        page = upstream.target_page(translation_id)
        if page is not None and is_released(page) and request.method in WRITING:
            claim_for_writing(page, request.user)
            require_unlocked(page, request.user)
        return view(request, translation_id, *args, **kwargs)

    return guarded


@unless_locked
def edit_string_translation(request: StaffRequest, translation_id: int, string_segment_id: int) -> HttpResponse:
    """localize would let the last of two translators win. `If-Match` carries the stamp of the words that one saw."""

    def save() -> Any:  # localize's Response, with its `data`
        return upstream.edit_string_translation(
            request, translation_id=translation_id, string_segment_id=string_segment_id
        )

    known = request.headers.get("If-Match")
    response, current = segments.saved_unless_changed(translation_id, string_segment_id, known, save)
    if response is None:
        theirs = {"words": current.data if current else "", "by": name_of(current and current.last_translated_by)}
        response = JsonResponse(theirs, status=412)
    elif current is not None and response.status_code < 300:
        response.data["comment"] = segments.comment_of(current)
    response["ETag"] = segments.stamp_of(current)
    return response


def stop(request: StaffRequest, translation_id: int) -> HttpResponse:
    """localize would leave the page as it was before the paragraphs were translated."""
    page = upstream.target_page(translation_id)
    if page is None or not is_released(page) or request.method != "POST":
        return upstream.stop_translation(request, translation_id)
    adapt(release_of(page), request.user)
    messages.success(request, _("The translation is edited as a page from now on."))
    return redirect("wagtailadmin_pages:edit", page.pk)


def convert_to_alias(request: StaffRequest, page_id: int) -> HttpResponse:
    page = get_object_or_404(Page, pk=page_id)
    refuse(NotAliased, page)
    if is_released(page):
        raise OnlyThroughItsRelease
    return upstream.convert_to_alias(request, page_id)


def before_edit_page(request: StaffRequest, page: Page) -> HttpResponse | None:
    """localize's own hook would answer these buttons of the editor."""
    if request.method == "POST" and "localize-convert-to-alias" in request.POST:
        refuse(NotAliased, page)
    if request.method != "POST" or not is_released(page):
        return None
    if "localize-convert-to-alias" in request.POST:
        raise OnlyThroughItsRelease
    if "localize-restart-translation" in request.POST:
        translate_fully(release_of(page), request.user)
        messages.success(request, _("The translation is made paragraph by paragraph from now on."))
        return redirect("wagtailadmin_pages:edit", page.pk)
    if "action-workflow-action" not in request.POST:
        claim_for_writing(page, request.user)
    return None if "action-cancel-workflow" in request.POST else say_lock(request, page)


def say_lock(request: StaffRequest, page: Page) -> HttpResponse | None:
    """Of a save that meets a lock Wagtail says that there is one, or that there is a newer version to write over."""
    lock = page.get_lock()
    if not isinstance(lock, HouseLock | ReviewLock) or not lock.for_user(request.user):
        return None
    why = lock.get_message(request.user)
    if request.accepts("text/html"):
        messages.warning(request, _("%(why)s What you typed still stands here.") % {"why": why}, extra_tags="lock")
        return None
    return JsonResponse({"success": False, "error_code": "locked", "error_message": why}, status=400)


NOT_OFFERED = {"localize-convert-to-alias", "action-restart-workflow"}
"""The second does what submitting again does, in a developer's words. What was returned is not recalled."""


def construct_page_action_menu(
    menu_items: list[ActionMenuItem], request: StaffRequest, context: dict[str, Any]
) -> None:
    page = context.get("page")
    if page is not None and (is_released(page) or stands_above(page)):
        left_out = NOT_OFFERED if page.workflow_in_progress else {*NOT_OFFERED, CancelWorkflowMenuItem.name}
        menu_items[:] = [item for item in menu_items if item.name not in left_out]
    elif context["view"] == "create":
        if gates(model_asked_for(request)):  # Wagtail asks the parent alone, and the root is none of ours
            menu_items[:] = [item for item in menu_items if not isinstance(item, PublishMenuItem)]
        if not may_submit_new(request, context["parent_page"]):
            menu_items[:] = [item for item in menu_items if item.name != SubmitMenuItem.name]
    for number, item in enumerate(menu_items):
        if type(item) is SubmitForModerationMenuItem:
            menu_items[number] = SubmitMenuItem(order=item.order)


def model_asked_for(request: StaffRequest) -> type[Page]:
    """Of the page that is to be made."""
    asked = request.resolver_match.kwargs if request.resolver_match else {}
    return apps.get_model(asked["content_type_app_name"], asked["content_type_model_name"])


def may_submit_new(request: StaffRequest, section: Page) -> bool:
    """Of a page that is there Wagtail asks the page, of one to be made its section alone."""
    return not gates(model_asked_for(request)) or want_of_review(section) is None


class SubmitMenuItem(SubmitForModerationMenuItem):
    """Wagtail's, in the house's words: stock names the workflow."""

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        return {**super().get_context_data(parent_context), "label": _("Submit for review")}


def after_submission(request: StaffRequest, page: Page) -> HttpResponse | None:
    """From the editor to the release: who acts next stands there."""
    if "action-submit" not in request.POST or not is_released(page):
        return None
    pair = pair_of(page)
    if pair.version_of(page).task is not None:  # the page itself may have been read before its review began
        say_dead_ends(request, pair)
        return redirect("newsroom_releases:release", pair.release.pk)
    refusal = want_of_review(page)
    if refusal:
        messages.error(request, _("Not submitted. %(reason)s") % {"reason": refusal})
    return None


def before_create_page(request: StaffRequest, parent_page: Page, page_class: type[Page]) -> None:
    """Without a review the new page is kept as a draft: refused after the form is read, what was typed would be lost.

    The field stays, empty, so that `after_submission` says why.
    """
    if request.POST.get("action-submit") and gates(page_class) and want_of_review(parent_page):
        fields = request.POST.copy()
        fields["action-submit"] = ""
        request.POST = fields  # type: ignore[assignment]  # Django's setter takes it


def before_copy_page(request: StaffRequest, page: Page) -> None:
    if request.method == "POST" and request.POST.get("alias") and is_released(page):
        raise OnlyThroughItsRelease
