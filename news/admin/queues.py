"""What waits, release by release. Each queue is one query, however many releases there are."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import User
from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, TaskState, WorkflowState, WorkflowTask

from home import clock
from home.languages import LANGUAGES, other_language
from home.upstream.membership import groups_of
from news.models import (
    Amendment,
    Approval,
    Assignment,
    BringingBack,
    Claim,
    Correction,
    Mode,
    Release,
    Replacement,
    ReviewTask,
    SignOff,
)
from news.release.rights import expiring

LENGTH = 10
"""The longest that a queue is shown."""


@dataclass
class QueueRow:
    release: Release | None
    """None where the row is about a file; it has a title of its own then."""
    language: str = ""
    """Code of the language that the row is about, empty for the whole release."""
    moment: date | None = None
    """A date or a datetime: due, or to be released."""
    title: str = ""
    page_id: int | None = None
    """The version to write, where the row is about writing one."""
    is_returned: bool = False
    claimed_by: str = ""
    """The name of the reviewer who corrects it."""
    url: str = ""
    """Where the row leads, if not to its release."""
    note: str = ""
    """Who has put it on hold and why, or who proposes something."""
    remark: str = ""
    """What the reviewer said who returned it."""
    remark_by: str = ""

    @property
    def is_held(self) -> bool:
        """Said where the queue does not say it: the note tells of it there."""
        return self.release is not None and self.release.held_at is not None and not self.note

    @property
    def is_overdue(self) -> bool:
        now = timezone.now() if isinstance(self.moment, datetime) else clock.day()
        return self.moment is not None and self.moment < now


def newest(approvals: QuerySet[Approval]) -> Subquery:
    return Subquery(approvals.order_by("-pk").values("text_hash")[:1])


def standing(language: str | OuterRef) -> QuerySet[Approval]:
    return Approval.objects.standing().filter(release=OuterRef("pk"), language=language)


def in_review_by(user: User) -> QuerySet[TaskState]:
    """TaskStates of reviews that this user is to decide: not of what they submitted or approved a stage of."""
    approved_by_them = TaskState.objects.filter(
        workflow_state=OuterRef("workflow_state"), finished_by=user, status=TaskState.STATUS_APPROVED
    )
    return TaskState.objects.filter(
        ~Exists(approved_by_them),
        status=TaskState.STATUS_IN_PROGRESS,
        task__in=ReviewTask.objects.filter(groups__in=groups_of(user)).values("pk"),
    ).exclude(workflow_state__requested_by=user)


def to_agree(user: User, codes: Collection[str]) -> list[QueueRow]:
    """Signed off with corrections by somebody else, in what this user wrote first or may change."""
    signed = SignOff.objects.filter(agreed_by=None, task_state__status=TaskState.STATUS_IN_PROGRESS).exclude(user=user)
    keys = signed.annotate(page_id=Cast("task_state__workflow_state__object_id", Page._meta.pk)).values("page_id")
    mine = Q(owner=user) | Q(locale__language_code__in=codes)
    return of_pages(Page.objects.filter(mine, pk__in=keys).order_by("latest_revision_created_at"))


def corrections_to_approve(user: User) -> tuple[list[QueueRow], list[QueueRow]]:
    """(begun by somebody else, begun by this user): corrections of which one language at least is not approved yet."""
    kept = Approval.objects.standing().filter(revision=OuterRef("latest_revision"))
    changed = Page.objects.filter(~Exists(kept), live=True).exclude(latest_revision=F("live_revision"))
    waits = Q(Exists(changed.filter(translation_key=OuterRef("release__translation_key"))))
    for code, note in Correction.NOTES.items():
        public = Page.objects.filter(
            translation_key=OuterRef("release__translation_key"), locale__language_code=code, live=True
        )
        read = Approval.objects.standing().filter(
            release=OuterRef("release"), language=code, approved_at__gt=OuterRef("opened_at")
        )
        noted = ~Q(kind=Correction.Kind.MINOR) & ~Q(**{note: ""})
        waits |= noted & Q(Exists(public)) & ~Q(Exists(read))
    found = Correction.objects.filter(waits, released_at=None).select_related("release").order_by("opened_at", "pk")
    theirs: list[QueueRow] = []
    own: list[QueueRow] = []
    for correction in found[: 2 * LENGTH]:
        is_own = correction.opened_by_id == user.pk
        row = QueueRow(correction.release, note="" if is_own else correction.opened_by_name)
        (own if is_own else theirs).append(row)
    return theirs[:LENGTH], own[:LENGTH]


def on_hold() -> list[QueueRow]:
    """The first to be released first, then the first that was stopped."""
    found = Release.objects.exclude(held_at=None).order_by(F("release_at").asc(nulls_last=True), "held_at", "pk")
    return [
        QueueRow(release, moment=release.release_at, note=f"{release.held_by_name} “{release.held_reason}”")
        for release in found[:LENGTH]
    ]


def proposals_to_agree(model: type[Amendment | BringingBack], user: User) -> list[QueueRow]:
    """Changes before release, or what is to be brought back: written by somebody else. The first to go out first."""
    found = model.objects.filter(ended_at=None).exclude(opened_by=user).select_related("release")
    found = found.order_by(F("release__release_at").asc(nulls_last=True), "pk")
    return [QueueRow(it.release, moment=it.release.release_at, note=it.opened_by_name) for it in found[:LENGTH]]


def decides_last(user: User) -> bool:
    """Whether somebody decides at the last stage of a review."""
    later = WorkflowTask.objects.filter(
        workflow=OuterRef("workflow"), sort_order__gt=OuterRef("sort_order"), task__active=True
    )
    theirs = ReviewTask.objects.filter(groups__in=groups_of(user)).values("pk")
    return WorkflowTask.objects.filter(~Exists(later), task__in=theirs, workflow__active=True).exists()


def replacements_to_agree(user: User) -> list[QueueRow]:
    """Pictures and documents that somebody else proposes to replace; those that are under way among them."""
    found = Replacement.objects.filter(ended_at=None).exclude(opened_by=user).order_by("pk")
    return [QueueRow(None, title=str(it), url=it.url, moment=None) for it in found[:LENGTH]]


def rights_that_expire() -> list[QueueRow]:
    """Pictures that what is submitted, approved or public shows, and whose rights have expired or will soon."""
    return [
        QueueRow(
            None, moment=image.rights_expire_on, title=image.title, url=reverse("wagtailimages:edit", args=[image.pk])
        )
        for image in expiring()[:LENGTH]
    ]


def returned_to(user: User, codes: Collection[str]) -> QuerySet[WorkflowState]:
    """What came back to this user, or to nobody any more, in a language that they may change."""
    changeable = Page.objects.filter(locale__language_code__in=codes).annotate(key=Cast("pk", CharField()))
    left = Q(requested_by__is_active=False) & Q(object_id__in=changeable.values("key"))
    found = WorkflowState.objects.filter(Q(requested_by=user) | left, status=WorkflowState.STATUS_NEEDS_CHANGES)
    return found.annotate(page_id=Cast("object_id", Page._meta.pk)).values("page_id")


def awaiting(user: User, codes: Collection[str] = ()) -> list[QueueRow]:
    """To be decided, or to be changed as a reviewer asked. The first to come is the first to be done."""
    reviews = in_review_by(user).annotate(page_id=Cast("workflow_state__object_id", Page._meta.pk)).values("page_id")
    pages = Page.objects.filter(Q(pk__in=reviews) | Q(pk__in=returned_to(user, codes)))
    returned = Exists(returned_to(user, codes).filter(page_id=OuterRef("pk")))
    claims = Claim.objects.filter(
        task_state__workflow_state__object_id=Cast(OuterRef("pk"), CharField()),
        task_state__status=TaskState.STATUS_IN_PROGRESS,
        user__is_active=True,
    )
    said = TaskState.objects.filter(
        workflow_state__object_id=Cast(OuterRef("pk"), CharField()),
        workflow_state__status=WorkflowState.STATUS_NEEDS_CHANGES,
        status=TaskState.STATUS_REJECTED,
    ).order_by("-pk")
    pages = pages.annotate(
        is_returned=returned,
        claimed_by=Subquery(claims.values("user_name")[:1]),
        remark=Subquery(said.values("comment")[:1]),
        remark_by=Subquery(said.values("record__finished_by_name")[:1]),
    )
    return of_pages(pages.order_by("latest_revision_created_at"))


def handed_over(user: User) -> list[QueueRow]:
    found = Assignment.objects.filter(user=user).order_by(F("due").asc(nulls_last=True), "pk").select_related("release")
    return [QueueRow(assigned.release, assigned.language, assigned.due) for assigned in found[:LENGTH]]


def approved_unreleased() -> list[QueueRow]:
    """Versions that are approved and not public: the newest standing approval names no live revision."""
    approvals = Approval.objects.standing()
    newer = approvals.filter(release=OuterRef("release"), language=OuterRef("language"), pk__gt=OuterRef("pk"))
    live = Page.objects.filter(live_revision=OuterRef("revision"))
    found = approvals.filter(~Exists(newer), ~Exists(live), release__release_at=None).order_by("-pk")
    return [QueueRow(approval.release, approval.language) for approval in found.select_related("release")[:LENGTH]]


def with_a_moment() -> list[QueueRow]:
    """Scheduled, those whose moment has passed first."""
    found = Release.objects.filter(release_at__isnull=False).order_by("release_at")[: 2 * LENGTH]
    return [QueueRow(release, "", release.release_at) for release in found]


def owed() -> list[QueueRow]:
    """Public in one language, the other due; the first due first."""
    found = Release.objects.filter(mode=Mode.SINGLE, due__isnull=False).order_by("due", "pk")[:LENGTH]
    return [QueueRow(release, missing_language(release), release.due) for release in found]


def missing_language(release: Release) -> str:
    return next((code for code in LANGUAGES if code not in release.languages), "")


def review_afterwards() -> list[QueueRow]:
    """What went out urgently and nobody else has read since, nor what is to follow it."""
    approvals = Approval.objects.standing()
    live = Page.objects.filter(live_revision=OuterRef("revision"))
    later = approvals.filter(release=OuterRef("release"), language=OuterRef("language"), pk__gt=OuterRef("pk"))
    read = later.filter(urgent=False)
    found = approvals.filter(Exists(live), ~Exists(read), urgent=True).order_by("pk").select_related("release")
    return [QueueRow(approval.release, approval.language) for approval in found[:LENGTH]]


def stale() -> list[QueueRow]:
    """Translations that were approved against other words than the original's that are approved now."""
    translated = Approval.objects.standing().filter(release=OuterRef("pk")).exclude(language=OuterRef("original"))
    found = Release.objects.annotate(
        now=newest(standing(OuterRef("original"))),
        then=Subquery(translated.order_by("-pk").values("counterpart_hash")[:1]),
    )
    found = found.filter(then__isnull=False).exclude(then=F("now")).exclude(now=None).order_by("-pk")
    return [QueueRow(release, other_language(release.original_language).code) for release in found[:LENGTH]]


