"""Where one language's version of a release stands."""

from functools import cached_property

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.locks import BasicLock
from wagtail.models import Task, TaskState, WorkflowState

from home.gate import Refused
from home.upstream.drafts import as_draft
from news.models import Kind
from news.translation.drafts import overrides_of, paragraphs_of, shown_page
from news.translation.sync import translation_of
from news.translation.texts import text_hash, texts_and_links

from . import rules
from .locks import ApprovedLock

READ_OF_THE_DRAFT = (
    "incompleteness",
    "localized",
    "newest",
    "open_numbers",
    "overrides",
    "paragraphs",
    "texts_and_links",
)
PASSED = (TaskState.STATUS_APPROVED, TaskState.STATUS_SKIPPED)


class VersionState(models.TextChoices):
    MISSING = "missing", _("Missing")
    DRAFTING = "drafting", _("Drafting")
    IN_REVIEW = "in_review", _("In review")
    CHANGES_ASKED = "changes_asked", _("Returned for changes")
    APPROVED = "approved", pgettext_lazy("state", "Approved")
    LIVE = "live", pgettext_lazy("state", "Live")


class Version:
    """One language's version of a release; `page` is None where there is none.

    What is asked once is kept. Whoever has written something reads the Pair anew.
    """

    def __init__(self, pair, language, page, approvals, review):
        self.pair, self.language, self.page = pair, language, page
        self.standing = approvals
        self.review = review
        """The WorkflowState of a review that goes on or asked for changes, or None."""
        self.refusals, self.actions = {}, {}
        """What approving would meet, {key of a user: Refused or None}, and what may be done at the review's stage."""
        if page is not None:
            page.version = self

    def forget(self):
        """What has been read of the paragraphs and the draft: somebody has written."""
        for name in READ_OF_THE_DRAFT:
            self.__dict__.pop(name, None)
        self.refusals.clear()
        self.pair.findings.clear()

    def end_review(self):
        """There is no review any more."""
        self.review = None
        for name in ("lock", "stages", "is_at_last_stage", "state"):
            self.__dict__.pop(name, None)
        self.actions.clear()
        self.forget()

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
        if self.page is None or self.approval is None:
            return False  # a draft may be deleted while its approval stands
        return self.approval.revision_id != self.page.live_revision_id

    @property
    def task_state(self):
        """The TaskState of the stage that the review is at, or None."""
        going_on = self.review and self.review.status == WorkflowState.STATUS_IN_PROGRESS
        return self.review.current_task_state if going_on else None

    @property
    def task(self):
        """The Task that the review waits for, or None."""
        return self.task_state.task.specific if self.task_state else None

    def actions_for(self, user):
        """{name} of Wagtail's actions that a user may take at the stage that the review is at."""
        if user.pk not in self.actions:
            offered = self.task.get_actions(self.page, user) if self.task else []
            self.actions[user.pk] = {name for name, _label, _modal in offered}
        return self.actions[user.pk]

    @cached_property
    def lock(self):
        """What `page.get_lock()` would say, without asking again for what is known here."""
        if self.page is None or self.is_pending:
            return self.page and ApprovedLock(self.page)
        if self.page.locked:
            return BasicLock(self.page)
        return self.task and self.task.lock_class(self.page, self.task)

    def is_locked_for(self, user):
        return bool(self.lock and self.lock.for_user(user))

    @cached_property
    def incompleteness(self):
        """The Refused that submitting would meet for want of words, or None."""
        try:
            rules.require_complete(self, is_read=True)
        except Refused as refusal:
            return refusal
        return None

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
    def partners(self):
        """[PartnerPage] that the newest draft names; of a type that names none, nothing."""
        rows = getattr(self.newest, "article_partners", None) if self.page is not None else None
        return [row.partner for row in rows.all()] if rows is not None else []

    @property
    def hidden_partners(self):
        """Partners that the newest draft names and no reader would see: their profiles are not public."""
        return [partner for partner in self.partners if partner.translation_key not in self.pair.public_partners]

    @cached_property
    def localized(self):
        """The localize Translation of a version made paragraph by paragraph, or None."""
        if self.page is None or self.is_original or self.pair.release.kind == Kind.ADAPTED:
            return None
        return translation_of(self.page)

    @cached_property
    def stages(self):
        """The TaskStates of the review, those that it has passed among them."""
        return (
            list(TaskState.objects.filter(workflow_state=self.review).select_related("finished_by"))
            if self.review
            else []
        )

    @property
    def remarks(self):
        """What reviewers said in the review that goes on: TaskStates with a comment."""
        return [stage for stage in self.stages if stage.comment]

    @cached_property
    def is_at_last_stage(self):
        """`review.is_at_final_task`, in one query."""
        if self.review is None:
            return False
        passed = [stage.task_id for stage in self.stages if stage.status in PASSED]
        tasks = Task.objects.filter(workflow_tasks__workflow=self.review.workflow_id, active=True)
        return tasks.exclude(pk__in=passed).count() <= 1

    @cached_property
    def newest(self):
        """The page as its newest draft has it; a translation that is being made, as its paragraphs have it.

        To be read, never to be saved.
        """
        if self.localized is not None and not self.is_pending:
            original, known = self.pair.original.page, self.pair.known
            return shown_page(self.localized, original, self.page, self.paragraphs, self.overrides, known)
        return self.stored

    @property
    def stored(self):
        """The page as its newest stored draft has it. To be read, never to be saved."""
        revision = self.page.get_latest_revision()
        return self.at(revision) if revision else self.page

    def at(self, revision):
        """The page as a revision of it has it. To be read, never to be saved."""
        return as_draft(self.page, revision.content, self.pair.known)

    def hash_of(self, revision):
        """The `text_hash` of a revision."""
        return text_hash(self.at(revision))

    @property
    def texts(self):
        """`texts_of` the newest draft, empty where there is no page."""
        return self.texts_and_links[0]

    @property
    def links(self):
        """`links_of` the newest draft."""
        return self.texts_and_links[1]

    @cached_property
    def texts_and_links(self):
        return texts_and_links(self.newest) if self.page is not None else ([], [])

    @cached_property
    def open_numbers(self):
        """Which of the `texts` show the original's words, because nobody has translated them yet."""
        return {number for number, paragraph in enumerate(self.paragraphs) if not paragraph.words}

    @cached_property
    def paragraphs(self):
        """`paragraphs_of` a version made paragraph by paragraph, else nothing."""
        return paragraphs_of(self.localized) if self.localized is not None else []

    @cached_property
    def overrides(self):
        """`overrides_of` such a version, else nothing."""
        return overrides_of(self.localized) if self.localized is not None else []

    @property
    def assignment(self):
        """The Assignment of this version, or None."""
        return self.pair.assignments.get(self.language.code)

    @property
    def is_machine_draft(self):
        return any(paragraph.is_machine for paragraph in self.paragraphs)
