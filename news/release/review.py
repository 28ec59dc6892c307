"""Approving a version, and taking an approval back. Rows 3, 6, 7, 9, 12 and 16 of the transitions."""

from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext as _

from news.findings.judged import require_settled
from news.models import Kind
from news.models.release import name_of
from news.pair.pair import pair_of, release_of
from news.pair.refusals import (
    ChangedSinceSubmission,
    DecidedMeanwhile,
    NotApproved,
    NothingOutOfDate,
    Refused,
    SharedFieldsChanged,
    WaitsForOriginal,
)
from news.pair.rules import has, require_complete, require_publisher, require_reason, require_second_person
from news.translation.drafts import content_of, refresh_draft
from news.translation.texts import shared_of, text_hash

from .approvals import end, write
from .holding import held
from .submission import bring_up_to_date


def refusal_to_approve(page, user):
    """The Refused that approving would meet, or None. Whatever it is, approving is not offered."""
    version = getattr(page, "version", None) or pair_of(page).version_of(page)
    return refusal_to_approve_version(version, user)


def refusal_to_approve_version(version, user):
    if user.pk not in version.refusals:
        try:
            require_approvable(version, user)
        except Refused as refusal:
            version.refusals[user.pk] = refusal
        else:
            version.refusals[user.pk] = None
    return version.refusals[user.pk]


def require_approvable(version, user):
    require_second_person(version, user)
    if version.incompleteness:
        raise version.incompleteness
    if not version.is_at_last_stage:
        return
    if version.is_original:
        require_settled(version.pair, [version])
    else:
        require_approved_original(version)
        require_settled(version.pair)


def require_approved_original(version):
    """A translation is approved against the approved original, and its paragraphs are that one's."""
    original, release = version.pair.original, version.pair.release
    if original.approval is None or (release.kind == Kind.FULL and original.approval.text_hash != release.source_hash):
        raise WaitsForOriginal(language=original.language.label)


@contextmanager
def deciding(page, task_state):
    """The Version of a page, read once nobody else can decide about its release. Raises DecidedMeanwhile."""
    with held(release_of(page)) as pair:
        version = pair.version_of(page)
        require_undecided(version, task_state)
        yield version


def require_undecided(version, task_state):
    if version.task_state is None or version.task_state.pk != task_state.pk:
        raise DecidedMeanwhile


def before_approval(task_state, user, version):
    """Check the rules, and let the review name the revision that is really approved.

    A translation's draft is made anew from its paragraphs, with the approver's corrections. Of a version edited as a
    page only the approver's own correction counts: what somebody else saved since, the approver has not read.
    """
    refusal = refusal_to_approve_version(version, user)
    if refusal:
        raise refusal
    if version.localized is not None:
        latest = refresh_draft(version.localized, user, version.newest)
        if latest.pk != version.page.latest_revision_id and version.hash_of(latest) != text_hash(version.newest):
            raise ChangedSinceSubmission(name=_("Somebody"))  # a paragraph, since the checks read it
    else:
        latest = version.page.get_latest_revision()
        if latest.pk != task_state.revision_id and latest.user_id != user.pk:
            raise ChangedSinceSubmission(name=name_of(latest.user))
    task_state.revision = latest


@transaction.atomic
def approved(page, user, revision=None):
    """Rows 6 and 9: every stage has approved a revision, by default the newest. Nothing is released by that."""
    pair = pair_of(page)
    version = pair.version_of(page)
    revision = revision or version.page.get_latest_revision()
    corrected = bool(user) and revision.user_id == user.pk  # while reading: the trail says so
    if version.is_original:
        bring_up_to_date(pair, revision, user)
        write(version, revision, user, correction=corrected)
        carry_over(pair, user)
    else:
        original = pair.original.approval
        write(version, revision, user, counterpart=original and original.revision, correction=corrected)


def carry_over(pair, user):
    """Where the wording is that of an approved translation, approving the original covers what both share.

    A changed image, date or partner is taken into the translation, in the words that were approved before.
    """
    version = pair.translation
    if version.localized is None or version.approval is None or version.is_stale or version.review:
        return
    try:
        require_complete(version)
    except Refused:
        return
    approved_before = version.approval.revision
    revision = refresh_draft(version.localized, user)
    if content_of(revision.content) == content_of(approved_before.content):
        return
    made = write(version, revision, user, "carry_approval", counterpart=pair.original.approval.revision)
    if made.text_hash != version.standing[-2].text_hash:
        # Somebody has changed paragraphs since: that needs a review of its own.
        end(version, user, "end_approval")


@transaction.atomic
def take_back(page, user, reason):
    """Row 12: unlock an approved version. The translation's approval ends with the original's."""
    require_reason(reason)
    pair = pair_of(page)
    version = pair.version_of(page)
    if not version.is_pending:
        raise NotApproved
    if pair.release.release_at:
        require_publisher(user, pair)
    elif not (has(user, version.page, "change") or version.page.owner_id == user.pk):
        raise NotApproved
    end(version, user, reason=reason)
    if version.is_original and pair.translation.page is not None and pair.translation.is_pending:
        end(pair.translation, user, "end_approval", reason)


@transaction.atomic
def no_update_needed(page, user):
    """Row 16: the live translation still says what the newly approved original says."""
    pair = pair_of(page)
    require_publisher(user, pair)
    version = pair.translation
    if version.page is None or not version.is_live or not version.is_stale:
        raise NothingOutOfDate
    original = pair.original
    if shared_fields_changed(original):
        raise SharedFieldsChanged
    write(version, version.page.live_revision, user, "no_update_needed", counterpart=original.approval.revision)


def shared_fields_changed(original):
    """Whether the approved original differs from the live one in more than its texts."""
    return not original.is_live or shared_of(original.page) != shared_of(original.approval.revision.as_object())
