"""Which versions a release would publish now, or why it would not."""

from home.gate import Refused
from news.models import Mode

from .pair import Pair
from .parents import require_public_parents
from .refusals import NothingToRelease, NotReady, OutOfDate, SharedPartWaits
from .version import Version


def to_release(pair: Pair) -> list[Version]:
    """The Versions whose approved revision is not public yet, the original first. Raises Refused."""
    wanted = [version for version in (pair.original, pair.translation) if is_wanted(version)]
    for version in wanted:
        if version.page is None or version.approval is None:
            raise NotReady(language=version.language.label)
    if pair.translation in wanted:
        if pair.original.approval is None and not pair.translation.stands_alone:
            raise NotReady(language=pair.original.language.label)
        if pair.translation.is_stale:
            raise OutOfDate
        if pair.translation.is_behind:
            raise SharedPartWaits(language=pair.translation.language.label)
    pending = [version for version in wanted if version.is_pending]
    if not pending:
        raise NothingToRelease
    require_public_parents(pending)
    return pending


def ready(pair: Pair) -> list[Version]:
    """The Versions that could be released now, none where `to_release` refuses."""
    try:
        return to_release(pair)
    except Refused:
        return []


def is_wanted(version: Version) -> bool:
    """Both versions, together; in one language that one, and the other as soon as it is approved and up to date."""
    release = version.pair.release
    if release.mode == Mode.TOGETHER or version.language.code in release.languages:
        return True
    other_is_live = version.pair.counterpart(version).is_live
    return other_is_live and version.is_pending and not version.is_stale
