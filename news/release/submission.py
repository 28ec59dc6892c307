"""A version's way into review and out of it without a decision. Rows 1, 2, 4, 5 and 14 of the transitions."""

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from wagtail.models import Page, Revision, WorkflowState

from news import trail
from news.models import Kind, Release
from news.pair.locks import require_not_frozen
from news.pair.pair import Pair, VersionState, pair_of
from news.pair.refusals import (
    InOneLanguage,
    InReviewAlready,
    LanguagesSettled,
    MayNotEdit,
    NothingToRecall,
    NotYourSubmission,
)
from news.pair.rules import require_complete, require_unlocked
from news.pair.version import Version
from news.translation.drafts import save_draft
from news.translation.sync import set_enabled, start_translation

from .alone import require_may_choose, settle, write_down
from .approvals import end
from .holding import held


@transaction.atomic
def submit(page: Page, user: User | None) -> WorkflowState:
    """Start the review of a page's newest draft, or resume it after changes. Returns the WorkflowState.

    A translation's draft is made from its paragraphs first.
    """
    version = pair_of(page).version_of(page)
    page = version.page
    if page.workflow_in_progress:
        raise InReviewAlready
    require_unlocked(page, user)
    if version.want_of_review:
        raise version.want_of_review
    require_complete(version)
    if version.localized is not None:
        save_draft(version.localized, user)
        page.refresh_from_db()
    if version.review:  # not in progress, so somebody asked for changes
        version.review.resume(user)
        return version.review
    return page.get_workflow().start(page, user)


def after_submission(page: Page, user: User | None) -> None:
    """Rows 2, 5 and 14: what was submitted is what is translated. Called by Wagtail's signal, whoever submitted."""
    pair = pair_of(page)
    version = pair.version_of(page)
    if pair.release.alone and not version.is_original:
        raise InOneLanguage(language=pair.original.language.label)
    if version.is_original:
        settle(pair, user)
        bring_up_to_date(pair, version.existing_page.get_latest_revision(), user)


@transaction.atomic
def start_translating(page: Page, user: User | None) -> Pair:
    """Rule 11: the explicit act, before anything is submitted."""
    pair = pair_of(page)
    original = pair.original.existing_page
    if pair.translation.page is not None:
        require_unlocked(pair.translation.page, user)
    if pair.release.stays_in_one_language:
        require_may_choose(pair, user)
        write_down(pair, False, user)
    bring_up_to_date(pair, original.get_latest_revision() or original.save_revision(user=user), user)
    return pair_of(page)


def translate_after_all(release: Release, user: User) -> None:
    """Rule 32: what was to stay in one language, or has, is translated. From what is approved, or else submitted."""
    with held(release) as pair:
        original = pair.original
        if not may_be_translated(pair):
            raise LanguagesSettled
        if not original.existing_page.permissions_for_user(user).can_edit():
            raise MayNotEdit
        require_may_choose(pair, user)
        write_down(pair, False, user)
        is_decided = original.approval is not None and original.state != VersionState.IN_REVIEW
        revision = original.approved_revision if is_decided else original.existing_page.get_latest_revision()
        bring_up_to_date(pair, revision, user)


def may_be_translated(pair: Pair) -> bool:
    """Whether it stays in one language, and could be translated."""
    release, original, translation = pair.release, pair.original, pair.translation
    if original.page is None or translation.is_live or translation.language.code in release.withdrawn_languages:
        return False
    return bool(release.alone) or (original.is_live and release.stays_in_one_language)


def bring_up_to_date(pair: Pair, revision: Revision, user: User | None, ends: bool = True) -> bool:
    """Take the paragraphs from a revision of the original, and end what was approved of other words.

    `ends`: not where the translation is approved anew along with the original. Returns whether the words differ from
    those that were being translated. What stays in one language has none.
    """
    release, translation = pair.release, pair.translation
    if release.alone:
        return False
    if release.source_revision_id == revision.pk and translation.page is not None:
        return False
    text = pair.original.hash_of(revision)
    changed = text != release.source_hash
    if release.kind == Kind.FULL or translation.page is None:
        localized = start_translation(revision.as_object(), user)
        if release.kind == Kind.ADAPTED:
            set_enabled(localized, False)
    translation.forget()
    release.source_revision, release.source_hash = revision, text
    release.save(update_fields=["source_revision", "source_hash"])
    trail.record(pair.original.page, "sync", user, revision, changed=changed)
    if changed and ends and translation.page is not None:
        end_review(translation, user)
        if translation.is_pending:
            end(translation, user, "end_approval")
    return changed


def end_review(version: Version, user: User | None, action: str = "return_to_drafting") -> None:
    """Back to drafting. Every word stays."""
    review = version.existing_page.current_workflow_state  # another step may have ended it since this Pair was read
    if review and review.status == WorkflowState.STATUS_IN_PROGRESS:
        review.cancel(user=user)
        after_end(version, user, action)


def after_end(version: Version, user: User | None, action: str, **data: Any) -> None:
    """Its review has been ended without a decision; `action` says so in the trail."""
    version.end_review()
    # Wagtail's signal has led to after_return, which may have changed what is being translated.
    version.pair.release.refresh_from_db(fields=["source_revision", "source_hash"])
    trail.record(version.page, action, user, version.existing_page.get_latest_revision(), **data)


@transaction.atomic
def recall(page: Page, user: User) -> None:
    """Take a version out of review before anybody has decided."""
    version = pair_of(page).version_of(page)
    if version.review is None:
        raise NothingToRecall
    if not version.review.user_can_cancel(user):
        raise NotYourSubmission
    require_not_frozen(version.pair)
    version.review.cancel(user=user)  # Wagtail's signal leads to after_return


def after_return(page: Page, user: User | None) -> None:
    """Row 4: the original was recalled or returned. Called by Wagtail's signals.

    Its words stay, and the translation stays where it is until the original has others. Where either language is live
    the paragraphs are those of the live text again, so that a slip in the live translation can be mended meanwhile.
    """
    pair = pair_of(page)
    version = pair.version_of(page)
    if not version.is_original or pair.translation.page is None:
        return
    if version.existing_page.live_revision_id and version.existing_page.live:
        bring_up_to_date(pair, version.existing_page.live_revision, user)
    elif pair.translation.is_live and pair.translation.approval and version.approval is None:
        read = pair.translation.approval.counterpart_revision
        if read is not None:  # of an original that was withdrawn, the words that its public translation says
            bring_up_to_date(pair, read, user)
