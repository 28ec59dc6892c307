"""How a state is said and marked: its word, its tone and what it means. Lists, headers, desks and reports read it here.

Two states are marked: that of a release (`ReleaseState`), and that of one page of it, where readers may have one text
while another is under way (`PageState`).
"""

from collections.abc import Collection, Iterable
from typing import NamedTuple, cast

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page, WorkflowState

from home.gate import gates
from home.languages import Words
from news.models import Approval, Release

from .state import ReleaseState
from .states import VersionState, version_state
from .version import Version


class Tone(models.TextChoices):
    """What a mark looks like: a shape first, a colour besides."""

    LIVE = "live"
    APPROVED = "approved"
    REVIEW = "review"
    RETURNED = "returned"
    OPEN = "open"
    GONE = "gone"


class Mark(NamedTuple):
    word: Words
    tone: Tone
    help: Words


class PageState(models.TextChoices):
    MISSING = VersionState.MISSING.value, VersionState.MISSING.label
    DRAFTING = VersionState.DRAFTING.value, VersionState.DRAFTING.label
    IN_REVIEW = VersionState.IN_REVIEW.value, VersionState.IN_REVIEW.label
    CHANGES_ASKED = VersionState.CHANGES_ASKED.value, VersionState.CHANGES_ASKED.label
    APPROVED = VersionState.APPROVED.value, VersionState.APPROVED.label
    LIVE = VersionState.LIVE.value, VersionState.LIVE.label
    LIVE_DRAFTING = "live_drafting", _("Live · changes pending")
    LIVE_IN_REVIEW = "live_in_review", _("Live · changes in review")
    LIVE_CHANGES_ASKED = "live_changes_asked", _("Live · changes returned")
    LIVE_APPROVED = "live_approved", _("Live · changes approved")
    WITHDRAWN = "withdrawn", ReleaseState.WITHDRAWN.label


TONES: dict[ReleaseState | PageState, tuple[Tone, Words]] = {
    ReleaseState.DRAFTING: (Tone.OPEN, _("Nothing has been sent for review yet.")),
    ReleaseState.IN_REVIEW: (Tone.REVIEW, _("Reviewers have one language at least.")),
    ReleaseState.RETURNED: (Tone.RETURNED, _("A reviewer has asked for changes.")),
    ReleaseState.READY: (Tone.APPROVED, _("Everything is approved: a publisher can release it.")),
    ReleaseState.SCHEDULED: (Tone.APPROVED, _("It is released by itself at its moment.")),
    ReleaseState.MISSED: (Tone.RETURNED, _("Its moment has passed, and it was not released.")),
    ReleaseState.LIVE: (Tone.LIVE, _("Readers see it.")),
    ReleaseState.LIVE_WITH_CHANGES: (Tone.LIVE, _("Readers see it; changes are under way.")),
    ReleaseState.WITHDRAWN: (Tone.GONE, _("It was public, and was taken down.")),
    PageState.MISSING: (Tone.OPEN, _("There is no version in this language yet.")),
    PageState.DRAFTING: (Tone.OPEN, _("Not sent for review yet.")),
    PageState.IN_REVIEW: (Tone.REVIEW, _("Reviewers have it.")),
    PageState.CHANGES_ASKED: (Tone.RETURNED, _("A reviewer has asked for changes.")),
    PageState.APPROVED: (Tone.APPROVED, _("Approved, and not public yet.")),
    PageState.LIVE: (Tone.LIVE, _("Readers see it.")),
    PageState.LIVE_DRAFTING: (Tone.LIVE, _("Readers see it; there are changes that nobody has sent for review.")),
    PageState.LIVE_IN_REVIEW: (Tone.LIVE, _("Readers see it; reviewers have changes to it.")),
    PageState.LIVE_CHANGES_ASKED: (Tone.LIVE, _("Readers see it; changes to it were returned.")),
    PageState.LIVE_APPROVED: (Tone.LIVE, _("Readers see it; changes to it are approved.")),
    PageState.WITHDRAWN: (Tone.GONE, _("It was public, and was taken down.")),
}


def mark_of(of: ReleaseState | PageState | Version) -> Mark:
    state = state_of_version(of) if isinstance(of, Version) else of
    tone, meaning = TONES[state]
    return Mark(state.label, tone, meaning)


def state_of_version(version: Version) -> PageState:
    is_withdrawn = version.language.code in version.pair.release.withdrawn_languages
    return page_state(version.state, version.is_live, is_withdrawn)


def page_state(state: VersionState, is_live: bool, is_withdrawn: bool) -> PageState:
    """Of a version, with what readers have of it."""
    if state == VersionState.DRAFTING and is_withdrawn and not is_live:
        return PageState.WITHDRAWN
    if is_live and state != VersionState.LIVE:
        return PageState(f"live_{state.value}")
    return PageState(state.value)


def page_states(pages: Iterable[Page]) -> dict[int, PageState]:
    """{key of a page: how it stands} of those that go public through a release, in as many queries as one takes.

    What a Version says of itself, without all else that a Pair reads.
    """
    pages = [page for page in pages if page.pk and gates(page.specific_class)]
    if not pages:
        return {}
    keys = {page.translation_key for page in pages}
    releases = {release.translation_key: release for release in Release.objects.filter(translation_key__in=keys)}
    approved = newest_approved(releases.values())
    reviews = reviews_of([page.pk for page in pages])
    codes = dict(Locale.objects.values_list("pk", "language_code"))
    found = {}
    for page in pages:
        release = releases.get(page.translation_key)
        code = codes[page.locale_id]
        revision = approved.get((release.pk, code)) if release else None
        is_gone = release is not None and code in release.withdrawn_languages
        found[page.pk] = page_state(version_state(page, revision, reviews.get(page.pk)), page.live, is_gone)
    return found


def newest_approved(releases: Collection[Release]) -> dict[tuple[int, str], int]:
    """{(key of a Release, code of a language): key of the revision}"""
    standing = Approval.objects.standing().filter(release__in=releases).order_by("pk")
    return {(key, code): revision for key, code, revision in standing.values_list("release", "language", "revision")}


def reviews_of(keys: Collection[int]) -> dict[int, str]:
    """{key of a page: status} of the reviews that have not ended."""
    page_type = ContentType.objects.get_for_model(Page)
    active = WorkflowState.objects.active().filter(base_content_type=page_type, object_id__in=map(str, keys))
    return {int(key): cast(str, status) for key, status in active.values_list("object_id", "status")}
