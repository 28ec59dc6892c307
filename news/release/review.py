"""Approving a version, and taking an approval back. Rows 3, 6, 7, 9, 12 and 16 of the transitions."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from django.contrib.auth.models import User
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, TaskState, WorkflowState

from home.gate import Refused
from news import trail
from news.findings.judged import require_settled
from news.models import Authorship, Claim, Kind, ReviewTask, SignOff
from news.models.release import name_of
from news.pair.changes import places_of
from news.pair.face import Face
from news.pair.locks import refusal_of_freeze
from news.pair.pair import Pair, pair_of, release_of
from news.pair.refusals import (
    ChangedSinceSubmission,
    Claimed,
    DecidedMeanwhile,
    NotApproved,
    NothingOutOfDate,
    NothingToAgreeTo,
    SecondPersonNeeded,
    SharedFieldsChanged,
    StageGone,
    WaitsForAYes,
    WaitsForOriginal,
)
from news.pair.rules import (
    corrections,
    has,
    needs_a_yes,
    require_another_beside,
    require_complete,
    require_publisher,
    require_reason,
    require_second_person,
)
from news.pair.stages import require_stages
from news.pair.stamps import approvals, require_seen
from news.pair.stops import require_no_stop
from news.pair.version import Version
from news.translation.drafts import content_of, refresh_draft
from news.translation.texts import shared_of, text_hash

from .approvals import end, write
from .holding import held
from .submission import bring_up_to_date


def refusal_to_approve(page: Page, user: User) -> Refused | None:
    """The Refused that approving would meet, or None. Whatever it is, approving is not offered."""
    return refusal_to_approve_version(read_of(page), user)


def refusal_to_approve_version(version: Version, user: User) -> Refused | None:
    if user.pk not in version.refusals:
        try:
            require_approvable(version, user)
        except Refused as refusal:
            version.refusals[user.pk] = refusal
        else:
            version.refusals[user.pk] = None
    return version.refusals[user.pk]


def refusal_to_return(page: Page, user: User) -> Refused | None:
    """The paragraphs of its translation would follow, which are being read for an urgent release."""
    version = read_of(page)
    return refusal_of_claim(version, user) or refusal_of_freeze(version.pair)


def read_of(page: Page) -> Version:
    """The Version that the page belongs to, where a Pair has been read already."""
    return getattr(page, "version", None) or pair_of(page).version_of(page)


def refusal_of_claim(version: Version, user: User) -> Claimed | None:
    """While somebody corrects it, nobody else decides about it."""
    if version.sign_off is None and version.claim is not None and version.claim.user_id != user.pk:
        return Claimed(name=version.claim.user_name)
    return None


def require_approvable(version: Version, user: User) -> None:
    signed = version.sign_off
    if signed is not None and signed.user_id == user.pk and signed.agreed_by_id is None:
        raise WaitsForAYes
    claimed = refusal_of_claim(version, user)
    if claimed:
        raise claimed
    require_second_person(version, user)
    if version.is_at_lost_stage:
        raise StageGone
    if version.incompleteness:
        raise version.incompleteness
    if not version.is_at_last_stage:
        return
    if version.task is not None:
        require_stages([*version.passed, (version.task, user.pk)])
    if version.is_original:
        require_settled(version.pair, [version])
    else:
        require_approved_original(version)
        require_settled(version.pair)


def require_approved_original(version: Version) -> None:
    """A translation is approved against the approved original, and its paragraphs are that one's."""
    original, release = version.pair.original, version.pair.release
    if version.stands_alone:
        return
    if original.approval is None or (release.kind == Kind.FULL and not is_of_what_is_approved(original)):
        raise WaitsForOriginal(language=original.language.label)


def is_of_what_is_approved(original: Version) -> bool:
    """Whether the paragraphs, and the pictures beside them, are those of the approved original."""
    release, approval = original.pair.release, original.approval
    if approval is None or approval.text_hash != release.source_hash:
        return False
    if release.source_revision_id in (None, approval.revision_id) or release.source_revision is None:
        return True
    return Face.of(original.at(release.source_revision)).shared_stamp == approval.shared_stamp


