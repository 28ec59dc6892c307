"""Changing what is public: one approval for both languages. Rule 10."""

from collections.abc import Mapping

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from wagtail.models import Page, Revision

from home.gate import Refused
from home.languages import Language
from news import trail
from news.findings.judged import require_settled
from news.models import Approval, Correction, Release
from news.models.release import name_of
from news.pair.face import NOTE, Face, difference
from news.pair.pair import Pair
from news.pair.refusals import (
    ChangesWaiting,
    CorrectionOpen,
    MayNotEdit,
    NoCorrectionOpen,
    NoteAfterApproval,
    NoteNeeded,
    NothingToRelease,
    NotPublic,
    OtherLanguageToo,
    TranslationFirst,
)
from news.pair.rules import (
    incomplete,
    require_another_beside,
    require_complete,
    require_publisher,
    require_reviewer,
    require_second_person,
    require_unlocked,
)
from news.pair.stamps import approvals, drafts, require_seen
from news.pair.version import Version
from news.translation.drafts import refresh_draft, save_draft
from news.translation.sync import fill_numbered, translation_of
from news.translation.texts import text_hash, texts_of, with_texts
from news.translation.units import write_down

from .approvals import end, write
from .holding import locked
from .review import require_approved_original
from .submission import bring_up_to_date, end_review

Texts = Mapping[Language, Mapping[int, str]]
"""HTML by its number in `texts_of` a version."""


def correct(
    release: Release,
    user: User | None,
    kind: str,
    note_en: str = "",
    note_zh_hans: str = "",
    texts: Texts | None = None,
    seen: str | None = None,
    other_is_right: bool = False,
) -> Correction:
    """Begin to correct a public release; returns the Correction. Readers are shown the notes, but of a minor edit.

    `texts` are the corrections themselves, of the live texts. Without them they stand in the newest drafts already.
    `seen`: the stamp of what was shown to who corrects, see news.pair.stamps. `other_is_right`: where one language has
    a note, the other needs none, because it was never wrong.
    """
    notes = {"note_en": note_en.strip(), "note_zh_hans": note_zh_hans.strip()}
    with locked(release) as pair:
        require_seen(pair, approvals if texts else drafts, seen, by=user if not texts else None)
        live = [version for version in pair.versions.values() if version.is_live]
        if not live:
            raise NotPublic
        if user is None or not any(version.existing_page.permissions_for_user(user).can_edit() for version in live):
            raise MayNotEdit
        if pair.release.corrections.filter(released_at=None).exists():
            raise CorrectionOpen
        for version in pair.versions.values():
            if not version.is_live:  # it has no readers to tell, and nobody would approve it
                notes[Correction.NOTES[version.language.code]] = ""
        if kind != Correction.Kind.MINOR:
            noted = [version for version in live if notes[Correction.NOTES[version.language.code]]]
            require_notes(live, noted, texts, other_is_right)
        if not texts:
            require_translated(pair)
        if kind != Correction.Kind.MINOR and any(version.is_pending for version in live):
            raise NoteAfterApproval
        if texts:
            write_texts(pair, texts, user)
        made = pair.release.corrections.create(kind=kind, opened_by=user, opened_by_name=name_of(user), **notes)
        for version in live:
            page = version.existing_page
            note = notes[Correction.NOTES[version.language.code]]
            trail.record(page, "correct", user, page.live_revision, kind=kind, reason=note)
            if made.note_in(version.language):
                write_down(pair.release, version.language.code, [f"{NOTE}.{made.pk}"], user)
    return made


def require_notes(live: list[Version], noted: list[Version], texts: Texts | None, other_is_right: bool) -> None:
    """Where a word changes its readers are told; those of the other language, unless somebody says it is right."""
    without = [version for version in live if version not in noted]
    if not noted or any(version.language in texts if texts else is_reworded(version) for version in without):
        raise NoteNeeded
    if without and not other_is_right:
        raise OtherLanguageToo(language=without[0].language.label)


def is_reworded(version: Version) -> bool:
    return version.is_reworded and not is_left_behind(version)


def require_translated(pair: Pair) -> None:
    """A public translation has what was changed in the original's draft: both are approved as they stand now."""
    original, translation = pair.original, pair.translation
    if not translation.is_live or translation.localized is None or not original.is_live or is_left_behind(translation):
        return
    if original.has_changes and text_hash(original.newest) != pair.release.source_hash:
        raise TranslationFirst(language=translation.language.label)
    require_complete(translation)


def write_texts(pair: Pair, texts: Texts, user: User) -> None:
    """New drafts of what is public, with these texts in them. What a translation says beside them stays as it is."""
    original, translation = pair.original, pair.translation
    for language in texts:
        version = pair.versions[language]
        if not version.is_live:
            raise NotPublic
        if is_being_written(version):
            raise ChangesWaiting(language=language.label)
        if not version.existing_page.permissions_for_user(user).can_edit():
            raise MayNotEdit
        require_unlocked(version.existing_page, user)
    if original.is_live and not original.is_pending and original.language not in texts and is_being_written(original):
        raise ChangesWaiting(language=original.language.label)  # what is being written would be approved along
    public = translation.existing_page.live_revision.as_object() if translation.is_live else None
    before = texts_of(public) if public is not None else []
    if original.language in texts:
        save(with_texts(original.existing_page.live_revision.as_object(), texts[original.language]), user)
        original.existing_page.refresh_from_db()
    if translation.localized is None:
        if public is not None and translation.language in texts:
            save(with_texts(public, texts[translation.language]), user)
        return
    if translation.language not in texts and is_left_behind(translation):
        return
    bring_up_to_date(pair, translated_from(pair), user)
    localized = translation_of(translation.page)
    if public is not None:
        words = {number: before[number][1] for number in texts.get(original.language, {}) if number < len(before)}
        fill_numbered(localized, {**words, **texts.get(translation.language, {})}, user)
        require_complete(translation)
        draft = save_draft(localized, user).as_object()
        if text_hash(draft) != text_hash(with_texts(public, texts.get(translation.language, {}))):
            raise ChangesWaiting(language=translation.language.label)  # paragraphs that nobody has submitted yet


