"""Wagtail's editors where nothing may be written, or can be. It goes once Wagtail can be told so.

To open an editor is to write down that it is open, and whether one is told of remarks there. Pictures of the admin are
drawn when they are first shown; without that they are what Wagtail shows of a picture that is lost.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from wagtail.admin.views.generic.mixins import CreateEditViewOptionalFeaturesMixin
from wagtail.admin.views.pages.edit import EditView
from wagtail.documents.models import AbstractDocument
from wagtail.models import Page, PageSubscription

from home.reading import noted
from home.storage import holds

stock_subscription = PageSubscription.objects.get_or_create


def sessions(stock: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Who else has the editor open, or nothing."""

    def get_editing_sessions(self: Any) -> Any:
        if settings.READ_ONLY:
            return None
        with noted():
            return stock(self)
        return None

    return get_editing_sessions


def subscription(page: Page, user: User, defaults: dict[str, Any]) -> tuple[PageSubscription, bool]:
    """One that is made where there is none, or that nobody keeps."""
    if not settings.READ_ONLY:
        with noted():
            return stock_subscription(page=page, user=user, defaults=defaults)
    found = PageSubscription.objects.filter(page=page, user=user).first()
    return found or PageSubscription(page=page, user=user, **defaults), False


def size_of(self: AbstractDocument) -> int | None:
    """Wagtail writes down what it has measured."""
    if self.file_size is not None:
        return self.file_size
    return self.file.size if holds(self.file) else None


def install() -> None:
    PageSubscription.objects.get_or_create = subscription
    for editor in (EditView, CreateEditViewOptionalFeaturesMixin):
        editor.get_editing_sessions = sessions(editor.get_editing_sessions)
    if settings.READ_ONLY:
        AbstractDocument.get_file_size = size_of
