"""A version's way through its review."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import WorkflowState

from home.gate import Refused
from home.languages import Words
from news.admin.forms import CommentForm, HandOverForm, ReasonForm
from news.models import ReviewTask
from news.pair import rules
from news.pair.pair import Pair, VersionState
from news.pair.refusals import DecidedMeanwhile, MayNotEdit
from news.pair.stamps import require_seen, reviewed
from news.pair.version import Version
from news.release import assignment, claims, review, submission
from news.release.assignment import may_take_over

from .base import Data, Take, step

BESIDE_VERSION = {"beside_version": True}


def version_of(pair: Pair, data: Data) -> Version:
    return pair.versions[data["language"]]


def may_submit(version: Version, user: User) -> bool:
    is_draft = version.state in (VersionState.DRAFTING, VersionState.CHANGES_ASKED) and version.has_changes
    may_edit = is_draft and version.existing_page.permissions_for_user(user).can_edit()
    is_ready = may_edit and not version.is_locked_for(user) and version.incompleteness is None
    return is_ready and version.want_of_review is None


@step(
    "submit",
    gettext_lazy("Submit for review"),
    gettext_lazy("Submitted for review."),
    may_submit,
    is_main=True,
    writes=("one_language", "sync", "return_to_drafting", "end_approval"),
    done_elsewhere=gettext_lazy("“%(title)s” is sent for review."),
    refused=gettext_lazy("Not submitted. %(reason)s"),
    **BESIDE_VERSION,
)
def submit(pair: Pair, user: User, data: Data) -> None:
    page = version_of(pair, data).existing_page
    if not page.permissions_for_user(user).can_edit():
        raise MayNotEdit
    submission.submit(page, user)


def offers_approval(version: Version, user: User) -> Iterator[dict[str, Any]]:
    if "approve" in version.actions_for(user):
        words = _("Sign off %(language)s") if version.is_at_last_stage else _("Approve %(language)s")
        yield {"label": words % {"language": version.language.label}}


def decide(action: str) -> Take:
    """Approve or return, as Wagtail's own views do it."""

    def take(pair: Pair, user: User, data: Data) -> None:
        version = version_of(pair, data)
        task = version.task
        if task is None or action not in version.actions_for(user):
            raise refusal_to(action, version, user)
        if action == "approve":
            require_seen(pair, reviewed, data["stamp"], version.language, by=user)
            version.is_seen = True
        comment = data.get("comment", "")
        if isinstance(task, ReviewTask):
            task.decide(version, user, action, comment)
        else:
            task.on_action(version.task_state, user, action, comment=comment)

    return take


def refusal_to(action: str, version: Version, user: User) -> Refused:
    """Why somebody cannot decide who was offered it."""
    if not version.is_decided_by(user):
        return DecidedMeanwhile()
    asked = review.refusal_to_approve_version if action == "approve" else review.refusal_of_claim
    return asked(version, user) or DecidedMeanwhile()


def signed_off(pair: Pair) -> Words:
    is_waiting = any(version.sign_off for version in pair.versions.values())
    return gettext_lazy("Signed off, with your corrections.") if is_waiting else ""


APPROVING = ("approve", "sign_off", "sync", "carry_approval", "end_approval", "return_to_drafting")

step(
    "approve",
    gettext_lazy("Approve"),
    gettext_lazy("Approved."),
    offers_approval,
    is_main=True,
    writes=APPROVING,
    covers=reviewed,
    holds=True,
    done_otherwise=signed_off,
    **BESIDE_VERSION,
)(decide("approve"))


def offers_agreement(version: Version, user: User) -> Iterator[dict[str, Any]]:
    if review.may_agree(version, user):
        yield {"label": _("Agree with the corrections in %(language)s") % {"language": version.language.label}}


@step(
    "agree",
    gettext_lazy("Agree with the corrections"),
    gettext_lazy("Approved, with the corrections."),
    offers_agreement,
    is_main=True,
    writes=(*APPROVING, "agree"),
    covers=reviewed,
    holds=True,
    **BESIDE_VERSION,
)
def agree(pair: Pair, user: User, data: Data) -> None:
    version = version_of(pair, data)
    require_seen(pair, reviewed, data["stamp"], version.language, by=user)
    review.agree(version, user)