def is_being_written(version: Version) -> bool:
    """Whether its newest draft is another than readers have: one that was put back as it was is not."""
    if not version.has_changes:
        return False
    page = version.existing_page  # the row has a date that its revision may have left to the release
    return all(difference(Face.of(public), version.face) for public in (version.at(page.live_revision), page))


def is_left_behind(version: Version) -> bool:
    """Whether it is a translation that is owed and not made yet: it stays public as it was, row 18."""
    return version.is_stale and version.incompleteness is not None


def save(page: Page, user: User | None) -> None:
    try:
        page.save_revision(user=user)
    except ValidationError as error:
        raise incomplete(page, error) from error


def translated_from(pair: Pair) -> Revision:
    """What the public translation says: its original's words as they are now or, where that was withdrawn, those that
    it was read against, whatever is being written in the original.
    """
    original, approval = pair.original, pair.translation.approval
    if not original.is_live and pair.translation.is_live and approval and approval.counterpart_revision:
        return approval.counterpart_revision
    return original.existing_page.get_latest_revision()


def approve_correction(release: Release, user: User, seen: str | None = None) -> list[Approval]:
    """One bilingual person, who did not write it alone, approves what was changed in both languages.

    Returns the Approvals.
    """
    with locked(release) as pair:
        require_seen(pair, drafts, seen, by=user)
        require_reviewer(user, pair)
        if not pair.release.corrections.filter(released_at=None).exists():
            raise NoCorrectionOpen
        made = []
        original, translation = pair.original, pair.translation
        is_behind = is_left_behind(translation)
        if original.is_live and original.has_changes and not original.is_pending:
            require_second_person(original, user, at_once=True)
            require_complete(original)
            revision = original.existing_page.get_latest_revision()
            end_review(original, user, "overtake_review")
            bring_up_to_date(pair, revision, user)
            made.append(write(original, revision, user))
        if translation.is_live and not translation.is_pending and not is_behind:
            require_approved_original(translation)
            require_complete(translation)
            live = translation.existing_page.live_revision_id
            if translation.localized is not None:
                revision = refresh_draft(translation.localized, user)
            else:
                revision = translation.existing_page.get_latest_revision()
            if revision.pk != live or translation.is_stale:
                require_second_person(translation, user, at_once=True)
                end_review(translation, user, "overtake_review")
                made.append(write(translation, revision, user, counterpart=translation.read_revision))
        for version in (original, translation):
            if version.is_live and not version.is_note_approved:
                made.append(approve_note(version, user))
        if not made:
            raise NothingToRelease
        found = Pair(pair.release)  # with what has been approved just now
        live = [version for version in found.versions.values() if version.is_live]
        require_settled(found, live if len(live) == 1 else None)  # beside a draft there is nothing to compare
    return made


def approve_note(version: Version, user: User) -> Approval:
    """Of a version in which nothing but the note to its readers is new."""
    revision = version.approved_revision if version.approval else version.existing_page.live_revision
    require_another_beside(version, user)
    read = version.approval.counterpart_revision if version.approval and version.is_stale else version.read_revision
    return write(version, revision, user, counterpart=read)


def waiting(pair: Pair) -> list[Version]:
    """What an open correction wants somebody's yes for: in what was changed, or in the note to its readers."""
    if pair.correction is None:
        return []
    live = [version for version in pair.versions.values() if version.is_live]
    return [
        version
        for version in live
        if not version.is_note_approved
        or (version.has_changes and not version.is_pending and not is_left_behind(version))
    ]


def may_approve(pair: Pair, user: User) -> bool:
    """Whether there is something to approve that somebody else wrote."""
    changed = [version for version in pair.versions.values() if version.is_live and version.has_changes]
    try:
        for version in changed:
            require_second_person(version, user, at_once=True)
    except Refused:
        return False
    return bool(waiting(pair))


def require_may_drop(pair: Pair, user: User) -> None:
    """Whoever began it, or a reviewer; a publisher where that takes an approval from a release that is scheduled."""
    if pair.release.release_at and approved_with_note(pair):
        require_publisher(user, pair)
    elif pair.correction is None or pair.correction.opened_by_id != user.pk:
        require_reviewer(user, pair)


def approved_with_note(pair: Pair) -> list[Version]:
    return [version for version in pair.versions.values() if version.note and version.is_pending]


def drop_correction(release: Release, user: User) -> None:
    """Give a correction up. The drafts stay."""
    with locked(release) as pair:
        if pair.correction is None:
            raise NoCorrectionOpen
        require_may_drop(pair, user)
        noted = approved_with_note(pair)
        pair.release.corrections.filter(released_at=None).delete()
        for version in noted:  # what was approved with a note is not what there is without it
            end(version, user, "end_approval")
