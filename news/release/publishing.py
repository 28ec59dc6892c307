"""Making a release public: both languages in one transaction, or neither. Rules 2 to 4, 6, 8 and 12."""

from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Revision

from home.languages import LANGUAGES
from news import trail
from news.findings.judged import require_settled, unsettled
from news.models import Correction, Mode
from news.models.release import both_languages
from news.pair.pair import Pair
from news.pair.readiness import to_release
from news.pair.refusals import (
    EverReleased,
    IdentityNotConfirmed,
    NoReviewAfterwardsDue,
    NothingToRelease,
    NotReady,
    OtherLanguageIsReady,
)
from news.pair.rules import require_complete, require_publisher, require_reason, require_reviewer
from news.translation.drafts import refresh_draft

from .approvals import write
from .holding import locked
from .pictures import draw_approved
from .review import require_approved_original
from .submission import bring_up_to_date, end_review


def release_both(release, user, pair=None):
    """Publish every approved version that is not public yet. Raises Refused; then nothing has changed.

    `pair`, where the caller has read it, tells what to draw beforehand. What is released is read anew.
    """
    draw_approved(pair or Pair(release))
    with locked(release) as pair:
        require_publisher(user, pair)
        pair.leaves_at = timezone.now()
        versions = to_release(pair)
        require_settled(pair, versions if len(versions) == 1 and not pair.counterpart(versions[0]).is_live else None)
        publish(pair, versions, user)


def release_single(release, language, user, reason, due=None, confirmed=False):
    """Release one language. With `due`, a date, its translation is owed until then; without, it stays in this language.

    `confirmed` says that the other language, approved as well, has to wait.
    """
    require_reason(reason)
    with locked(release) as pair:
        require_publisher(user, pair)
        version = pair.versions[language]
        other = pair.counterpart(version)
        if other.approval and other.is_pending and not pair.translation.is_stale and not confirmed:
            raise OtherLanguageIsReady
        pair.release.mode, pair.release.languages = Mode.SINGLE, [language.code]
        pair.release.due, pair.release.reason = due, reason
        pair.leaves_at = timezone.now()
        require_settled(pair, [version])
        publish(pair, [found for found in to_release(pair) if found is version], user, reason=reason)


def urgent(release, languages, user, reason, password):
    """A publisher alone releases the newest drafts, and says once more who they are. Somebody else reviews afterwards.

    Unfinished paragraphs are refused all the same: readers of one language never get the other's words.
    """
    require_reason(reason)
    if user is None or not user.check_password(password):
        raise IdentityNotConfirmed
    with locked(release) as pair:
        require_publisher(user, pair)
        findings = [judged.message for judged in unsettled(pair)]
        chosen = [version for version in (pair.original, pair.translation) if version.language in languages]
        for version in chosen:
            if version.page is None:
                raise NotReady(language=version.language.label)
            approve_urgently(version, user, reason, findings)
        if len(chosen) == 1:
            pair.release.mode, pair.release.languages = Mode.SINGLE, [chosen[0].language.code]
            pair.release.due, pair.release.reason = pair.release.due or timezone.localdate(), reason
        publish(pair, [version for version in chosen if version.is_pending], user, "release_urgently", reason=reason)


def approve_urgently(version, user, reason, findings):
    page = version.page
    end_review(version, user)
    revision = page.get_latest_revision() or page.save_revision(user=user)
    if version.is_original:
        if revision.pk != page.live_revision_id:
            bring_up_to_date(version.pair, revision, user)
    else:
        require_approved_original(version)
    require_complete(version)
    if version.localized is not None:
        revision = refresh_draft(version.localized, user)
    if revision.pk == page.live_revision_id and not version.is_stale:
        return
    original = version.pair.original
    counterpart = None if version.is_original else original.approval and original.approval.revision
    write(
        version,
        revision,
        user,
        "approve_urgently",
        counterpart=counterpart,
        urgent=True,
        reason=reason,
        findings=findings,
    )
    page.refresh_from_db()


def review_afterwards(release, user):
    """Somebody else, who reads both languages, has read what went out urgently."""
    with locked(release) as pair:
        require_reviewer(user, pair)
        due = pair.review_afterwards_due
        if not due:
            raise NoReviewAfterwardsDue
        for approval in due:
            version = pair.versions[LANGUAGES[approval.language]]
            if approval.user_id == user.pk:
                raise NoReviewAfterwardsDue
            write(version, approval.revision, user, "review_afterwards", counterpart=approval.counterpart_revision)


def release_imported(release, operator, first_published_at=None, reason="", user=None):
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
                version.page.first_published_at = first_published_at
                version.page.save(update_fields=["first_published_at"])
            revision = version.page.get_latest_revision()
            counterpart = None if version.is_original else pair.original.approval.revision
            write(version, revision, user, "import", counterpart, name=operator, reason=reason)
        publish(pair, chosen, user, moment=first_published_at, reason=reason)


def publish(pair, versions, user, action="release", moment=None, **data):
    """Publish the approved revisions of these versions and write down that it happened. Only inside `locked`."""
    if not versions:
        raise NothingToRelease
    now = timezone.now().replace(microsecond=0)  # revisions keep milliseconds, and both languages the same moment
    corrections = pair.release.corrections.filter(released_at=None)
    is_minor = corrections.filter(kind=Correction.Kind.MINOR).exists()
    was_public = any(
        version.is_live or version.language.code in pair.release.withdrawn_languages for version in versions
    )
    for version in versions:
        publish_revision(version, user, moment or now)
        trail.record(version.page, action, user, version.approval.revision, pair, **data)
    corrections.update(released_at=now)
    settle(pair, versions, now if was_public and not is_minor else None)


def publish_revision(version, user, moment):
    revision = Revision.objects.get(pk=version.approval.revision_id)  # not one that remembers the page as it was before
    revision.content_object = version.page  # read anew when the release was locked
    version.approval.revision = revision
    action = PublishPageRevisionAction(revision, user=user)
    page, was_released = action.object, version.page.first_published_at is not None
    page._cached_parent_obj = version.page.get_parent()
    page.slug_is_known = page.slug == version.page.slug
    if hasattr(page, "date") and page.date is None:
        # The moment of release, of both languages; later releases of a text without a date keep it.
        page.date = version.page.date or moment
    if was_released:
        page.slug = version.page.slug  # the approved revision may be older than a change of address
        page.slug_is_known = True
        page.set_url_path(page.get_parent())
    action.execute(skip_permission_checks=True)
    version.page = type(version.page).objects.select_related("locale").get(pk=version.page.pk)


def settle(pair, versions, changed_at):
    """What is public now: the release's own row."""
    release = pair.release
    live = [version.language.code for version in pair.versions.values() if version.is_live]
    if len(live) == len(both_languages()) and not pair.translation.is_stale:
        release.mode, release.languages, release.due, release.reason = Mode.TOGETHER, both_languages(), None, ""
    release.release_at, release.failures, release.failure = None, 0, ""
    released = {version.language.code for version in versions}
    release.assignments.filter(language__in=released).delete()
    release.withdrawn_languages = [code for code in release.withdrawn_languages if code not in released]
    if not release.withdrawn_languages:
        release.withdrawn_at = None
    release.changed_at = changed_at or release.changed_at
    release.save()
