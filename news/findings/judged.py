"""What the checks find in a release, what of it is settled, and how it gets settled."""

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from home.languages import ENGLISH, Language
from news import checks, trail
from news.checks import REGISTER, Level
from news.models import CheckSettings, Kind, Waiver
from news.models.release import name_of
from news.pair.pair import Pair
from news.pair.refusals import BlockingFindings, FindingGone, MayNotEdit, NeverOverridden
from news.pair.rules import may_write, require_publisher, require_reason
from news.pair.version import Version
from news.spoken import sentence

from .documents import about_of, documents_of

NEVER_OVERRIDDEN = {"head", "stale"}
"""A reader would see a page without a title or a body. That a translation is still valid is said by approving it."""


@dataclass(frozen=True)
class Judged:
    """A checks.Finding, and the Waiver that somebody gave it."""

    finding: checks.Finding
    waiver: Waiver | None
    offered: Waiver | None = None
    """What somebody said of the same two texts elsewhere; it settles nothing here."""

    @property
    def is_settled(self) -> bool:
        return self.waiver is not None or self.finding.level == Level.INFORMS

    @property
    def message(self) -> str:
        return sentence(self.finding.message)

    @property
    def title(self) -> str:
        return sentence(REGISTER[self.finding.check].title)


def switched_off() -> frozenset[str]:
    of_site = CheckSettings.objects.filter(site__is_default_site=True).first()
    return frozenset(of_site.off if of_site else ())


def findings_of(pair: Pair, versions: Iterable[Version] | None = None) -> list[Judged]:
    """Of the newest texts of both Versions, or of those given, each for itself. Found once for a Pair.

    Paragraphs that nobody has translated yet are left out: they show the original's words.
    """
    chosen = tuple(pair.versions.values()) if versions is None else tuple(versions)
    if chosen not in pair.findings:
        pair.findings[chosen] = found_in(pair, chosen)
    return pair.findings[chosen]


def found_in(pair: Pair, chosen: tuple[Version, ...]) -> list[Judged]:
    documents = documents_of(pair, chosen)
    if not any(documents):
        return []
    found = checks.run(*documents, about_of(pair), is_adapted=is_adapted(pair), off=switched_off())
    waiting = pair.translation.open_numbers
    if waiting:
        found = [finding for finding in found if is_of_translated(finding, waiting, pair.translation.language)]
    keys = [finding.key for finding in found]
    given = Waiver.objects.filter(key__in=keys).order_by("pk") if keys else []
    here = {(waiver.key, waiver.overrides): waiver for waiver in given if waiver.release_id == pair.release.pk}
    elsewhere = {(waiver.key, waiver.overrides): waiver for waiver in given}
    named = [(finding, (finding.key, finding.level == Level.BLOCKS)) for finding in found]
    return [Judged(finding, here.get(name), None if name in here else elsewhere.get(name)) for finding, name in named]


def is_adapted(pair: Pair) -> bool:
    """Whether the versions have blocks of their own."""
    return pair.release.kind == Kind.ADAPTED or pair.translation.localized is None


def is_of_translated(finding: checks.Finding, waiting: set[int], language: Language) -> bool:
    """Whether a finding says nothing of the paragraphs that wait to be translated into `language`."""
    translated = finding.english if language == ENGLISH else finding.chinese
    if not REGISTER[finding.check].needs_both:
        return not any(place.number in waiting for place in translated)
    places = (*finding.english, *finding.chinese)
    return bool(places) and not any(place.number in waiting for place in places)


def unsettled(pair: Pair, versions: Iterable[Version] | None = None) -> list[Judged]:
    return [judged for judged in findings_of(pair, versions) if not judged.is_settled]


def require_settled(
    pair: Pair,
    versions: Iterable[Version] | None = None,
    asked: Collection[str] = REGISTER.keys() - {"stale"},
) -> None:
    """Raises BlockingFindings, unless all findings of the checks `asked` are settled. `stale` has a rule of its own."""
    left = [judged for judged in unsettled(pair, versions) if judged.finding.check in asked]
    if left:
        raise BlockingFindings(findings=" ".join(judged.message for judged in left))


@transaction.atomic
def waive(pair: Pair, key: str, user: User, reason: str) -> Waiver:
    """A warning is correct as it is; what blocks is overridden by a publisher, each alone. Raises Refused."""
    require_reason(reason)
    judged = found_by(pair, key)
    blocks = judged.finding.level == Level.BLOCKS
    if blocks and judged.finding.check in NEVER_OVERRIDDEN:
        raise NeverOverridden
    require_settler(pair, user, blocks)
    if judged.waiver:
        return judged.waiver
    found = {"name": judged.finding.check, "message": asdict(judged.finding.message)}
    said = {"reason": reason.strip(), "user": user, "user_name": name_of(user), "release": pair.release}
    waiver = Waiver.objects.create(key=key, overrides=blocks, **found, **said)
    action = "override_finding" if waiver.overrides else "waive_finding"
    record(pair, action, judged, user, reason=waiver.reason)
    return waiver


@transaction.atomic
def unwaive(pair: Pair, key: str, user: User) -> None:
    """The waiver of a finding is taken back. Raises Refused."""
    judged = found_by(pair, key)
    if judged.waiver is None:
        raise FindingGone
    require_settler(pair, user, judged.waiver.overrides)
    judged.waiver.delete()
    record(pair, "unwaive_finding", judged, user)


def require_settler(pair: Pair, user: User, overrides: bool) -> None:
    if overrides:
        require_publisher(user, pair)
    elif not may_write(user, pair):
        raise MayNotEdit


def found_by(pair: Pair, key: str) -> Judged:
    """What is found now under a key of a Finding. Raises FindingGone."""
    judged = next((judged for judged in findings_of(pair) if judged.finding.key == key), None)
    if judged is None:
        raise FindingGone
    return judged


def record(pair: Pair, action: str, judged: Judged, user: User, **data: Any) -> None:
    page = pair.translation.page or pair.original.page
    trail.record(page, action, user, check=judged.finding.check, finding=asdict(judged.finding.message), **data)
