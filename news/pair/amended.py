"""A release as it would be with the change that waits for a yes. Only to be read."""

from __future__ import annotations

from collections.abc import Iterator

from home.languages import Language
from news.models import Amendment
from news.translation.texts import with_texts

from .face import digest
from .pair import Pair
from .stamps import approved, text_of
from .version import Version


def base_of(version: Version) -> str:
    """The hash of the texts that a change is written in; empty where nothing waits for its release."""
    return version.approval.text_hash if version.is_pending and version.approval is not None else ""


def fits(it: Amendment, pair: Pair) -> bool:
    """Whether the texts that were changed stand approved as they were then."""
    return all(base_of(version) == it.bases.get(version.language.code) for version in changed_by(it, pair))


def changed_by(it: Amendment, pair: Pair) -> list[Version]:
    return [version for version in (pair.original, pair.translation) if it.texts_in(version.language)]


def as_amended(pair: Pair) -> Pair:
    """The same release with the change that waits, if one does and fits; read anew."""
    it = pair.amendment
    if it is None or not fits(it, pair):
        return pair
    found = Pair(pair.release)
    for version in changed_by(it, found):
        version.newest = with_texts(version.at(version.approved_revision), it.texts_in(version.language))
    return found


def amendment(pair: Pair, language: Language | None = None) -> str:
    """What a form says that it covers which agrees to the change that waits: it, and all that is approved."""
    return text_of(stamps_of(pair))


def stamps_of(pair: Pair) -> Iterator[tuple[str, str]]:
    it = pair.amendment
    for version in pair.versions.values():
        code, stamp = approved(version)
        yield code, digest([it.pk, it.texts.get(code), stamp]) if it is not None else ""
