"""What the checks know how to mend, mended in the drafts."""

from collections import defaultdict
from collections.abc import Mapping

from django.contrib.auth.models import User
from django.db import transaction

from home.languages import CHINESE, ENGLISH, Language
from news import trail
from news.checks import REGISTER, Finding
from news.checks.base import Fix
from news.checks.fixing import fixed_html
from news.pair.pair import Pair
from news.pair.refusals import FindingGone, MayNotEdit
from news.pair.rules import require_unlocked
from news.pair.version import Version
from news.translation.sync import fill_numbered
from news.translation.texts import with_texts

from .judged import findings_of

TYPOGRAPHY = {"typography", "characters"}
"""Families whose fixes change how a text is set and never what it says."""

LONGEST = 300
"""Characters of the trail's line on what was mended."""


def is_typography(finding: Finding) -> bool:
    return finding.is_fixable and REGISTER[finding.check].family in TYPOGRAPHY


@transaction.atomic
def mend(pair: Pair, user: User, key: str | None = None, spot: str | None = None) -> int:
    """Make the fix of one finding, or all of typography. Returns how many texts were changed. Raises Refused.

    Where two texts say the same, so does what is found in them: `spot` says which is meant.
    """
    found = [judged.finding for judged in findings_of(pair) if judged.waiver is None]
    chosen = [finding for finding in found if (finding.key == key if key else is_typography(finding))]
    if key and spot is not None:
        chosen = [finding for finding in chosen if finding.spot == spot]
    fixes: dict[Language, defaultdict[int, list[Fix]]] = {ENGLISH: defaultdict(list), CHINESE: defaultdict(list)}
    for finding in chosen:
        for language, made in ((ENGLISH, finding.fix_english), (CHINESE, finding.fix_chinese)):
            for fix in made:
                fixes[language][fix.place.number].append(fix)
    if not any(fixes.values()):
        raise FindingGone
    for language, by_number in fixes.items():
        if by_number:
            write(pair.versions[language], by_number, user)
    return sum(map(len, fixes.values()))


def write(version: Version, fixes: Mapping[int, list[Fix]], user: User) -> None:
    """`fixes`: {number of a text: [checks.Fix]}"""
    page = version.existing_page
    if not page.permissions_for_user(user).can_edit():
        raise MayNotEdit
    require_unlocked(page, user)
    mended = {number: fixed_html(version.texts[number][1], of_text) for number, of_text in fixes.items()}
    if version.localized is not None:
        fill_numbered(version.localized, mended, user)
        revision = None
    else:
        revision = with_texts(page.get_latest_revision_as_object(), mended).save_revision(user=user)
    changes = {f"{fix.place.words} → {fix.words}" for of_text in fixes.values() for fix in of_text}
    trail.record(page, "fix_findings", user, revision, reason="; ".join(sorted(changes))[:LONGEST])
