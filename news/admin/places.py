"""The places in which a release can stand on somebody's desk, in their order."""

from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from home.languages import Words
from news.models import ReleaseSummary


@dataclass(frozen=True)
class DeskPlace:
    name: str
    label: Words
    holds: Q
    """A condition on summaries."""
    is_queue: bool = True
    """Whether its releases wait for this person, rather than for others or for their moment."""


class PlacedRelease(NamedTuple):
    """A release in its place."""

    row: ReleaseSummary
    place: DeskPlace
    total: int
    """How many stand there."""


PLACES: dict[str, Words] = {
    "correct": _("Corrections to approve"),
    "amend": _("Amendments to agree to"),
    "bring_back": _("To be brought back"),
    "missed": _("Missed or failed"),
    "overdue": _("Overdue"),
    "read": _("Post-release review due"),
    "agree": _("Corrections to agree with"),
    "returned": _("Returned to me"),
    "review": _("Waiting for my review"),
    "handed": _("Handed over to me"),
    "owed": _("Translation to follow"),
    "translate": _("To be translated"),
    "stale": _("Out of date"),
    "ready": _("Ready to release"),
    "missed_by_others": _("Missed or failed"),
    "held": _("On hold"),
    "approved": _("Approved, waiting for the other language"),
    "own_corrections": _("Corrections of mine, waiting for approval"),
    "read_by_others": _("Post-release review due, by somebody else"),
    "owed_by_others": _("Translation to follow, from others"),
    "translate_by_others": _("To be translated, by others"),
    "stale_of_others": _("Out of date, for others to update"),
    "sent": _("Mine, with the reviewers"),
    "drafts": _("Drafts of mine"),
    "week": _("Next seven days"),
    "later": _("Scheduled for later"),
}
"""In their order: what comes first is whoever else's error that readers see now."""
WITH_A_DAY = ("returned", "review", "handed", "owed", "translate")
"""The places whose releases are overdue once their day has passed."""
