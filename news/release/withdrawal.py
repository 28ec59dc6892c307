"""Taking a release down. Rule 9."""

from collections.abc import Collection

from django.contrib.auth.models import User
from django.utils import timezone
from wagtail.actions.unpublish_page import UnpublishPageAction

from home.languages import CHINESE, ENGLISH, LANGUAGES, Language
from news import trail
from news.models import Correction, Mode, Release
from news.pair.embargo import ahead
from news.pair.pair import Pair
from news.pair.refusals import NotPublic
from news.pair.rules import refusal_to_publish, require_reason
from news.pair.section_refusals import require_no_section
from news.pair.version import Version

from .approvals import end
from .holding import locked
from .vacated import keep


def withdraw(release: Release, user: User, reason: str, languages: Collection[Language] = (ENGLISH, CHINESE)) -> None:
    """Take these languages down. They come back by submission and approval or, as long as nothing has changed, as
    news.release.bringing_back has it.
    """
    require_reason(reason)
    with locked(release) as pair:
        refusal = refusal_to_publish(user, pair.pages)
        if refusal is not None:
            raise refusal
        require_no_section(pair)
        chosen = [pair.versions[language] for language in languages if pair.versions[language].is_live]
        if not chosen:
            raise NotPublic
        was_public = {version.language.code: approval_of_the_public(version) for version in chosen}
        for version in chosen:
            end(version, user, "take_back", reason, everything=True)
            UnpublishPageAction(version.page, user=user).execute(skip_permission_checks=True)
            trail.record(version.page, "withdraw", user, version.existing_page.latest_revision, reason=reason)
        row = pair.release
        down = {version.language.code for version in chosen}
        close_corrections(pair, down)
        row.withdrawn_at = timezone.now()
        row.withdrawn_languages = sorted({*row.withdrawn_languages, *down})
        row.withdrawn_approvals = row.withdrawn_approvals | {code: key for code, key in was_public.items() if key}
        still_live = [code for code, language in LANGUAGES.items() if pair.versions[language].is_live]
        if still_live:
            row.mode, row.languages, row.due, row.reason = Mode.SINGLE, still_live, None, reason
        if not still_live or ahead(row) is None:  # what waits of the other language goes on waiting for its moment
            row.release_at = None
        row.save()
        for version in chosen:
            keep(row, version.existing_page)


def approval_of_the_public(version: Version) -> int | None:
    """Its key: of what readers have now."""
    live = version.existing_page.live_revision_id
    return next((found.pk for found in reversed(version.standing) if found.revision_id == live), None)


def close_corrections(pair: Pair, down: Collection[str]) -> None:
    """What is not public cannot be corrected, and its readers are told nothing."""
    found = pair.release.corrections.filter(released_at=None)
    found.update(**{Correction.NOTES[code]: "" for code in down})
    still_noted = found.exclude(note_en="", note_zh_hans="").exists()
    if not still_noted and not any(version.is_live and version.has_changes for version in pair.versions.values()):
        found.delete()
