"""One line of the desk: a release, who sent it and since when, what was said of it, and the step to be taken."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import (
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.models import TaskState, WorkflowState

from home import clock
from home.languages import Language, Words, other_language
from news.models import Amendment, Approval, Assignment, BringingBack, Correction, ReleaseSummary, SignOff
from news.models.release import name_of
from news.models.stage_record import decider
from news.pair.facts import SUFFIXES
from news.pair.marks import Mark, PageState, mark_of

from .asides import SaidBeside, told
from .onward import START, page_of
from .places import DeskPlace, PlacedRelease
from .queues import in_review_by

OPEN = pgettext_lazy("a release", "Open")


@dataclass
class DeskLine:
    row: ReleaseSummary
    place: DeskPlace
    total: int
    user: User
    stages: dict[Language, TaskState] = field(default_factory=dict)
    """What a review waits for, or was returned at."""
    told: dict[tuple[str, str], SaidBeside] = field(default_factory=dict)
    """By kind and the code of a language."""

    # What it is ------------------------------------------------------------------------------------------------------

    @property
    def titles(self) -> list[tuple[Language, str]]:
        return self.row.titles

    @property
    def marks(self) -> list[tuple[Language, Mark]]:
        return [(language, mark_of(PageState(state))) for language, state in self.states.items()]

    @property
    def states(self) -> dict[Language, str]:
        return {language: getattr(self.row, f"state_{suffix}") for language, suffix in SUFFIXES}

    @property
    def is_held(self) -> bool:
        return self.row.release.held_at is not None

    @property
    def due(self) -> date | None:
        return self.row.due

    @property
    def is_overdue(self) -> bool:
        return self.due is not None and self.due < clock.day()

    @property
    def at(self) -> datetime | None:
        """When it is to be released."""
        return self.row.release.release_at

    @property
    def is_missed(self) -> bool:
        return self.place.name in ("missed", "missed_by_others")

    @property
    def is_approved(self) -> bool:
        """Whether it is said who has."""
        return SENDERS.get(self.place.name, ("",))[0] in ("approval", "urgent")

    @property
    def failure(self) -> str:
        return self.row.release.failure if self.is_missed else ""

    # Whose turn it is ------------------------------------------------------------------------------------------------

    @cached_property
    def to_review(self) -> list[Language]:
        return [language for language, stage in self.stages.items() if stage.is_mine]

    @cached_property
    def returned(self) -> list[Language]:
        return [language for language, stage in self.stages.items() if stage.status == TaskState.STATUS_REJECTED]

    @cached_property
    def to_write(self) -> Language:
        """The version that is still to be written: the one handed over, else the translation."""
        handed = [language for language in self.states if ("handed", language.code) in self.told]
        return handed[0] if handed else other_language(self.row.release.original_language)

    @property
    def is_to_translate(self) -> bool:
        return self.place.name in ("owed", "translate", "translate_by_others", "stale")

    def page(self, language: Language) -> int | None:
        return getattr(self.row, f"page_{dict(SUFFIXES)[language]}")

    # What is to be done ----------------------------------------------------------------------------------------------

    @cached_property
    def step(self) -> tuple[Words, str]:
        """(what the button says, where it leads)"""
        name = self.place.name
        if name in STEPS:
            return STEPS[name], self.release_url
        if not self.place.is_queue and not self.is_to_translate:
            return OPEN, self.release_url
        if name in ("review", "overdue") and self.to_review:
            both = len(self.to_review) > 1
            said = _("Review both languages") if both else _("Review %(language)s")
            return said % {"language": self.to_review[0].label}, self.release_url
        if name in ("returned", "overdue") and self.returned:
            return _("Change %(language)s") % {"language": self.returned[0].label}, self.editor_of(self.returned[0])
        language = self.to_write
        if name == "stale":
            said = _("Update %(language)s")
        else:
            said = _("Write %(language)s") if language.code == self.row.original else _("Translate into %(language)s")
        return said % {"language": language.label}, self.editor_of(language)

    @property
    def url(self) -> str:
        """Where its titles lead."""
        return self.editor_of(self.to_write) if self.is_to_translate else self.release_url

    @property
    def release_url(self) -> str:
        return page_of(self.row.pk, START if self.place.is_queue else None)

    def editor_of(self, language: Language) -> str:
        page = self.page(language)
        return reverse("wagtailadmin_pages:edit", args=[page]) if page else self.release_url

    # What is said of it ----------------------------------------------------------------------------------------------

    @property
    def sender(self) -> Words:
        return self.said[0]

    @property
    def sent_at(self) -> datetime | None:
        return self.said[1]

    @property
    def due_words(self) -> Words:
        if self.due is None:
            return ""
        if self.due == clock.day():
            return _("Due today")
        said = _("Overdue since %(day)s") if self.is_overdue else _("Due on %(day)s")
        return said % {"day": clock.short_day(self.due)}

    @cached_property
    def said(self) -> tuple[Words, datetime | None]:
        """(who has brought it here, since when)"""
        if self.place.name in ("week", "later"):
            return "", None
        kind, words = SENDERS.get(self.place.name, ("", ""))
        for aside in reversed([aside for aside in self.told.values() if aside.kind == kind and aside.name]):
            return words % {"name": aside.name}, aside.at
        stages = [self.stages[language] for language in [*self.to_review, *self.returned]] or list(self.stages.values())
        for stage in stages:
            if stage.status == TaskState.STATUS_REJECTED:
                return self.by(_("Returned by %(name)s"), decider(stage)), stage.finished_at
            if stage.signed_by:
                return self.by(_("Signed off by %(name)s"), stage.signed_by), stage.started_at
            return self.by(_("Sent by %(name)s"), name_of(stage.workflow_state.requested_by)), stage.started_at
        if self.place.name == "held":
            return self.by(_("Put on hold by %(name)s"), self.row.release.held_by_name), self.row.release.held_at
        return self.by(_("Written by %(name)s"), name_of(self.row.author)), self.row.since

    @staticmethod
    def by(words: str, name: str) -> str:
        return words % {"name": name} if name else ""

    @property
    def remark(self) -> tuple[str, str]:
        """(what is to be known before, by whom)"""
        for language in self.returned:
            stage = self.stages[language]
            if stage.comment:
                return stage.comment, decider(stage)
        if self.is_held:
            return self.row.release.held_reason, self.row.release.held_by_name
        for aside in self.told.values():
            if aside.words:
                return aside.words, aside.name
        return "", ""

    @property
    def claimed_by(self) -> str:
        """The name of the reviewer who corrects it."""
        for stage in self.stages.values():
            claim = getattr(stage, "claim", None)
            if claim is not None and claim.user is not None and claim.user.is_active and claim.user != self.user:
                return claim.user_name
        return ""


STEPS: dict[str, Words] = {
    "correct": gettext_lazy("Review correction"),
    "amend": gettext_lazy("Review amendment"),
    "bring_back": gettext_lazy("Read and decide"),
    "missed": gettext_lazy("Release or reschedule"),
    "read": gettext_lazy("Review after release"),
    "agree": gettext_lazy("Look at corrections"),
    "ready": gettext_lazy("Release…"),
}
SENDERS: dict[str, tuple[str, Words]] = {
    "correct": ("correction", gettext_lazy("Corrected by %(name)s")),
    "own_corrections": ("correction", gettext_lazy("Corrected by %(name)s")),
    "amend": ("amendment", gettext_lazy("Proposed by %(name)s")),
    "bring_back": ("bringing_back", gettext_lazy("Proposed by %(name)s")),
    "read": ("urgent", gettext_lazy("Released urgently by %(name)s")),
    "read_by_others": ("urgent", gettext_lazy("Released urgently by %(name)s")),
    "handed": ("handed", gettext_lazy("Handed over by %(name)s")),
    "ready": ("approval", gettext_lazy("Approved by %(name)s")),
    "approved": ("approval", gettext_lazy("Approved by %(name)s")),
}
"""Which rows say who has brought a release to a place, and how."""


def lines_of(found: Iterable[PlacedRelease], user: User) -> list[DeskLine]:
    """In one query. What stands beside their releases is told later, see `tell`."""
    lines = [DeskLine(*standing, user) for standing in found]
    by_page = {
        line.page(language): (line, language) for line in lines for language in line.states if line.page(language)
    }
    if not lines:
        return []
    for stage in stages_of(by_page, user):
        line, language = by_page[int(stage.workflow_state.object_id)]
        line.stages[language] = stage
    return lines


def tell(lines: Iterable[DeskLine], rows: Iterable[SaidBeside]) -> None:
    """Give each line what is said beside its release; of two alike the last."""
    by_release = {line.row.pk: line for line in lines}
    for row in rows:
        by_release[row.key].told[row.kind, row.language] = row


def stages_of(pages: Iterable[int | None], user: User) -> QuerySet[TaskState]:
    """Those at which reviews of these pages are, or were returned; whether this user is to decide, as `is_mine`."""
    returned = Q(status=TaskState.STATUS_REJECTED, workflow_state__status=WorkflowState.STATUS_NEEDS_CHANGES)
    waiting = Q(status=TaskState.STATUS_IN_PROGRESS, workflow_state__status=WorkflowState.STATUS_IN_PROGRESS)
    found = TaskState.objects.filter(returned | waiting, workflow_state__object_id__in=map(str, pages))
    signed = SignOff.objects.filter(task_state=OuterRef("pk"), agreed_by=None).order_by("-pk")
    found = found.annotate(
        is_mine=Exists(in_review_by(user).filter(pk=OuterRef("pk"))), signed_by=Subquery(signed.values("user_name")[:1])
    )
    return found.select_related("workflow_state__requested_by", "finished_by", "record", "claim__user").order_by("pk")


def told_of(lines: list[DeskLine], user: User) -> list[QuerySet[Any, Any]]:
    """The rows beside their releases."""
    keys = [line.row.pk for line in lines]
    approvals = Approval.objects.standing().filter(release__in=[line.row.pk for line in lines if line.is_approved])
    open_corrections = Correction.objects.filter(release__in=keys, released_at=None)
    return [
        told("handed", Assignment.objects.filter(release__in=keys, user=user), "by_name", "at", "note", "language"),
        told("correction", open_corrections, "opened_by_name", "opened_at"),
        told("amendment", Amendment.objects.filter(release__in=keys, ended_at=None), "opened_by_name", "opened_at"),
        told(
            "bringing_back",
            BringingBack.objects.filter(release__in=keys, ended_at=None),
            "opened_by_name",
            "opened_at",
            "reason",
        ),
        told("approval", approvals, "user_name", "approved_at"),
        told("urgent", approvals.filter(urgent=True), "user_name", "approved_at"),
    ]
