"""Seen is approved: what a form covers, as it was when the form was shown. Rule 17.

The text of a stamp, such as `en=0f3c91ab22d41e07;en.picture.7=5be0c2118d7a4f60;zh-hans=;at=1764170000000`, names each
version that the form covers, what stood then, what came into a draft from the library, and in a form when that was, in
milliseconds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import pgettext

from home.languages import Language
from news.models import Authorship
from news.translation.parts import PartKind

from .face import digest
from .pair import Pair
from .refusals import ShownOtherwise
from .version import Version

LENGTH = 16
"""Hex digits of a face's stamp: nobody chooses them."""
CLOCKS = timedelta(seconds=5)
"""By how much the clocks of two machines may differ."""
Covers = Callable[[Pair, Language | None], str]
"""What a form says that it covers; the Language is that of the version which it is about."""


def reviewed(pair: Pair, language: Language | None) -> str:
    """The draft, and what it is read against once that is approved: never a counterpart that is still being written."""
    if language is None:
        return ""
    version = pair.versions[language]
    original = pair.original
    return text_of([*drafted(version)] if version.is_original else [*drafted(version), approved(original)])


def drafts(pair: Pair, language: Language | None = None) -> str:
    """The newest drafts of both."""
    return text_of(stamp for version in pair.versions.values() for stamp in drafted(version))


def approvals(pair: Pair, language: Language | None = None) -> str:
    """What is approved of both."""
    return text_of(approved(version) for version in pair.versions.values())


def drafted(version: Version) -> Iterator[tuple[str, str]]:
    code = version.language.code
    yield code, version.face.stamp if version.page is not None else ""
    if version.page is not None:
        for name, stamp in of_library(version).items():
            yield f"{code}.{name}", stamp


def of_library(version: Version) -> dict[str, str]:
    """{kind and key: stamp} of the pictures and documents that it shows."""
    return {
        f"{part.kind}.{part.value['key']}": digest(part.value)
        for part in version.face.parts.values()
        if part.kind in (PartKind.PICTURE, PartKind.DOCUMENT) and isinstance(part.value, dict)
    }


def approved(version: Version) -> tuple[str, str]:
    return version.language.code, version.approval.stamp if version.approval is not None else ""


def text_of(stamps: Iterable[tuple[str, str]]) -> str:
    return ";".join(f"{code}={stamp[:LENGTH]}" for code, stamp in stamps)


def shown_now(text: str) -> str:
    """A stamp for a form that is shown now; nothing of a form that covers nothing."""
    return f"{text};at={timezone.now().timestamp() * 1000:.0f}" if text else ""


def require_seen(
    pair: Pair, covers: Covers, seen: str | None, language: Language | None = None, by: User | None = None
) -> None:
    """Raise ShownOtherwise where what stands now is not what was `seen`. None: nobody was shown a form.

    `by`: who was shown it. What they alone have written since in the drafts that it covers, they have seen; with a
    `language`, its draft is what the form is about.
    """
    if seen is None:
        return
    before, after = parsed(seen), parsed(covers(pair, language))
    changed = [one for one in pair.versions if before.get(one.code) != after.get(one.code)]
    since = moment_of(before)
    if by is not None and since is not None:
        about = [one for one in changed if language in (None, one) and not is_other_library(one, before, after)]
        known = [one for one in about if is_theirs(pair, one, by, since)]
        changed = [one for one in changed if one not in known]
    if changed:
        raise ShownOtherwise(languages=pgettext("between languages", " and ").join(str(one.label) for one in changed))


def is_other_library(language: Language, before: dict[str, str], after: dict[str, str]) -> bool:
    """Whether a picture or a document that was shown is another by now, or described otherwise: of that no version
    tells who wrote it.
    """
    shown = [name for name in before.keys() & after.keys() if name.startswith(f"{language.code}.")]
    return any(before[name] != after[name] for name in shown)


def is_theirs(pair: Pair, language: Language, user: User, since: datetime) -> bool:
    """Whether somebody has written in a version since then, and nobody else has."""
    written = Authorship.objects.filter(release=pair.release, language=language.code, at__gte=since)
    return set(written.values_list("user", flat=True)) == {user.pk}


def moment_of(stamp: dict[str, str]) -> datetime | None:
    """From when on what is written was not shown, by whichever clock."""
    try:
        return datetime.fromtimestamp(int(stamp["at"]) / 1000, UTC) - CLOCKS
    except (KeyError, ValueError, OverflowError, OSError):
        return None


def parsed(text: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in text.split(";") if "=" in part)
