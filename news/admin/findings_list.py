"""The list of what the checks found, as it is shown to somebody."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from home.languages import CHINESE, ENGLISH, Words
from news.checks import Level
from news.findings.judged import NEVER_OVERRIDDEN, Judged, findings_of
from news.findings.mending import is_typography
from news.pair.pair import Pair
from news.pair.rules import may_publish, may_write

NOWHERE = -1
"""Number of a text that is not there."""
SHOWN = 60
"""Characters of a place that are shown."""
USUAL_REASONS = [
    gettext_lazy("Given another way on purpose"),
    gettext_lazy("A name or a quotation"),
    gettext_lazy("The readers of this language need it so"),
]
LEVELS = {
    Level.BLOCKS: gettext_lazy("Blocks release"),
    Level.WARNS: gettext_lazy("Please check"),
    Level.INFORMS: gettext_lazy("Note"),
}


@dataclass(frozen=True)
class Spot:
    code: str
    tag: str
    number: int
    path: str
    words: str


@dataclass(frozen=True)
class FindingRow:
    judged: Judged
    spots: list[Spot]
    may_settle: bool

    @property
    def level(self) -> Words:
        return LEVELS[self.judged.finding.level]

    @property
    def numbers(self) -> str:
        """Of the texts it stands in, for the script of the translation editor."""
        return " ".join(sorted({str(spot.number) for spot in self.spots}))


def rows_of(pair: Pair, user: User) -> list[FindingRow]:
    """[FindingRow], what is not settled first."""
    paths = {version.language: [path for path, _text in version.texts] for version in pair.versions.values()}
    may_waive, may_override = may_write(user, pair), may_publish(user, pair)
    rows = []
    for judged in findings_of(pair):
        finding = judged.finding
        spots = [
            Spot(language.code, language.tag, place.number, path, shortened(place.words))
            for language, places in ((ENGLISH, finding.english), (CHINESE, finding.chinese))
            for place in dict.fromkeys(places)
            if (path := paths[language][place.number]) is not None
        ]
        spots += [
            Spot(language.code, language.tag, NOWHERE, path, "")
            for language, path in zip((ENGLISH, CHINESE), finding.missing, strict=True)
            if path
        ]
        blocks = finding.level == Level.BLOCKS
        may_settle = (may_override and finding.check not in NEVER_OVERRIDDEN) if blocks else may_waive
        rows.append(FindingRow(judged, spots, may_settle))
    return sorted(rows, key=lambda row: (row.judged.is_settled, list(Level).index(row.judged.finding.level)))


def shortened(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= SHOWN else f"{words[: SHOWN - 1]}…"


def context_of(pair: Pair, user: User) -> dict[str, Any]:
    rows = rows_of(pair, user)
    may_mend = any(
        version.page is not None
        and version.page.permissions_for_user(user).can_edit()
        and not version.is_locked_for(user)
        for version in pair.versions.values()
    )
    left = sum(not row.judged.is_settled for row in rows)
    return {
        "release": pair.release,
        "findings": rows,
        "left": left,
        "summary": summary_of(left, pair),
        "reasons": USUAL_REASONS,
        "may_mend": may_mend,
        "typography": sum(is_typography(row.judged.finding) and row.judged.waiver is None for row in rows),
    }


def summary_of(left: int, pair: Pair) -> str:
    if left:
        return ngettext("%(left)d finding is to be settled.", "%(left)d findings are to be settled.", left) % {
            "left": left
        }
    if not pair.release.alone and any(version.page is None for version in pair.versions.values()):
        return _("Nothing is to be settled. What compares both languages is checked once both are there.")
    return _("The checks found nothing to settle.")
