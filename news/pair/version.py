"""Where one language's version of a release stands."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from wagtail.models import Page, Revision, Task, TaskState, WorkflowState

from home.gate import Refused
from home.languages import Language
from home.upstream.drafts import as_draft
from news.models import Approval, Assignment, Kind, PartnerPage
from news.translation.drafts import Override, Paragraph, overrides_of, paragraphs_of, shown_page
from news.translation.library import TOOL
from news.translation.sync import Translation, translation_of
from news.translation.texts import PageText, TextLink, text_hash, texts_and_links

from . import rules
from .faced import Faced
from .locking import Locking
from .refusals import InOneLanguage
from .stages import Assigned, Passed, assigned_to, want_of
from .states import NoApproval, NoPage, VersionState, version_state

if TYPE_CHECKING:
    from .pair import Pair

READ_OF_THE_DRAFT = (
    "former",
    "hands",
    "face",
    "incompleteness",
    "localized",
    "newest",
    "open_numbers",
    "overrides",
    "paragraphs",
    "texts_and_links",
)
PASSED = (TaskState.STATUS_APPROVED, TaskState.STATUS_SKIPPED)


class Version(Faced, Locking):
    """One language's version of a release; `page` is None where there is none.

    What is asked once is kept. Whoever has written something reads the Pair anew.
    """

    def __init__(
        self,
        pair: Pair,
        language: Language,
        page: Page | None,
        approvals: list[Approval],
        review: WorkflowState | None,
    ) -> None:
        self.pair, self.language, self.page = pair, language, page
        self.approvals = approvals
        self.review = review
        """The one that goes on or asked for changes."""
        self.is_seen = False
        """Whether who decides about it was shown exactly what stands, by a form with its stamp."""
        self.refusals: dict[int, Refused | None] = {}
        """What approving would meet, by the key of a user."""
        self.actions: dict[int, set[str]] = {}
        """What a user may do at the stage that the review is at."""
        if page is not None:
            page.version = self

    @property
    def existing_page(self) -> Page:
        """For who knows that there is one. Raises NoPage."""
        if self.page is None:
            raise NoPage(self.language)
        return self.page

    @property
    def approved_revision(self) -> Revision:
        """For who knows that something is approved. Raises NoApproval."""
        if self.approval is None:
            raise NoApproval(self.language)
        return self.approval.revision

    def forget(self) -> None:
        """What has been read of the paragraphs and the draft: somebody has written."""
        for name in READ_OF_THE_DRAFT:
            self.__dict__.pop(name, None)
        self.refusals.clear()
        self.pair.findings.clear()

    def end_review(self) -> None:
        """There is no review any more."""
        self.review = None
        for name in ("house_lock", "lock", "stages", "tasks_left", "state"):
            self.__dict__.pop(name, None)
        self.actions.clear()
        self.forget()

    @property
    def standing(self) -> list[Approval]:
        """Those that have not been taken back, oldest first."""
        return [approval for approval in self.approvals if approval.revoked_at is None]

    @property
    def approval(self) -> Approval | None:
        """The newest that stands."""
        return next((approval for approval in reversed(self.approvals) if approval.revoked_at is None), None)

    @property
    def is_original(self) -> bool:
        return self.language == self.pair.release.original_language

    @property
    def is_live(self) -> bool:
        return self.page is not None and self.page.live

    @property
    def is_pending(self) -> bool:
        """Whether a revision is approved that is not public yet."""
        if self.page is None or self.approval is None:
            return False  # a draft may be deleted while its approval stands
        return self.approval.revision_id != self.page.live_revision_id

    @property
    def task_state(self) -> TaskState | None:
        """The stage that the review is at."""
        if self.review is None or self.review.status != WorkflowState.STATUS_IN_PROGRESS:
            return None
        return self.review.current_task_state

    @property
    def task(self) -> Task | None:
        """What the review waits for."""
        return self.task_state.task.specific if self.task_state else None

    def actions_for(self, user: User) -> set[str]:
        """Names of Wagtail's actions that a user may take at the stage that the review is at."""
        if user.pk not in self.actions:
            offered = self.task.get_actions(self.page, user) if self.task else []
            self.actions[user.pk] = {name for name, _label, _modal in offered}
        return self.actions[user.pk]

    def is_decided_by(self, user: User) -> bool:
        """Whether the stage that the review is at is this user's, whatever may stand in the way now."""
        return self.task is not None and not self.task.locked_for_user(self.page, user)

    @cached_property
    def incompleteness(self) -> Refused | None:
        """What submitting would meet for want of words."""
        try:
            rules.require_complete(self, is_read=True)
        except Refused as refusal:
            return refusal
        return None

    @cached_property
    def state(self) -> VersionState:
        if self.page is None:
            return VersionState.MISSING
        approved = self.approval.revision_id if self.approval else None
        return version_state(self.page, approved, self.review.status if self.review else None)

    @property
    def has_changes(self) -> bool:
        """Whether its newest revision is another than the public one."""
        return self.page is not None and self.page.latest_revision_id != self.page.live_revision_id

    @property
    def is_reworded(self) -> bool:
        """Of a public version, whether its newest draft has other words than readers have."""
        if self.localized is None and not self.has_changes:
            return False
        return text_hash(self.newest) != self.hash_of(self.existing_page.live_revision)

    @property
    def is_stale(self) -> bool:
        """Whether the original has been approved in other words since this translation was."""
        original = self.pair.original
        if self.is_original or self.approval is None or original.approval is None:
            return False
        return self.approval.counterpart_hash != original.approval.text_hash

    @property
    def is_behind(self) -> bool:
        """Whether the original has been approved with other pictures, dates or links than this translation shows."""
        original = self.pair.original
        if self.is_original or self.approval is None or original.approval is None:
            return False
        if self.pair.release.kind == Kind.ADAPTED:
            return False
        return self.approval.counterpart_shared != original.approval.shared_stamp

    @property
    def partners(self) -> list[PartnerPage]:
        """Those that the newest draft names; of a type that names none, nothing."""
        rows = getattr(self.newest, "article_partners", None) if self.page is not None else None
        return [row.partner for row in rows.all()] if rows is not None else []

    @property
    def hidden_partners(self) -> list[PartnerPage]:
        """Partners that the newest draft names and no reader would see: their profiles are not public."""
        return [partner for partner in self.partners if partner.translation_key not in self.pair.public_partners]

    @cached_property
    def localized(self) -> Translation | None:
        """Of a version made paragraph by paragraph."""
        if self.page is None or self.is_original or self.pair.release.kind == Kind.ADAPTED:
            return None
        return translation_of(self.page)

    @cached_property
    def want_of_review(self) -> Refused | None:
        """What submitting would meet for want of a review."""
        if self.pair.release.alone and not self.is_original:
            return InOneLanguage(language=self.pair.original.language.label)
        return want_of(self.assigned)

    @cached_property
    def assigned(self) -> Assigned | None:
        """By which workflow it would be reviewed; one that is not there, by its original's."""
        page = self.page or self.pair.original.page
        return assigned_to(page) if page is not None else None

    @cached_property
    def stages(self) -> list[TaskState]:
        """Of the review, those that it has passed among them, the oldest first."""
        if self.review is None:
            return []
        found = TaskState.objects.filter(workflow_state=self.review).order_by("pk")
        return list(found.select_related("finished_by", "task__reviewtask", "record"))

    @property
    def passed(self) -> list[Passed]:
        """The stages that the review has passed, and who approved each last."""
        passed = {stage.task_id: stage for stage in self.stages if stage.status in PASSED}.values()
        return [
            (stage.task, stage.finished_by_id if stage.status == TaskState.STATUS_APPROVED else None)
            for stage in passed
        ]

    @property
    def remarks(self) -> list[TaskState]:
        """The stages of the review that goes on at which somebody said something."""
        return [stage for stage in self.stages if stage.comment]

    @cached_property
    def tasks_left(self) -> set[int]:
        """Keys of what the review has yet to pass, the stage that it is at among them."""
        if self.review is None:
            return set()
        passed = [stage.task_id for stage in self.stages if stage.status in PASSED]
        tasks = Task.objects.filter(workflow_tasks__workflow=self.review.workflow_id, active=True)
        return set(tasks.exclude(pk__in=passed).values_list("pk", flat=True))

    @property
    def is_at_last_stage(self) -> bool:
        """`review.is_at_final_task`, in one query."""
        return self.review is not None and len(self.tasks_left) <= 1

    @property
    def is_at_lost_stage(self) -> bool:
        """Whether it waits in a stage that is not one of its workflow's any more."""
        if self.review is None or self.task_state is None:
            return False
        return not self.review.workflow.active or self.task_state.task_id not in self.tasks_left

    @cached_property
    def newest(self) -> Page:
        """The page as its newest draft has it; a translation that is being made, as its paragraphs have it.

        To be read, never to be saved.
        """
        if self.localized is not None and not self.is_pending:
            original, known = self.pair.original.page, self.pair.known
            return shown_page(self.localized, original, self.page, self.paragraphs, self.overrides, known)
        return self.stored

    @property
    def stored(self) -> Page:
        """The page as its newest stored draft has it. To be read, never to be saved."""
        revision = self.existing_page.get_latest_revision()
        return self.at(revision) if revision else self.existing_page

    def at(self, revision: Revision) -> Page:
        """The page as a revision of it has it. To be read, never to be saved."""
        if "newest" in self.__dict__ and self.is_pending and revision.pk == self.existing_page.latest_revision_id:
            return self.newest
        return as_draft(self.page, revision.content, self.pair.known)

    def hash_of(self, revision: Revision) -> str:
        """The `text_hash` of a revision."""
        return text_hash(self.at(revision))

    @property
    def texts(self) -> list[PageText]:
        """`texts_of` the newest draft, empty where there is no page."""
        return self.texts_and_links[0]

    @property
    def links(self) -> list[TextLink]:
        """`links_of` the newest draft."""
        return self.texts_and_links[1]

    @cached_property
    def texts_and_links(self) -> tuple[list[PageText], list[TextLink]]:
        return texts_and_links(self.newest) if self.page is not None else ([], [])

    @cached_property
    def open_numbers(self) -> set[int]:
        """Which of the `texts` show the original's words, because nobody has translated them yet."""
        return {number for number, paragraph in enumerate(self.paragraphs) if not paragraph.words}

    @cached_property
    def paragraphs(self) -> list[Paragraph]:
        """`paragraphs_of` a version made paragraph by paragraph, else nothing."""
        return paragraphs_of(self.localized) if self.localized is not None else []

    @cached_property
    def overrides(self) -> list[Override]:
        """`overrides_of` such a version, else nothing."""
        return overrides_of(self.localized) if self.localized is not None else []

    @property
    def assignment(self) -> Assignment | None:
        return self.pair.assignments.get(self.language.code)

    @property
    def is_machine_draft(self) -> bool:
        return any(paragraph.is_machine and paragraph.tool != TOOL for paragraph in self.paragraphs)