@contextmanager
def deciding(page: Page, task_state: TaskState) -> Iterator[Version]:
    """The Version of a page, read once nobody else can decide about its release. Raises DecidedMeanwhile."""
    with held(release_of(page)) as pair:
        version = pair.version_of(page)
        require_undecided(version, task_state)
        yield version


def changed_by(version: Version, name: object) -> ChangedSinceSubmission:
    """Leads to where both texts stand, and what has changed is marked."""
    return ChangedSinceSubmission(reverse("newsroom_releases:release", args=[version.pair.release.pk]), name=name)


def require_undecided(version: Version, task_state: TaskState) -> None:
    if version.task_state is None or version.task_state.pk != task_state.pk:
        raise DecidedMeanwhile


def before_approval(task_state: TaskState, user: User, version: Version) -> bool:
    """Check the rules, and let the review name the revision that is really approved.

    Returns whether the stage is done with it: what the last reviewer has corrected beyond a slip is signed off, and
    somebody else agrees to it first.

    A translation's draft is made anew from its paragraphs, with the approver's corrections. Of a version edited as a
    page only the approver's own correction counts, where nothing tells what they were shown: what somebody else saved
    since, they have not read.
    """
    refusal = refusal_to_approve_version(version, user)
    if refusal:
        raise refusal
    page = version.existing_page
    if version.localized is not None:
        require_read(version, user)
        latest = refresh_draft(version.localized, user, version.newest)
        if latest.pk != page.latest_revision_id and version.hash_of(latest) != text_hash(version.newest):
            raise changed_by(version, _("Somebody"))  # a paragraph, since the checks read it
    else:
        latest = page.get_latest_revision()
        is_read = latest.user_id == user.pk or version.is_seen or agreed(version, user)
        if latest.pk != task_state.revision_id and not is_read:
            raise changed_by(version, name_of(latest.user))
        require_read(version, user, [version.note_part.path] if version.note_part else [])
    if needs_a_yes(version, user) and not agreed(version, user):
        sign_off(version, task_state, user, latest)
        return False
    task_state.revision = latest
    task_state.judged_as_last = version.is_at_last_stage
    return True


def require_read(version: Version, user: User, units: Collection[str] | None = None) -> None:
    """Refuse what somebody else has written since the stage began, where no stamp tells what was shown.

    `units`: of these alone; of the others the revision tells who wrote it.
    """
    if version.is_seen or agreed(version, user):
        return
    since = version.task_state.started_at if version.task_state is not None else None
    if since is None:
        return
    written = Authorship.objects.filter(release=version.pair.release, language=version.language.code, at__gt=since)
    if units is not None:
        written = written.filter(unit__in=units)
    others = written.exclude(user=user).values_list("user_name", flat=True).first()
    if others is not None:
        raise changed_by(version, others)


def agreed(version: Version, user: User) -> bool:
    """Whether somebody else has agreed to what this user signed off, exactly as it stands."""
    signed = version.sign_off
    return signed is not None and signed.user_id == user.pk and signed.agreed_by_id is not None


def sign_off(version: Version, task_state: TaskState, user: User, revision: Revision) -> None:
    Claim.objects.filter(task_state=task_state).delete()
    version.signed = SignOff.objects.create(
        task_state=task_state, stamp=version.face.stamp, user=user, user_name=name_of(user)
    )
    places = places_of(corrections(version), version.existing_page, version.face)
    trail.record(version.page, "sign_off", user, revision, version.pair, places=places)


def may_agree(version: Version, user: User) -> bool:
    signed = version.sign_off
    if signed is None or signed.user is None or not signed.user.is_active or version.task is None:
        return False
    if version.task.locked_for_user(version.page, signed.user):  # it is not theirs to decide any more
        return False
    return signed.user_id != user.pk and version.existing_page.permissions_for_user(user).can_edit()


