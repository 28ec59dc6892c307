"""Which versions a release would publish now, or why it would not."""

from news.models import Mode

from .refusals import NothingToRelease, NotReady, OutOfDate, Refused


def to_release(pair):
    """The Versions whose approved revision is not public yet, the original first. Raises Refused."""
    wanted = [version for version in (pair.original, pair.translation) if is_wanted(version)]
    for version in wanted:
        if version.page is None or version.approval is None:
            raise NotReady(language=version.language.label)
    if pair.translation in wanted:
        if pair.original.approval is None:
            raise NotReady(language=pair.original.language.label)
        if pair.translation.is_stale:
            raise OutOfDate
    pending = [version for version in wanted if version.is_pending]
    if not pending:
        raise NothingToRelease
    return pending


def ready(pair):
    """The Versions that could be released now, none where `to_release` refuses."""
    try:
        return to_release(pair)
    except Refused:
        return []


def is_wanted(version):
    """Both versions, together; in one language that one, and the other as soon as it is approved and up to date."""
    release = version.pair.release
    if release.mode == Mode.TOGETHER or version.language.code in release.languages:
        return True
    other_is_live = version.pair.counterpart(version).is_live
    return other_is_live and version.is_pending and not version.is_stale
