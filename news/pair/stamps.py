"""Seen is approved: what a form covers, as it was when the form was shown. Rule 17.

The text of a stamp, such as `en=0f3c91ab22d41e07;zh-hans=`, names each version that the form covers and what stood
then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.utils.translation import pgettext

from home.languages import Language

from .pair import Pair
from .refusals import ShownOtherwise
from .version import Version

LENGTH = 16
"""Hex digits of a face's stamp: nobody chooses them."""
Covers = Callable[[Pair, Language | None], str]
"""What a form says that it covers; the Language is that of the version which it is about."""


def reviewed(pair: Pair, language: Language | None) -> str:
    """The draft, and what it is read against once that is approved: never a counterpart that is still being written."""
    if language is None:
        return ""
    version = pair.versions[language]
    original = pair.original
    return text_of([drafted(version)] if version.is_original else [drafted(version), approved(original)])


def drafts(pair: Pair, language: Language | None = None) -> str:
    """The newest drafts of both."""
    return text_of(drafted(version) for version in pair.versions.values())


def approvals(pair: Pair, language: Language | None = None) -> str:
    """What is approved of both."""
    return text_of(approved(version) for version in pair.versions.values())


def drafted(version: Version) -> tuple[str, str]:
    return version.language.code, version.face.stamp if version.page is not None else ""


def approved(version: Version) -> tuple[str, str]:
    return version.language.code, version.approval.stamp if version.approval is not None else ""


def text_of(stamps: Iterable[tuple[str, str]]) -> str:
    return ";".join(f"{code}={stamp[:LENGTH]}" for code, stamp in stamps)


def require_seen(pair: Pair, covers: Covers, seen: str | None, language: Language | None = None) -> None:
    """Raise ShownOtherwise where what stands now is not what was `seen`. None: nobody was shown a form."""
    if seen is None:
        return
    now = covers(pair, language)
    if seen == now:
        return
    before, after = parsed(seen), parsed(now)
    changed = [language.label for language in pair.versions if before.get(language.code) != after.get(language.code)]
    raise ShownOtherwise(languages=pgettext("between languages", " and ").join(map(str, changed)))


def parsed(text: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in text.split(";") if "=" in part)
