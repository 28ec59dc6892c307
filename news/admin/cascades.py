"""Before Wagtail's forms for one page: what they would do to the other language is said, or refused, first.

A refusal leads to the section: the form would only refuse again.
"""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views.page_privacy import SetPrivacyView
from wagtail.models import Page

from home.below import stands_above
from home.both import PrivacyIsOfBoth
from home.gate import Refused, is_section
from home.languages import language_of
from news.models.review import is_released
from news.pair.pair import pair_of, release_of
from news.pair.rules import may_publish
from news.release.deletion import goes_along, refusal_to_delete_all
from news.release.moving import refusal_to_move

from .access import StaffRequest


def before_delete_page(request: StaffRequest, page: Page) -> None:
    refuse(refusal_to_delete_all(page, request.user), page)
    if request.method == "GET":
        for other in goes_along([page]):
            messages.warning(request, said_of_deletion(other))


def said_of_deletion(other: Page) -> str:
    return _("The %(language)s version, “%(title)s”, is deleted with it.") % {
        "language": language_of(other).label,
        "title": other.draft_title,
    }


def before_move_page(request: StaffRequest, page: Page, destination: Page) -> None:
    refuse(refusal_to_move_to(request, page, destination), page)
    if request.method == "GET":
        for words in said_of_move(page, destination):
            messages.warning(request, words)


def refusal_to_move_to(request: StaffRequest, page: Page, destination: Page) -> Refused | None:
    if not is_released(page) or destination.pk == page.get_parent().pk:
        return None
    return refusal_to_move(pair_of(page), page, destination, request.user)


def said_of_move(page: Page, destination: Page | None) -> list[str]:
    """What else moves, and what becomes of the addresses. `destination`: None where it is yet to be chosen."""
    if not is_released(page) or (destination is not None and destination.pk == page.get_parent().pk):
        return []
    pair = pair_of(page)
    other, said = pair.counterpart(pair.version_of(page)).page, []
    if other is not None:
        words = {"language": language_of(other).label, "title": other.draft_title}
        target = destination.get_translation_or_none(other.locale) if destination is not None else None
        if target is not None:
            words["target"] = target.draft_title
            said.append(_("The %(language)s version, “%(title)s”, moves with it, to “%(target)s”.") % words)
        else:
            said.append(_("The %(language)s version, “%(title)s”, moves with it.") % words)
    if pair.was_released:
        sentence = _("The address of “%(title)s” changes in both languages; the old ones lead to the new.")
        said.append(sentence % {"title": page.draft_title})
    return said


def refuse(refusal: Refused | None, page: Page) -> None:
    if refusal is not None:
        refusal.url = reverse("wagtailadmin_explore", args=[page.get_parent().pk])
        raise refusal


_stock_privacy = SetPrivacyView.dispatch


def set_privacy(self: SetPrivacyView, request: StaffRequest, page_id: int, *args: Any, **kwargs: Any) -> HttpResponse:
    """Wagtail's dialog sets one page; of a release it leads whoever may set both to the step that does."""
    page = get_object_or_404(Page, pk=page_id)
    is_opened = is_section(page) and stands_above(page)  # what news.admin.above has left to be opened
    if is_released(page) and not is_opened and may_publish(request.user, pair_of(page)):
        raise PrivacyIsOfBoth(url=reverse("newsroom_releases:release", args=[release_of(page).pk]))
    return _stock_privacy(self, request, page_id, *args, **kwargs)


def install() -> None:
    SetPrivacyView.dispatch = set_privacy
