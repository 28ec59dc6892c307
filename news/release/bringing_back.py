"""What was withdrawn comes back exactly as it was: proposed by a publisher, agreed to by another. Rule 32."""

from collections.abc import Collection

from django.contrib.auth.models import User

from home.gate import Refused
from home.languages import Language
from news import trail
from news.models import Approval, BringingBack, Kind, Mode, Release
from news.models.release import name_of
from news.pair.changes import listed, say
from news.pair.face import Face, FaceChange, difference, face_of, is_note
from news.pair.office_refusals import (
    BringingBackOpen,
    BroughtBackByYou,
    ComesBackByReview,
    MayNotDropBringingBack,
    NoBringingBack,
    NotAsItWas,
    NothingToBringBack,
    NotKnownAsItWas,
    NotOfThePublicText,
    ProposedByNoPublisher,
)
from news.pair.pair import Pair
from news.pair.refusals import CorrectionOpen
from news.pair.rules import (
    may_publish,
    require_complete,
    require_publisher,
    require_reason,
    require_reviewer,
    require_second_person,
)
from news.pair.stamps import drafts, require_seen
from news.pair.version import Version

from .approvals import write
from .holding import locked
from .publishing import publish


def withdrawn(pair: Pair) -> list[Version]:
    """Those that readers had and have not any more, the original first."""
    codes = pair.release.withdrawn_languages
    versions = (pair.original, pair.translation)
    return [
        found for found in versions if found.language.code in codes and found.page is not None and not found.is_live
    ]


def former_of(version: Version) -> Approval:
    """That of what was public. Raises NotKnownAsItWas."""
    key = version.pair.release.withdrawn_approvals.get(version.language.code)
    approval = next((found for found in version.approvals if found.pk == key), None)
    if approval is None or approval.urgent or face_of(approval) is None:
        raise NotKnownAsItWas(language=version.language.label)
    return approval


def require_as_it_was(pair: Pair, chosen: Collection[Version]) -> None:
    """Raises the Refused that fits, unless readers would get of each what they had, beside what they have."""
    if not chosen:
        raise NothingToBringBack
    if pair.correction is not None:
        raise CorrectionOpen
    for version in chosen:
        if version.review is not None or version.is_pending:
            raise ComesBackByReview(language=version.language.label)
        changes = changes_since(version)
        if changes:
            said = listed(say(changes, version.existing_page, version.face))
            raise NotAsItWas(language=version.language.label, changes=said)
    require_still_a_pair(pair, chosen)


def changes_since(version: Version) -> list[FaceChange]:
    """What its newest draft has otherwise than readers had, or what they would get now. Notes are told already."""
    approval = former_of(version)
    before = face_of(approval)
    changes = difference(before, Face.of(version.at(approval.revision))) or difference(before, version.face)
    return [change for change in changes if not is_note(change.part)]


def require_still_a_pair(pair: Pair, chosen: Collection[Version]) -> None:
    """What is public in the other language is what it was beside."""
    original, translation = pair.original, pair.translation
    if original in chosen and translation in chosen:
        return
    for version in chosen:
        other = pair.counterpart(version)
        if other.page is None or not other.is_live:
            continue
        own = former_of(version)
        read, first = (own, other.approval) if version is translation else (other.approval, own)
        if read is None or first is None or read.counterpart_hash != first.text_hash:
            raise NotOfThePublicText(language=version.language.label)
        if pair.release.kind != Kind.ADAPTED and read.counterpart_shared != first.shared_stamp:
            raise NotOfThePublicText(language=version.language.label)


def may_come_back(pair: Pair) -> list[Version]:
    """All that was withdrawn, where it could; else each that could alone."""
    found = withdrawn(pair)
    if is_as_it_was(pair, found):
        return found
    return [version for version in found if is_as_it_was(pair, [version])] if len(found) > 1 else []


def is_as_it_was(pair: Pair, chosen: Collection[Version]) -> bool:
    try:
        require_as_it_was(pair, chosen)
    except Refused:
        return False
    return True


def propose_return(
    release: Release, user: User, reason: str, languages: Collection[Language], seen: str | None = None
) -> BringingBack:
    require_reason(reason)
    with locked(release) as pair:
        require_publisher(user, pair)
        require_seen(pair, drafts, seen)
        if pair.bringing_back is not None:
            raise BringingBackOpen(name=pair.bringing_back.opened_by_name)
        chosen = [version for version in withdrawn(pair) if version.language in languages]
        require_as_it_was(pair, chosen)
        made = BringingBack.objects.create(
            release=pair.release,
            languages=[version.language.code for version in chosen],
            reason=reason.strip(),
            opened_by=user,
            opened_by_name=name_of(user),
        )
        for version in chosen:
            page = version.existing_page
            trail.record(page, "propose_return", user, former_of(version).revision, pair, reason=made.reason)
    return made


def require_may_agree(pair: Pair, user: User) -> BringingBack:
    it = pair.bringing_back
    if it is None:
        raise NoBringingBack
    require_reviewer(user, pair)
    if it.opened_by_id == user.pk:
        raise BroughtBackByYou
    if not may_publish(it.opened_by, pair):
        raise ProposedByNoPublisher(name=it.opened_by_name)
    return it


def agree_to_return(release: Release, user: User, seen: str | None = None) -> None:
    """One other person: it is public again at once, at its old address and date."""
    with locked(release) as pair:
        it = require_may_agree(pair, user)
        require_seen(pair, drafts, seen)
        chosen = [version for version in withdrawn(pair) if version.language.code in it.languages]
        require_as_it_was(pair, chosen)
        for version in chosen:
            require_second_person(version, user, at_once=True)
            require_complete(version)
        for version in chosen:
            former = former_of(version)
            write(version, former.revision, user, "agree_to_return", former.counterpart_revision, with_note=False)
        it.agree(user)
        live = [version.language.code for version in pair.versions.values() if version.is_live or version in chosen]
        row = pair.release
        if len(live) == 1 and row.languages != live:  # the other language stays withdrawn
            row.mode, row.languages, row.due, row.reason = Mode.SINGLE, live, None, it.reason
        publish(pair, chosen, user, "bring_back", is_change=False, reason=it.reason)


def may_drop(pair: Pair, user: User) -> bool:
    return pair.bringing_back is not None and may_publish(user, pair)


def drop_return(release: Release, user: User) -> None:
    with locked(release) as pair:
        it = pair.bringing_back
        if it is None:
            raise NoBringingBack
        if not may_drop(pair, user):
            raise MayNotDropBringingBack
        it.drop(user)
        for version in withdrawn(pair):
            if version.language.code in it.languages:
                trail.record(version.page, "drop_return", user, version.existing_page.latest_revision, pair)
