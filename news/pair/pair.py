"""Where a release and its versions stand. Nothing here is stored: it follows from approvals, reviews and pages."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils import timezone
from wagtail.models import Page

from home.gate import is_section
from home.languages import ENGLISH, LANGUAGES, language_of, other_language
from home.upstream.drafts import Known
from news.models import Amendment, Approval, Assignment, BringingBack, Correction, Kind, PartnerPage, Release
from news.translation.sync import original_language_code

from .rows import PairRows
from .states import VersionState
from .version import Version

__all__ = ["Pair", "Version", "VersionState", "pair_of", "release_of"]


def release_of(page: Page) -> Release:
    """The Release of a page's translation key; it is opened if there is none yet."""
    found = Release.objects.filter(translation_key=page.translation_key).first()
    if found:
        return found
    original, kind = original_language_code(page.translation_key) or language_of(page).code, Kind.FULL
    if is_section(page):  # each language has words of its own
        versions = Page.objects.filter(translation_key=page.translation_key, alias_of=None)
        oldest = versions.select_related("locale").order_by("pk").first()
        original, kind = language_of(oldest or page).code, Kind.ADAPTED
    defaults = {"original": original if original in LANGUAGES else ENGLISH.code, "kind": kind}
    return Release.objects.get_or_create(translation_key=page.translation_key, defaults=defaults)[0]


def pair_of(page: Page) -> Pair:
    return Pair(release_of(page))


class Pair:
    """A release with both its versions."""

    def __init__(self, release: Release, reading: PairRows | None = None) -> None:
        reading = reading or PairRows([release])
        self.release = release
        self.reading = reading
        self.leaves_at = release.release_at
        """When it will be public, as far as anybody knows."""
        self.findings: dict[tuple[Version, ...], list[Any]] = {}
        """What news.findings.judged has found in these of its Versions: its Judged, whom this room does not know."""
        self.told: set[str] = set()
        """Steps of which news.notices has told."""
        self.known: Known = {}
        """What its drafts refer to, as `as_draft` has looked it up."""
        approvals = reading.approvals[release.pk]
        pages = {language_of(page): page for page in reading.pages[release.translation_key]}
        self.versions = {
            language: Version(
                self,
                language,
                pages.get(language),
                [approval for approval in approvals if approval.language == code],
                reading.reviews.get(pages[language].pk) if language in pages else None,
            )
            for code, language in LANGUAGES.items()
        }

    @classmethod
    def many(cls, releases: Iterable[Release]) -> list[Pair]:
        """In as many queries as one takes."""
        reading = PairRows(releases)
        return [cls(release, reading) for release in releases]

    @property
    def original(self) -> Version:
        return self.versions[self.release.original_language]

    @property
    def translation(self) -> Version:
        return self.versions[other_language(self.release.original_language)]

    @property
    def is_section(self) -> bool:
        """Whether it is a front page or a section."""
        return any(map(is_section, self.pages))

    @property
    def pages(self) -> list[Page]:
        return [version.page for version in self.versions.values() if version.page is not None]

    @property
    def titled(self) -> list[Version]:
        """The versions to name a release by, the original first, without a translation whose title still waits."""
        original, translation = self.original, self.translation
        there = [version for version in (original, translation) if version.page is not None]
        titles = {version.existing_page.draft_title for version in there}
        return there[:1] if len(titles) < len(there) else there

    def version_of(self, page: Page) -> Version:
        """The one whose page it is; for a page of neither, such as an alias, that of its language."""
        known = [
            version for version in self.versions.values() if version.page is not None and version.page.pk == page.pk
        ]
        return known[0] if known else self.versions.get(language_of(page), self.original)

    def counterpart(self, version: Version) -> Version:
        return self.versions[other_language(version.language)]

    @property
    def is_live(self) -> bool:
        """Whether readers see it in either language."""
        return any(version.is_live for version in self.versions.values())

    @property
    def is_frozen(self) -> bool:
        """Whether a publisher is about to release it urgently."""
        return self.release.frozen_until is not None and self.release.frozen_until > timezone.now()

    @property
    def is_held(self) -> bool:
        """Whether somebody has put it on hold."""
        return self.release.held_at is not None

    @cached_property
    def amendment(self) -> Amendment | None:
        """The change that waits for a yes before release."""
        return self.release.amendments.filter(ended_at=None).first()

    @cached_property
    def bringing_back(self) -> BringingBack | None:
        """What somebody proposes of what was withdrawn."""
        withdrawn = bool(self.release.withdrawn_languages)
        return self.release.returns.filter(ended_at=None).first() if withdrawn else None

    @property
    def is_owed(self) -> bool:
        """Whether one language is public without the other, or with other words than it, until a day that was set."""
        behind = any(not version.is_live for version in self.versions.values()) or self.translation.is_stale
        return self.release.owes_a_translation and behind

    @cached_property
    def public_partners(self) -> set[UUID]:
        """Translation keys of the partners, of those that its drafts name, whose profile a reader may see."""
        named = {partner.translation_key for version in self.versions.values() for partner in version.partners}
        public = PartnerPage.objects.released().filter(translation_key__in=named)
        return set(public.values_list("translation_key", flat=True)) if named else set()

    @cached_property
    def correction(self) -> Correction | None:
        """The one that is open."""
        return self.release.corrections.filter(released_at=None).first() if self.was_released else None

    @cached_property
    def assignments(self) -> dict[str, Assignment]:
        """By the code of the language."""
        assigned = self.release.assignments.filter(user__isnull=False).select_related("user")
        return {assignment.language: assignment for assignment in assigned}

    @property
    def was_released(self) -> bool:
        """Whether it was ever public, in either language."""
        return any(page.first_published_at for page in self.pages)

    @property
    def review_afterwards_due(self) -> list[Approval]:
        """The urgent Approvals of what is public that nobody else has read since, nor what is to follow it."""
        due = []
        for version in self.versions.values():
            is_read = version.page is None or not version.page.live or version.is_pending
            live = None if is_read else version.existing_page.live_revision_id
            public = [approval for approval in version.standing if approval.revision_id == live]
            if public and public[-1].urgent:
                due.append(public[-1])
        return due

    @property
    def let_out_by(self) -> set[int | None]:
        """Who let out alone what nobody else has read since: none of them reads it afterwards."""
        people: set[int | None] = set()
        for approval in self.review_afterwards_due:
            standing = [found for found in self.approvals_of(approval.language) if found.pk <= approval.pk]
            while standing and (last := standing.pop()).urgent:
                people.add(last.user_id)
        return people

    def approvals_of(self, code: str) -> list[Approval]:
        return self.versions[LANGUAGES[code]].standing
