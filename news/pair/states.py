"""What a version can be, and what is asked of one in vain."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Page, WorkflowState


class VersionState(models.TextChoices):
    MISSING = "missing", pgettext_lazy("state", "Not started")
    DRAFTING = "drafting", _("Drafting")
    IN_REVIEW = "in_review", _("In review")
    CHANGES_ASKED = "changes_asked", _("Returned for changes")
    APPROVED = "approved", pgettext_lazy("state", "Approved")
    LIVE = "live", pgettext_lazy("state", "Live")


def version_state(page: Page, approved: int | None, review: str | None) -> VersionState:
    """`approved`: the key of the revision that is; `review`: the status of a review that has not ended."""
    if approved is not None and approved != page.live_revision_id:
        return VersionState.APPROVED
    if review is not None:
        asked = review == WorkflowState.STATUS_NEEDS_CHANGES
        return VersionState.CHANGES_ASKED if asked else VersionState.IN_REVIEW
    is_public = page.live and page.latest_revision_id == page.live_revision_id
    return VersionState.LIVE if is_public else VersionState.DRAFTING


class NoPage(LookupError):
    """Something was asked of a version that there is not."""


class NoApproval(LookupError):
    """Something was asked of an approval that there is not."""
