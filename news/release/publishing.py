"""Making a release public: both languages in one transaction, or neither. Rules 2 to 4, 6, 8 and 12."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPageRevisionAction

from home import clock
from home.languages import LANGUAGES, Language
from news import trail
from news.findings.judged import require_settled, unsettled
from news.models import Correction, Mode, Release
from news.models.release import both_languages
from news.pair import stamps
from news.pair.changes import listed, say
from news.pair.embargo import NowOrThen, ahead, require_no_embargo
from news.pair.face import Face, difference
from news.pair.pair import Pair
from news.pair.parents import require_public_parents
from news.pair.readiness import to_release
from news.pair.refusals import (
    CorrectionOfBoth,
    EverReleased,
    NoReviewAfterwardsDue,
    NoteNotApproved,
    NothingToRelease,
    NotReady,
    NotStamped,
    NotWhatWasApproved,
    OtherLanguageIsReady,
)
from news.pair.rules import require_complete, require_identity, require_publisher, require_reason, require_reviewer
from news.pair.stamps import require_seen
from news.pair.stops import require_no_stop
from news.pair.version import Version
from news.translation.drafts import refresh_draft

from .alone import settle as settle_languages
from .approvals import write
from .freezing import require_not_frozen_by_another, unfreeze
from .holding import locked
from .pictures import draw_approved
from .review import require_approved_original
from .submission import bring_up_to_date, end_review
from .vacated import brought_back

NOW, AT_ITS_MOMENT = "now", "at"
"""When an urgent release goes out while an embargo lies ahead."""


def release_both(release: Release, user: User | None, pair: Pair | None = None, seen: str | None = None) -> None:
    """Publish every approved version that is not public yet. Raises Refused; then nothing has changed.

    `pair`, where the caller has read it, tells what to draw beforehand. What is released is read anew.
    `seen`: here as below, the stamp of what was shown to who asks for this, see news.pair.stamps.
    """
    draw_approved(pair or Pair(release))
    with locked(release) as pair:
        require_seen(pair, stamps.approvals, seen)
        require_publisher(user, pair)
        publish(pair, going_out_now(pair), user)


def going_out_now(pair: Pair) -> list[Version]:
    """The Versions that are ready, with nothing that the checks find left open. Raises Refused."""
    pair.leaves_at = timezone.now()
    versions = to_release(pair)
    require_settled(pair, versions if len(versions) == 1 and not pair.counterpart(versions[0]).is_live else None)
    return versions


def release_single(
    release: Release,
    language: Language,
    user: User,
    reason: str,
    due: date | None = None,
    confirmed: bool = False,
    seen: str | None = None,
) -> None:
    """Release one language. With `due`, a date, its translation is owed until then; without, it stays in this language.

    `confirmed` says that the other language, approved as well, has to wait.
    """
    require_reason(reason)
    with locked(release) as pair:
        require_seen(pair, stamps.approvals, seen)
        require_publisher(user, pair)
        version = pair.versions[language]
        other = pair.counterpart(version)
        if other.approval and other.is_pending and not pair.translation.is_stale and not confirmed:
            raise OtherLanguageIsReady
        pair.release.mode, pair.release.languages = Mode.SINGLE, [language.code]
        pair.release.due, pair.release.reason = due, reason
        pair.release.alone = pair.release.alone or None  # that somebody wanted both is over, or waits for its day
        pair.leaves_at = timezone.now()
        require_settled(pair, [version])
        publish(pair, [found for found in to_release(pair) if found is version], user, reason=reason)


def urgent(
    release: Release,
    languages: Collection[Language],
    user: User | None,
    reason: str,
    password: str,
    seen: str | None = None,
    when: str = "",
    confirmed: bool = False,
) -> None:
    """A publisher alone releases the newest drafts, and says once more who they are. Somebody else reviews afterwards.

    While an embargo lies ahead, `when` says whether they go out NOW, which has to be `confirmed`, or AT_ITS_MOMENT.
    Unfinished paragraphs are refused all the same: readers of one language never get the other's words.
    """
    require_reason(reason)
    user = require_identity(user, password)
    with locked(release) as pair:
        require_seen(pair, stamps.drafts, seen, by=user)
        require_publisher(user, pair)
        require_no_stop(pair)
        embargo = ahead(pair.release)
        if embargo is not None and when != AT_ITS_MOMENT and not (when == NOW and confirmed):
            raise NowOrThen(moment=clock.words(embargo))
        require_not_frozen_by_another(pair, user)
        findings = [judged.message for judged in unsettled(pair)]
        chosen = [version for version in (pair.original, pair.translation) if version.language in languages]
        for version in chosen:
            if version.page is None:
                raise NotReady(language=version.language.label)
            approve_urgently(version, user, reason, findings)
        for version in pair.versions.values():
            if version.is_live and version not in chosen and not version.is_note_approved:
                if version.is_reworded:
                    raise CorrectionOfBoth(language=version.language.label)
                revision = version.existing_page.live_revision
                read = version.approval and version.approval.counterpart_revision
                write(version, revision, user, "approve_urgently", read, urgent=True, reason=reason, findings=findings)
        if len(chosen) == 1:
            pair.release.mode, pair.release.languages = Mode.SINGLE, [chosen[0].language.code]
            owed_by = None if pair.release.alone else pair.release.due or clock.day()
            pair.release.due, pair.release.reason = owed_by, reason
        going = [version for version in chosen if version.is_pending]
        if embargo is not None and when == AT_ITS_MOMENT:
            let_go_at_its_moment(pair, going, user, embargo, reason)
            return
        until = embargo.isoformat() if embargo else ""
        publish(pair, going, user, "release_urgently", is_lifted=True, until=until, reason=reason)
        rest = [version for version in pair.versions.values() if version.is_pending and not version.is_stale]
        if embargo is not None and rest:  # it was broken for the others
            pair.release.release_at = embargo
            pair.release.save(update_fields=["release_at"])


def let_go_at_its_moment(
    pair: Pair, versions: list[Version], user: User | None, embargo: datetime, reason: str
) -> None:
    """Approved by one person alone; `release_due` releases it."""
    if not versions:
        raise NothingToRelease
    unfreeze(pair.release)
    pair.release.failures, pair.release.failure = 0, ""
    pair.release.save()
    for version in versions:
        approved, data = version.approved_revision, {"until": embargo.isoformat(), "reason": reason}
        trail.record(version.existing_page, "schedule_urgently", user, approved, pair, **data)


def approve_urgently(version: Version, user: User, reason: str, findings: list[str]) -> None:
    page = version.existing_page
    end_review(version, user, "overtake_review")
    revision = page.get_latest_revision() or page.save_revision(user=user)
    if version.is_original:
        settle_languages(version.pair, user)
        if revision.pk != page.live_revision_id:
            bring_up_to_date(version.pair, revision, user)
    else:
        require_approved_original(version)
    require_complete(version)
    if version.localized is not None:
        revision = refresh_draft(version.localized, user)
    if revision.pk == page.live_revision_id and not version.is_stale and version.is_note_approved:
        return
    write(
        version,
        revision,
        user,
        "approve_urgently",
        counterpart=version.read_revision,
        urgent=True,
        reason=reason,
        findings=findings,
    )
    page.refresh_from_db()


def review_afterwards(release: Release, user: User, seen: str | None = None) -> None:
    """Somebody else, who reads both languages, has read what went out urgently."""
    with locked(release) as pair:
        require_seen(pair, stamps.approvals, seen)
        require_reviewer(user, pair)
        due = pair.review_afterwards_due
        if not due:
            raise NoReviewAfterwardsDue
        if user.pk in pair.let_out_by:
            raise NoReviewAfterwardsDue
        for approval in due:
            version = pair.versions[LANGUAGES[approval.language]]
            counterpart = approval.counterpart_revision
            write(version, approval.revision, user, "review_afterwards", counterpart, with_note=False)


def release_imported(
    release: Release,
    operator: str,
    first_published_at: datetime | None = None,
    reason: str = "",
    user: User | None = None,
) -> None:
    """Rule 12: make public what was public on an old site. Nobody here approved it: the trail names the `operator`.

    Publishes every version that is there and complete. Where the translation is not, readers are told that it is not
    there yet, and nobody owes it. Raises EverReleased for what has been public here.
    """
    with locked(release) as pair:
        if pair.was_released:
            raise EverReleased
        present = [version for version in (pair.original, pair.translation) if version.page is not None]
        chosen = [version for version in present if version.incompleteness is None]
        if pair.original not in chosen:
            raise NotReady(language=pair.original.language.label)
        for version in chosen:
            if first_published_at:
                version.existing_page.first_published_at = first_published_at
                version.existing_page.save(update_fields=["first_published_at"])
            revision = version.existing_page.get_latest_revision()
            counterpart = None if version.is_original else pair.original.approved_revision
            write(version, revision, user, "import", counterpart, name=operator, reason=reason)
        publish(pair, chosen, user, moment=first_published_at, reason=reason)


def publish(
    pair: Pair,
    versions: list[Version],
    user: User | None,
    action: str = "release",
    moment: datetime | None = None,
    is_lifted: bool = False,
    is_change: bool = True,
    **data: Any,
) -> None:
    """Publish the approved revisions of these versions and write down that it happened. Only inside `locked`.

    `is_lifted`: the moment of an embargo has come, or somebody has said in so many words that they break it.
    `is_change`: whether readers may get something else than they had before; not of what comes back as it was.
    """
    require_no_stop(pair)
    if not versions:
        raise NothingToRelease
    if not is_lifted:
        require_no_embargo(pair)
    require_public_parents(versions)
    now = timezone.now().replace(microsecond=0)  # revisions keep milliseconds, and both languages the same moment
    left = [version for version in pair.versions.values() if version.is_live and version not in versions]
    correction = pair.correction if is_going_out(pair, left) else None
    was_public = any(
        version.is_live or version.language.code in pair.release.withdrawn_languages for version in versions
    )
    for version in versions:
        require_what_was_approved(version)
    for version in pair.versions.values():
        if version.is_live and not version.is_note_approved:
            raise NoteNotApproved(language=version.language.label)
    for version in left:
        if correction is not None and version.is_pending:
            raise CorrectionOfBoth(language=version.language.label)  # its readers would be told of what they do not get
    for version in versions:
        publish_revision(version, user, moment or now)
        trail.record(version.page, action, user, version.approved_revision, pair, **data)
    if correction is not None:  # tells its own readers that something changed, if it is no minor edit
        pair.release.corrections.filter(pk=correction.pk).update(released_at=now)
    settle(pair, versions, now if was_public and is_change and correction is None else None)


def is_going_out(pair: Pair, left: list[Version]) -> bool:
    """Whether the open correction is over, where these stay as they are: a minor edit of one of them goes on."""
    is_minor = pair.correction is not None and pair.correction.kind == Correction.Kind.MINOR
    return not (is_minor and any(version.is_reworded for version in left))


def require_what_was_approved(version: Version) -> None:
    """Pictures, documents and their words may have changed in the library since."""
    revision, approved = version.approved_revision, version.approved_face
    if approved is None:
        raise NotStamped(language=version.language.label)
    changes = difference(approved, Face.of(version.at(revision), note=version.note_part))
    if changes:
        said = listed(say(changes, version.existing_page, approved))
        raise NotWhatWasApproved(language=version.language.label, changes=said)


def publish_revision(version: Version, user: User | None, moment: datetime, is_renewed: bool = False) -> None:
    """`is_renewed`: what is public already goes on with another file. What else it shows is not asked."""
    before, approval = version.existing_page, version.approval
    if approval is None:
        raise NotReady(language=version.language.label)
    revision = approval.revision
    revision.content_object = before  # read anew when the release was locked
    action = PublishPageRevisionAction(revision, user=user)
    page, was_released = action.object, before.first_published_at is not None
    page._cached_parent_obj = before.get_parent()
    page.slug_is_known = page.slug == before.slug
    page.is_renewed = is_renewed
    if hasattr(page, "date") and page.date is None:
        # The moment of release, of both languages; later releases of a text without a date keep it.
        page.date = before.date or moment
    if was_released:
        page.slug = before.slug  # the approved revision may be older than a change of address
        page.slug_is_known = True
        page.set_url_path(page.get_parent())
    action.execute(skip_permission_checks=True)
    version.page = type(before).objects.select_related("locale").get(pk=before.pk)


def settle(pair: Pair, versions: list[Version], changed_at: datetime | None) -> None:
    """What is public now: the release's own row."""
    release = pair.release
    live = [version.language.code for version in pair.versions.values() if version.is_live]
    if len(live) == len(both_languages()) and not pair.translation.is_stale:
        release.mode, release.languages, release.due, release.reason = Mode.TOGETHER, both_languages(), None, ""
        release.alone = False if release.alone else release.alone
    release.release_at, release.failures, release.failure = None, 0, ""
    unfreeze(release)
    released = {version.language.code for version in versions}
    release.assignments.filter(language__in=released).delete()
    release.withdrawn_languages = [code for code in release.withdrawn_languages if code not in released]
    release.withdrawn_approvals = {
        code: key for code, key in release.withdrawn_approvals.items() if code not in released
    }
    if not release.withdrawn_languages:
        release.withdrawn_at = None
    release.returns.filter(ended_at=None).update(ended_at=timezone.now())
    release.changed_at = changed_at or release.changed_at
    release.save()
    brought_back(pair, released)
