"""Changing what is approved before it goes out: written by one, agreed to by another, and the moment stays. Rule 28.

Until somebody agrees, the drafts, their paragraphs and what is approved of them stay as they are: giving it up loses
nothing.
"""

from django.contrib.auth.models import User
from django.db import transaction
from wagtail.models import Revision

from home.languages import Language
from news import trail
from news.findings.judged import require_settled
from news.models import Amendment, Approval, Release
from news.models.release import name_of
from news.pair.amended import amendment, base_of, changed_by, fits
from news.pair.locks import require_not_frozen
from news.pair.office_refusals import (
    AmendedByYou,
    AmendmentFitsNoMore,
    AmendmentOpen,
    MayNotDropAmendment,
    NoAmendment,
    NothingToAmend,
    OtherLanguageChangesToo,
)
from news.pair.pair import Pair
from news.pair.refusals import ChangesWaiting, MayNotEdit, NoWordChanged
from news.pair.rules import (
    may_publish,
    require_another_beside,
    require_complete,
    require_reviewer,
    require_second_person,
)
from news.pair.stamps import approvals, require_seen
from news.pair.version import Version
from news.translation.drafts import refresh_draft
from news.translation.sync import Translation, fill_numbered, translation_of
from news.translation.texts import text_hash, with_texts

from .approvals import write
from .correction import Texts, save
from .holding import locked
from .submission import bring_up_to_date


class TriedOut(Exception):
    """What was tried is taken back."""


def may_amend(pair: Pair, user: User) -> bool:
    """Whether there is something to change for this user."""
    waiting = [version for version in pair.versions.values() if version.is_pending]
    return any(version.existing_page.permissions_for_user(user).can_edit() for version in waiting)


def amend(
    release: Release,
    user: User,
    texts: Texts,
    ordered_by: str,
    ordered_how: str,
    seen: str | None = None,
    other_is_right: bool = False,
) -> Amendment:
    """Propose these texts in place of those approved. From then on nothing goes out until somebody else agrees.

    `seen`: the stamp of what was shown to who changes it, see news.pair.stamps. `other_is_right`: where one language
    changes, the other stays as it is.
    """
    with locked(release) as pair:
        require_seen(pair, approvals, seen)
        require_no_other(pair)
        if not texts:
            raise NoWordChanged
        require_may_write(pair, user, texts)
        waiting = [version for version in pair.versions.values() if version.is_pending]
        left = [version for version in waiting if version.language not in texts]
        if left and not other_is_right:
            raise OtherLanguageChangesToo(language=left[0].language.label)
        made = Amendment.objects.create(
            release=pair.release,
            texts={language.code: {str(number): html for number, html in of.items()} for language, of in texts.items()},
            bases={version.language.code: base_of(version) for version in waiting},
            ordered_by=ordered_by.strip()[:255],
            ordered_how=ordered_how,
            opened_by=user,
            opened_by_name=name_of(user),
        )
        try_out(pair.release, made)
        for version in changed_by(made, pair):
            page = version.existing_page
            said = {"ordered_by": made.ordered_by, "ordered_how": made.ordered_how}
            trail.record(page, "amend", user, version.approved_revision, pair, **said)
    return made


def require_no_other(pair: Pair) -> None:
    if pair.amendment is not None:
        raise AmendmentOpen(name=pair.amendment.opened_by_name)
    require_not_frozen(pair)


def require_may_write(pair: Pair, user: User, texts: Texts) -> None:
    for language in texts:
        version = pair.versions[language]
        if not version.is_pending:
            raise NothingToAmend
        if not version.existing_page.permissions_for_user(user).can_edit():
            raise MayNotEdit


def try_out(release: Release, it: Amendment) -> None:
    """Raise what agreeing to it would meet on account of the texts, while whoever wrote them is there."""
    try:
        with transaction.atomic():
            pair = Pair(Release.objects.get(pk=release.pk))
            followed = follows(pair)
            written = write_in(pair, it, followed)
            found = Pair(pair.release)
            for language, revision in written.items():
                if not is_public(found.versions[language], revision):
                    require_complete(found.versions[language])
            raise TriedOut
    except TriedOut:
        pass


def follows(pair: Pair) -> bool:
    """Whether the translation is approved as that of the approved original: then it is after the change, too."""
    translation = pair.translation
    has_both = translation.approval is not None and pair.original.approval is not None
    return has_both and not translation.is_stale and not translation.is_behind


