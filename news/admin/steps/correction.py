"""What is approved beside the ordinary review: a correction, and what went out urgently."""

from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _

from news.pair import rules, stamps
from news.pair.pair import Pair
from news.release import correction, publishing

from .base import Data, allowed, step


def may_review(pair: Pair, user: User) -> bool:
    return allowed(rules.require_reviewer, user, pair)


@step(
    "approve_correction",
    _("Approve the correction"),
    _("The correction is approved."),
    lambda pair, user: pair.correction and may_review(pair, user) and correction.may_approve(pair, user),
    is_main=True,
    of_correction=True,
    covers=stamps.drafts,
    writes=("approve", "sync", "return_to_drafting", "overtake_review", "end_approval"),
)
def approve_correction(pair: Pair, user: User, data: Data) -> None:
    correction.approve_correction(pair.release, user, seen=data["stamp"])


@step(
    "drop_correction",
    _("Discard correction"),
    _("The correction is given up."),
    lambda pair, user: pair.correction and allowed(correction.require_may_drop, pair, user),
)
def drop_correction(pair: Pair, user: User, data: Data) -> None:
    correction.drop_correction(pair.release, user)


def may_review_afterwards(pair: Pair, user: User) -> bool:
    return bool(pair.review_afterwards_due) and user.pk not in pair.let_out_by and may_review(pair, user)


@step(
    "review_afterwards",
    _("Reviewed after release"),
    _("Recorded as reviewed after release."),
    may_review_afterwards,
    is_main=True,
    covers=stamps.approvals,
    writes=("review_afterwards",),
)
def review_afterwards(pair: Pair, user: User, data: Data) -> None:
    publishing.review_afterwards(pair.release, user, seen=data["stamp"])