step(
    "approve_with_remark",
    gettext_lazy("Approve with a remark"),
    gettext_lazy("Approved, with your remark."),
    lambda version, user: "approve" in version.actions_for(user),
    form=CommentForm,
    leads_on=True,
    writes=APPROVING,
    covers=reviewed,
    holds=True,
    done_otherwise=signed_off,
    **BESIDE_VERSION,
)(decide("approve"))

step(
    "return",
    gettext_lazy("Return for changes"),
    gettext_lazy("Returned for changes, with your remark."),
    lambda version, user: "reject" in version.actions_for(user),
    form=CommentForm,
    leads_on=True,
    writes=("return_to_drafting", "sync"),
    holds=True,
    **BESIDE_VERSION,
)(decide("reject"))


def offers_taking_over(version: Version, user: User) -> Iterator[dict[str, Any]]:
    if claims.may_take_over(version, user) and version.claim is not None:
        yield {"label": _("Take over from %(name)s") % {"name": version.claim.user_name}}


@step(
    "take_over",
    gettext_lazy("Take over correcting"),
    gettext_lazy("Taken over: you correct this version now."),
    offers_taking_over,
    writes=("take_over",),
    holds=True,
    **BESIDE_VERSION,
)
def take_over(pair: Pair, user: User, data: Data) -> None:
    claims.take_over(version_of(pair, data), user)


@step(
    "let_go",
    gettext_lazy("Finish correcting and unlock"),
    gettext_lazy("Unlocked: other reviewers can write in it again."),
    lambda version, user: version.claim is not None and version.claim.user_id == user.pk,
    writes=("let_go",),
    holds=True,
    **BESIDE_VERSION,
)
def let_go(pair: Pair, user: User, data: Data) -> None:
    claims.let_go(version_of(pair, data), user)


def may_recall(version: Version, user: User) -> bool:
    if version.review is None or version.review.status != WorkflowState.STATUS_IN_PROGRESS:
        return False
    return version.review.requested_by_id == user.pk


@step(
    "recall",
    gettext_lazy("Recall"),
    gettext_lazy("Recalled: you can go on writing."),
    may_recall,
    writes=("return_to_drafting", "sync"),
    **BESIDE_VERSION,
)
def recall(pair: Pair, user: User, data: Data) -> None:
    submission.recall(version_of(pair, data).page, user)


def may_take_back(version: Version, user: User) -> bool:
    if not version.is_pending:
        return False
    if version.pair.release.release_at:
        return rules.may_publish(user, version.pair)
    return rules.has(user, version.page, "change") or version.existing_page.owner_id == user.pk


@step(
    "take_back",
    gettext_lazy("Take back approval"),
    gettext_lazy("The approval is taken back."),
    may_take_back,
    form=ReasonForm,
    writes=("take_back",),
    **BESIDE_VERSION,
)
def take_back(pair: Pair, user: User, data: Data) -> None:
    review.take_back(version_of(pair, data).page, user, data["reason"])


def offers_handing_over(version: Version, user: User) -> Iterator[dict[str, Any]]:
    is_settled = version.state in (VersionState.LIVE, VersionState.APPROVED)
    if not is_settled and version.existing_page.permissions_for_user(user).can_edit():
        assigned = version.assignment
        initial = {"to": assigned.user_id, "due": assigned.due} if assigned else {}
        yield {"initial": initial, "people": may_take_over(version.page)}


@step(
    "hand_over",
    gettext_lazy("Hand over"),
    gettext_lazy("Handed over."),
    offers_handing_over,
    form=HandOverForm,
    writes=("hand_over",),
    **BESIDE_VERSION,
)
def hand_over(pair: Pair, user: User, data: Data) -> None:
    assignment.hand_over(pair.release, data["language"], user, data["to"], data["due"], data["note"])