def write_in(pair: Pair, it: Amendment, followed: bool) -> dict[Language, Revision]:
    """New drafts with these texts, by whoever wrote them. Returns {Language: the Revision to be approved}."""
    original, translation = pair.original, pair.translation
    changes, own = it.texts_in(original.language), it.texts_in(translation.language)
    user = it.opened_by
    written: dict[Language, Revision] = {}
    words = {number: paragraph.words for number, paragraph in enumerate(translation.paragraphs) if paragraph.words}
    before = translation.approved_revision.as_object() if translation.is_pending else None
    if changes:
        save(with_texts(original.approved_revision.as_object(), changes), user)
        original.existing_page.refresh_from_db()
        written[original.language] = original.existing_page.get_latest_revision()
        bring_up_to_date(pair, written[original.language], user, ends=not followed)
    if before is None:
        if changes and followed:
            fill_in(translation, {number: words[number] for number in changes if number in words}, user)
            written[translation.language] = translation.approved_revision
        return written
    if not own and not (changes and followed):
        return written
    wanted = text_hash(with_texts(before, own))
    kept = {number: words[number] for number in changes if number in words}
    localized = fill_in(translation, {**kept, **own}, user)
    if localized is None:
        if own:
            save(with_texts(translation.approved_revision.as_object(), own), user)
            translation.existing_page.refresh_from_db()
        written[translation.language] = translation.existing_page.get_latest_revision()
    else:
        written[translation.language] = refresh_draft(localized, user)
        translation.existing_page.refresh_from_db()
    if text_hash(written[translation.language].as_object()) != wanted:
        raise ChangesWaiting(language=translation.language.label)  # its paragraphs say something else than was approved
    return written


def fill_in(translation: Version, words: dict[int, str], user: User | None) -> Translation | None:
    localized = translation_of(translation.existing_page)
    if localized is not None:
        fill_numbered(localized, words, user)
    return localized


def require_may_agree(pair: Pair, user: User) -> Amendment:
    it = pair.amendment
    if it is None:
        raise NoAmendment
    require_reviewer(user, pair)
    if it.opened_by_id == user.pk:
        raise AmendedByYou
    if it.opened_by is None or not fits(it, pair):
        raise AmendmentFitsNoMore
    return it


def agree_to_amendment(release: Release, user: User, seen: str | None = None) -> list[Approval]:
    """One other person, who reads both languages, approves what differs. Returns the Approvals."""
    with locked(release) as pair:
        it = require_may_agree(pair, user)
        require_seen(pair, amendment, seen)
        require_not_frozen(pair)
        written = write_in(pair, it, follows(pair))
        it.agree(user)
        found = Pair(pair.release)
        made = []
        for version in (found.original, found.translation):
            if version.language in written:
                made.append(approve(version, written[version.language], user))
        found = Pair(pair.release)  # with what has been approved just now
        there = [version for version in found.versions.values() if version.approval is not None]
        require_settled(found, there if len(there) == 1 else None)
    return made


def approve(version: Version, revision: Revision, user: User) -> Approval:
    if is_public(version, revision):
        require_another_beside(version, user)
    else:
        require_second_person(version, user, at_once=True)
        require_complete(version)
    counterpart = None if version.is_original else version.read_revision
    return write(version, revision, user, "agree_to_amendment", counterpart, with_note=False)


def is_public(version: Version, revision: Revision) -> bool:
    """Of a translation that needed no update: it still needs none."""
    return version.is_live and revision.pk == version.existing_page.live_revision_id


def may_drop(pair: Pair, user: User) -> bool:
    it = pair.amendment
    return it is not None and (it.opened_by_id == user.pk or may_publish(user, pair))


def drop_amendment(release: Release, user: User) -> None:
    """What was approved stands as before. A moment that has passed meanwhile is missed."""
    with locked(release) as pair:
        it = pair.amendment
        if it is None:
            raise NoAmendment
        if not may_drop(pair, user):
            raise MayNotDropAmendment
        it.drop(user)
        pair.release.resumed_at = it.ended_at
        pair.release.save(update_fields=["resumed_at"])
        for page in [version.page for version in changed_by(it, pair) if version.page is not None] or pair.pages:
            trail.record(page, "drop_amendment", user, page.latest_revision, pair)