def untranslated(codes: Collection[str]) -> list[QueueRow]:
    """Drafts of translations into these languages that nobody has submitted, of releases that are on their way."""
    wanted = Release.objects.exclude(source_revision=None).filter(
        ~Q(original=OuterRef("locale__language_code")),
        ~Q(mode=Mode.SINGLE, due=None) | Q(alone=False),
        translation_key=OuterRef("translation_key"),
        withdrawn_at=None,
    )
    reviewed = WorkflowState.objects.active().filter(
        status=WorkflowState.STATUS_IN_PROGRESS, object_id=Cast(OuterRef("pk"), CharField())
    )
    approved = Approval.objects.standing().filter(
        release__translation_key=OuterRef("translation_key"), language=OuterRef("locale__language_code")
    )
    pages = Page.objects.filter(
        Exists(wanted), ~Exists(reviewed), ~Exists(approved), live=False, locale__language_code__in=codes
    )
    return of_pages(pages.order_by("-pk"), to_write=True)


def of_pages(pages: QuerySet[Page], to_write: bool = False) -> list[QueueRow]:
    """[QueueRow] of these pages' releases, in two queries."""
    found = list(pages.select_related("locale")[:LENGTH])
    keys = {page.translation_key for page in found}
    releases = {release.translation_key: release for release in Release.objects.filter(translation_key__in=keys)}
    return [
        QueueRow(
            releases[page.translation_key],
            page.locale.language_code,
            page_id=page.pk if to_write else None,
            is_returned=getattr(page, "is_returned", False),
            claimed_by=getattr(page, "claimed_by", None) or "",
            remark=getattr(page, "remark", None) or "",
            remark_by=getattr(page, "remark_by", None) or "",
        )
        for page in found
        if page.translation_key in releases
    ]


def give_titles(rows: Iterable[QueueRow]) -> None:
    """Put in each row the title of its original; drop what has none, its pages being gone."""
    rows = [row for row in rows if row.release is not None and not row.url]
    keys = {row.release.translation_key for row in rows if row.release}
    pages = Page.objects.filter(translation_key__in=keys).values_list(
        "translation_key", "locale__language_code", "draft_title"
    )
    titles = {(key, code): title for key, code, title in pages}
    for row in rows:
        if row.release is not None:
            row.title = titles.get((row.release.translation_key, row.release.original), "")
