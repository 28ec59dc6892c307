"""Where a release and its versions stand. Nothing here is stored: it follows from approvals, reviews and pages."""

from functools import cached_property

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Page, TaskState, WorkflowState

from home.languages import LANGUAGES, language_of, other_language
from news.models import Kind, PartnerPage, Release
from news.translation.drafts import machine_segments, translated_page
from news.translation.sync import original_language_code, translation_of
from news.translation.texts import text_hash


class VersionState(models.TextChoices):
    MISSING = "missing", _("Missing")
    DRAFTING = "drafting", _("Drafting")
    IN_REVIEW = "in_review", _("In review")
    CHANGES_ASKED = "changes_asked", _("Returned for changes")
    APPROVED = "approved", pgettext_lazy("state", "Approved")
    LIVE = "live", pgettext_lazy("state", "Live")


def release_of(page):
    """The Release of a page's translation key; it is opened if there is none yet."""
    found = Release.objects.filter(translation_key=page.translation_key).first()
    if found:
        return found
    original = original_language_code(page.translation_key) or language_of(page).code
    return Release.objects.get_or_create(translation_key=page.translation_key, defaults={"original": original})[0]


def pair_of(page):
    return Pair(release_of(page))


class Version:
    """One language's version of a release; `page` is None where there is none."""

    def __init__(self, pair, language, page, approvals):
        self.pair, self.language, self.page = pair, language, page
        self.standing = approvals

    @property
    def approval(self):
        """The newest Approval that stands, or None."""
        return self.standing[-1] if self.standing else None

    @property
    def is_original(self):
        return self.language == self.pair.release.original_language

    @property
    def is_live(self):
        return self.page is not None and self.page.live

    @property
    def is_pending(self):
        """Whether a revision is approved that is not public yet."""
        return self.approval is not None and self.approval.revision_id != self.page.live_revision_id

    @cached_property
    def review(self):
        """The WorkflowState of a review that goes on or asked for changes, or None."""
        return self.page and self.page.current_workflow_state

    @cached_property
    def task(self):
        """The Task that the review waits for, or None."""
        going_on = self.review and self.review.status == WorkflowState.STATUS_IN_PROGRESS
        return self.review.current_task_state.task.specific if going_on and self.review.current_task_state else None

    @cached_property
    def state(self):
        if self.page is None:
            return VersionState.MISSING
        if self.is_pending:
            return VersionState.APPROVED
        if self.review:
            asked = self.review.status == WorkflowState.STATUS_NEEDS_CHANGES
            return VersionState.CHANGES_ASKED if asked else VersionState.IN_REVIEW
        return VersionState.LIVE if self.page.live and not self.has_changes else VersionState.DRAFTING

    @property
    def has_changes(self):
        return self.page is not None and self.page.latest_revision_id != self.page.live_revision_id

    @property
    def is_stale(self):
        """Whether the original has been approved in other words since this translation was."""
        original = self.pair.original
        if self.is_original or self.approval is None or original.approval is None:
            return False
        return self.approval.counterpart_hash != original.approval.text_hash

    @property
    def hidden_partners(self):
        """Partners that the newest draft names and no reader would see: their profiles are not public."""
        named = getattr(self.page and self.page.get_latest_revision_as_object(), "article_partners", None)
        partners = [item.partner for item in named.all()] if named is not None else []
        public = PartnerPage.objects.released().filter(
            translation_key__in=[found.translation_key for found in partners]
        )
        keys = set(public.values_list("translation_key", flat=True))
        return [partner for partner in partners if partner.translation_key not in keys]

    @cached_property
    def localized(self):
        """The localize Translation of a version made paragraph by paragraph, or None."""
        if self.page is None or self.is_original or self.pair.release.kind == Kind.ADAPTED:
            return None
        return translation_of(self.page)

    @property
    def remarks(self):
        """What reviewers said in the review that goes on: TaskStates with a comment."""
        states = TaskState.objects.filter(workflow_state=self.review).exclude(comment="") if self.review else []
        return list(states)

    @cached_property
    def newest(self):
        """The page as its newest draft has it; a translation that is being made, as its paragraphs have it."""
        if self.localized is not None and not self.is_pending:
            return translated_page(self.localized)
        return self.page.get_latest_revision_as_object()

    @cached_property
    def assignment(self):
        """The Assignment of this version, or None."""
        found = self.pair.release.assignments.filter(language=self.language.code, user__isnull=False)
        return found.select_related("user").first()

    @property
    def is_machine_draft(self):
        return self.localized is not None and machine_segments(self.localized) > 0


class Pair:
    """A release with both its versions."""

    def __init__(self, release):
        self.release = release
        self.leaves_at = release.release_at
        """When it will be public, as far as anybody knows."""
        self.found = {}
        """What news.findings.judged has found in it. Whoever changes something reads the pair anew."""
        pages = Page.objects.filter(translation_key=release.translation_key, alias_of=None)
        pages = {language_of(page): page for page in pages.select_related("locale").specific()}
        standing = {language: [] for language in LANGUAGES.values()}
        for approval in release.approvals.standing():
            standing[LANGUAGES[approval.language]].append(approval)
        self.versions = {
            language: Version(self, language, pages.get(language), standing[language])
            for language in LANGUAGES.values()
        }

    @property
    def original(self):
        return self.versions[self.release.original_language]

    @property
    def translation(self):
        return self.versions[other_language(self.release.original_language)]

    @property
    def pages(self):
        return [version.page for version in self.versions.values() if version.page is not None]

    @property
    def titled(self):
        """The versions to name a release by, the original first, without a translation whose title still waits."""
        original, translation = self.original, self.translation
        pages = [version for version in (original, translation) if version.page is not None]
        if len(pages) == 2 and original.page.draft_title == translation.page.draft_title:
            return pages[:1]
        return pages

    def version_of(self, page):
        return self.versions[language_of(page)]

    def counterpart(self, version):
        return self.versions[other_language(version.language)]

    @property
    def is_owed(self):
        """Whether one language is public without the other, or with other words than it, until a day that was set."""
        behind = any(not version.is_live for version in self.versions.values()) or self.translation.is_stale
        return self.release.owes_a_translation and behind

    @property
    def was_released(self):
        return any(page.first_published_at for page in self.pages)

    @property
    def review_afterwards_due(self):
        """The urgent Approvals of what is public that nobody else has read since."""
        due = []
        for version in self.versions.values():
            public = [
                approval for approval in version.standing if approval.revision_id == version.page.live_revision_id
            ]
            if version.is_live and public and all(approval.urgent for approval in public):
                due.append(public[-1])
        return due


def hash_of(revision):
    return text_hash(revision.as_object())
