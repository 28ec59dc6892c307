"""The steps that somebody may take with a release now. What would be refused is not among them."""

from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from home.gate import Refused
from home.languages import language_of
from news.models import Kind
from news.pair import rules
from news.pair.pair import VersionState
from news.pair.readiness import to_release
from news.release.assignment import may_take_over
from news.release.correction import may_approve
from news.release.submission import missing_for_submission


@dataclass(frozen=True)
class Step:
    name: str
    label: str
    language: str = ""
    """The code of the version that it concerns, empty for the release as a whole."""
    is_main: bool = False
    """What one came for, rather than an exception."""
    initial: dict = field(default_factory=dict)
    people: object = None
    """The users among whom the step chooses, as a queryset."""


def steps_of(pair, user):
    """[Step] for the whole release, then those of each version: {Language: [Step]}."""
    return [*release_steps(pair, user)], {
        language: [*version_steps(version, user)] if version.page is not None else []
        for language, version in pair.versions.items()
    }


def allowed(check, *arguments):
    try:
        check(*arguments)
    except Refused:
        return False
    return True


def version_steps(version, user):
    page, code = version.page, version.language.code
    permissions = page.permissions_for_user(user)
    may_edit = permissions.can_edit()
    is_draft = version.state in (VersionState.DRAFTING, VersionState.CHANGES_ASKED) and version.has_changes
    if is_draft and may_edit and not permissions.page_locked() and not missing_for_submission(version):
        yield Step("submit", _("Submit for review"), code, is_main=True)
    task_state = page.current_workflow_task_state
    if task_state is not None:
        actions = {name for name, _label, _modal in task_state.task.specific.get_actions(page, user)}
        if "approve" in actions:
            words = (
                _("Sign off %(language)s") if task_state.workflow_state.is_at_final_task else _("Approve %(language)s")
            )
            label = words % {"language": version.language.label}
            yield Step("approve", label, code, is_main=True)
            yield Step("approve_with_remark", _("Approve with a remark"), code)
        if "reject" in actions:
            yield Step("return", _("Return for changes"), code)
    review = version.review
    if review and review.status == WorkflowState.STATUS_IN_PROGRESS and review.requested_by_id == user.pk:
        yield Step("recall", _("Recall"), code)
    if version.is_pending and may_take_back(version, user):
        yield Step("take_back", _("Take back approval"), code)
    if may_edit and version.state not in (VersionState.LIVE, VersionState.APPROVED):
        assigned = version.assignment
        initial = {"to": assigned.user_id, "due": assigned.due} if assigned else {}
        yield Step("hand_over", _("Hand over"), code, initial=initial, people=may_take_over(page))


def may_take_back(version, user):
    if version.pair.release.release_at:
        return allowed(rules.require_publisher, user, version.pair)
    return rules.has(user, version.page, "change") or version.page.owner_id == user.pk


def release_steps(pair, user):
    release = pair.release
    if release.corrections.filter(released_at=None).exists() and allowed(rules.require_reviewer, user, pair):
        if may_approve(pair, user):
            yield Step("approve_correction", _("Approve the correction in both languages"), is_main=True)
        yield Step("drop_correction", _("Give up the correction"))
    due = pair.review_afterwards_due
    if due and all(approval.user_id != user.pk for approval in due) and allowed(rules.require_reviewer, user, pair):
        yield Step("review_afterwards", _("Reviewed after release"), is_main=True)
    if allowed(rules.require_publisher, user, pair):
        yield from publisher_steps(pair)
    elif any(
        version.is_live and version.page.permissions_for_user(user).can_edit() for version in pair.versions.values()
    ):
        yield from correction_steps(pair)
    translation = pair.translation
    changeable = translation.page is not None and translation.state in (
        VersionState.DRAFTING,
        VersionState.CHANGES_ASKED,
    )
    if changeable and rules.has(user, translation.page, "change"):
        if release.kind == Kind.FULL:
            yield Step("adapt", _("Adapt: edit the translation as a page"))
        else:
            yield Step("translate_fully", _("Translate paragraph by paragraph"))


def publisher_steps(pair):
    release = pair.release
    try:
        ready = to_release(pair)
    except Refused:
        ready = []
    if ready:
        yield Step("release", release_label(ready), is_main=True)
    at = timezone.localtime(timezone=timezone.get_default_timezone()) + timezone.timedelta(days=1)
    morning = at.replace(hour=9, minute=0, second=0, microsecond=0)
    if release.release_at:
        yield Step("unschedule", _("Take back the schedule"))
    if ready or any(
        version.state != VersionState.LIVE for version in pair.versions.values() if version.page is not None
    ):
        label = _("Set another moment") if release.release_at else _("Schedule")
        yield Step("schedule", label, initial={"at": release.release_at or morning})
    pending = [version for version in pair.versions.values() if version.is_pending]
    for version in pending:
        other = pair.counterpart(version)
        if version.is_original and not (len(ready) == 1 and other.is_live):
            label = _("%(language)s first, or only") % {"language": version.language.label}
            yield Step("release_single", label, version.language.code)
    if pair.translation.is_live and pair.translation.is_stale and pair.original.is_pending:
        yield Step("no_update_needed", _("No update needed"))
    if not ready and any(version.has_changes for version in pair.versions.values()):
        yield Step(
            "urgent", _("Urgent release"), initial={"languages": [language_of(page).code for page in pair.pages]}
        )
    if any(version.is_live for version in pair.versions.values()):
        yield from correction_steps(pair)
        yield Step("withdraw", _("Withdraw"))
        yield Step("change_address", _("Change address"), initial={"slug": pair.original.page.slug})


def correction_steps(pair):
    if not pair.release.corrections.filter(released_at=None).exists():
        # What is written in the editors already is corrected by them; else both texts open on one screen.
        changed = any(version.is_live and version.has_changes for version in pair.versions.values())
        yield Step("correct" if changed else "correct_texts", _("Correct"))


def release_label(versions):
    if len(versions) > 1:
        return _("Release both now")
    return _("Release %(language)s now") % {"language": versions[0].language.label}
