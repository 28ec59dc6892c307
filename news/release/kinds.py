"""Full or adapted: whether a translation is made paragraph by paragraph, or as a page with its own blocks.

No text is lost either way.
"""

from django.contrib.auth.models import User

from news import trail
from news.models import Kind, Release
from news.pair.pair import Pair, VersionState
from news.pair.refusals import Locked, MayNotEdit
from news.pair.rules import has, require_unlocked
from news.pair.section_refusals import OwnWordsInEach, require_no_section
from news.pair.version import Version
from news.translation.drafts import refresh_draft
from news.translation.sync import set_enabled, translation_of

from .holding import locked


def adapt(release: Release, user: User) -> None:
    """Go on as a page of its own, from the translation as it stands."""
    with locked(release) as pair:
        version = changeable_translation(pair, user)
        if version is not None:
            localized = translation_of(version.page)
            if localized is not None:
                refresh_draft(localized, user)
                set_enabled(localized, False)
            trail.record(version.page, "adapt", user, version.existing_page.get_latest_revision())
        pair.release.kind = Kind.ADAPTED
        pair.release.save(update_fields=["kind"])


def translate_fully(release: Release, user: User) -> None:
    """Go on paragraph by paragraph. What the page says stays in its history, and is offered at its place."""
    with locked(release) as pair:
        require_no_section(pair, OwnWordsInEach)
        version = changeable_translation(pair, user)
        if version is not None:
            localized = translation_of(version.page, enabled=False)
            if localized is not None:
                set_enabled(localized, True)
            trail.record(version.page, "translate_fully", user, version.existing_page.get_latest_revision())
        pair.release.kind = Kind.FULL
        pair.release.save(update_fields=["kind"])


def changeable_translation(pair: Pair, user: User) -> Version | None:
    """The Version of the translation, None while there is none. Raises Refused while it is reviewed or approved."""
    version = pair.translation
    page = pair.original.page if version.page is None else version.page
    if page is None or not has(user, page, "change"):
        raise MayNotEdit
    if version.page is None:
        return None
    require_unlocked(version.page, user)
    if version.state in (VersionState.IN_REVIEW, VersionState.APPROVED):
        raise Locked
    return version
