"""What a version can be, and what is asked of one in vain."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class VersionState(models.TextChoices):
    MISSING = "missing", pgettext_lazy("state", "Not started")
    DRAFTING = "drafting", _("Drafting")
    IN_REVIEW = "in_review", _("In review")
    CHANGES_ASKED = "changes_asked", _("Returned for changes")
    APPROVED = "approved", pgettext_lazy("state", "Approved")
    LIVE = "live", pgettext_lazy("state", "Live")


class NoPage(LookupError):
    """Something was asked of a version that there is not."""


class NoApproval(LookupError):
    """Something was asked of an approval that there is not."""