def agree(version: Version, user: User) -> None:
    """Somebody else, the author included, says yes to what the last reviewer corrected: that approves the version."""
    signed, state, task = version.sign_off, version.task_state, version.task
    if signed is None or signed.user is None or state is None or not may_agree(version, user):
        raise NothingToAgreeTo
    if not isinstance(task, ReviewTask):  # at one of another kind nothing is signed off
        raise NothingToAgreeTo
    signed.agreed_by, signed.agreed_by_name, signed.agreed_at = user, name_of(user), timezone.now()
    signed.save(update_fields=["agreed_by", "agreed_by_name", "agreed_at"])
    trail.record(version.page, "agree", user, state.revision, version.pair)
    task.decide(version, signed.user, "approve")


@transaction.atomic
def approved(review: WorkflowState, user: User | None) -> None:
    """Rows 6 and 9: every stage has approved. Nothing is released by that.

    Whatever let it end, the rules hold: raises Refused, and then the last stage has not approved either.
    """
    page = review.content_object
    pair = pair_of(page)
    version = pair.version_of(page)
    version.review = review
    require_stages(version.passed)
    stage = review.current_task_state
    if not getattr(stage, "judged_as_last", False):  # a script, or a stage of another kind
        version.stages = [passed for passed in version.stages if passed.pk != stage.pk]
        if not before_approval(stage, stage.finished_by, version):
            raise SecondPersonNeeded
        stage.save(update_fields=["revision"])
    version.end_review()
    revision = stage.revision
    corrected = user is not None and revision.user_id == user.pk  # while reading: the trail says so
    if version.is_original:
        bring_up_to_date(pair, revision, user)
        write(version, revision, user, correction=corrected)
        carry_over(pair, user)
    else:
        write(version, revision, user, counterpart=version.read_revision, correction=corrected)


def carry_over(pair: Pair, user: User | None) -> None:
    """Where the wording is that of an approved translation, approving the original covers what both share.

    A changed image, date or partner is taken into the translation, in the words that were approved before.
    """
    version = pair.translation
    if version.localized is None or version.approval is None or version.is_stale or version.review:
        return
    if version.approval.urgent:
        return  # nobody else has read its words yet
    try:
        require_complete(version)
    except Refused:
        return
    revision = refresh_draft(version.localized, user)
    is_same = content_of(revision.content) == content_of(version.approval.revision.content)
    if (is_same and not version.is_behind) or not version.is_note_approved:
        return
    approved_before = version.approved_face
    carried = Face.of(version.at(revision), pair.original.approved_face)
    if approved_before is not None and approved_before.own_stamp == carried.own_stamp:
        write(version, revision, user, "carry_approval", counterpart=pair.original.approved_revision)
    else:
        # Somebody has changed paragraphs or put something in a picture's place: that needs a review of its own.
        end(version, user, "end_approval")


def take_back(page: Page, user: User, reason: str) -> None:
    """Row 12: unlock an approved version. A translation's approval stands for the words that it was read against, and
    ends once the original is submitted or approved in others; without an approved original it is not released.
    """
    require_reason(reason)
    with held(release_of(page)) as pair:  # else it might end what is being released at the same moment
        version = pair.version_of(page)
        if not version.is_pending:
            raise NotApproved
        if pair.release.release_at:
            require_publisher(user, pair)
        elif not (has(user, version.page, "change") or version.existing_page.owner_id == user.pk):
            raise NotApproved
        end(version, user, reason=reason)


def no_update_needed(page: Page, user: User, seen: str | None = None) -> None:
    """Row 16: the live translation still says what the newly approved original says."""
    with held(release_of(page)) as pair:
        require_seen(pair, approvals, seen)
        require_publisher(user, pair)
        require_no_stop(pair)
        version = pair.translation
        if version.page is None or not version.is_live or not version.is_stale:
            raise NothingOutOfDate
        original = pair.original
        if shared_fields_changed(original):
            raise SharedFieldsChanged
        require_another_beside(version, user)
        write(version, version.page.live_revision, user, "no_update_needed", counterpart=original.approved_revision)


def shared_fields_changed(original: Version) -> bool:
    """Whether the approved original differs from the live one in more than its texts."""
    return not original.is_live or shared_of(original.page) != shared_of(original.approved_revision.as_object())
