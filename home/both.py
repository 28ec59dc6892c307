"""What Wagtail does to one page is done to both languages, or to neither: moving, deleting, who may read.

What has to happen to the other version is not decided here: `policy` is replaced by the app that knows releases.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.delete_page import DeletePageAction
from wagtail.actions.move_page import MovePageAction
from wagtail.log_actions import LogContext, get_active_log_context
from wagtail.models import Page

from home.elsewhere import Gone
from home.gate import Refused, gates, is_open


class BothPolicy:
    """What moving a page, and an address that nothing stands at, ask about releases. This one knows of none."""

    def moving(self, page: Page, parent: Page) -> AbstractContextManager[Any]:
        """A context in which a page moves below another parent, and its other version along. Raises Refused."""
        return nullcontext()

    def vacated_at(self, path: str) -> Gone | None:
        """What stood at an address and was taken down, whose page may be deleted; or None. `path`: `/en/news/it`."""


policy: BothPolicy = BothPolicy()


def set_policy(new_policy: BothPolicy) -> None:
    global policy
    policy = new_policy


@contextmanager
def acting(user: User | None) -> Iterator[None]:
    """Whoever acts is known to the signals, too: Wagtail's actions keep their user to themselves."""
    active = get_active_log_context()
    if user is None or active.user == user:
        yield
        return
    context = LogContext(user, generate_uuid=False)
    context.uuid = active.uuid
    with context:
        yield


_stock_move, _stock_delete = MovePageAction._move_page, DeletePageAction._delete_page
_stock_copy = CopyPageAction._copy_page
_copying: ContextVar[bool] = ContextVar("copying", default=False)


def move_page(self: MovePageAction, page: Page, target: Page, parent_after: Page) -> None:
    """In one transaction, with the redirects that its signal writes."""
    with acting(self.user), transaction.atomic(), policy.moving(page, parent_after):
        _stock_move(self, page, target, parent_after)


def delete_page(self: DeletePageAction, page: Page, *args: Any, **kwargs: Any) -> Any:
    with acting(self.user), transaction.atomic():
        return _stock_delete(self, page, *args, **kwargs)


def copy_page(self: CopyPageAction, *args: Any, **kwargs: Any) -> Page:
    """A copy, a translation's draft among them, is as private as its original: Wagtail sees to that."""
    token = _copying.set(True)
    try:
        return _stock_copy(self, *args, **kwargs)
    finally:
        _copying.reset(token)


def install() -> None:
    MovePageAction._move_page, DeletePageAction._delete_page = move_page, delete_page
    CopyPageAction._copy_page = copy_page


class PrivacyIsOfBoth(Refused):
    message = _("Who may read this is set on the page of its release, for both languages at once.")


def require_release(page: Page) -> None:
    """Raises PrivacyIsOfBoth, for rows of one language alone."""
    if not _copying.get() and gates(page.specific_class) and not is_open(page):
        raise PrivacyIsOfBoth
