"""What waits for somebody: their queue, and what they are shown below it. Each release stands in one place only.

The places are conditions on summaries, and the first that fits is the release's. So the desk is one query, however many
releases there are, and each place can be listed whole.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    SmallIntegerField,
    Value,
    When,
)
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.models import Page, TaskState, WorkflowState, WorkflowTask

from home import clock
from home.languages import other_language
from home.upstream.membership import groups_of
from news.models import (
    Amendment,
    Approval,
    Assignment,
    BringingBack,
    Correction,
    Mode,
    ReleaseSummary,
    ReviewTask,
    SignOff,
)
from news.pair.facts import SUFFIXES
from news.pair.state import ReleaseState
from news.pair.states import VersionState

from .places import PLACES, WITH_A_DAY, DeskPlace, PlacedRelease
from .reach import Reach

LENGTH = 10
"""The longest that a place is shown."""
WEEK = timedelta(days=7)
TO_WRITE = (VersionState.MISSING, VersionState.DRAFTING, VersionState.CHANGES_ASKED)
"""What a version is that somebody has still to write."""
NOBODY = Q(pk__in=[])


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


def returned_to(user: User, codes: Iterable[str]) -> QuerySet[WorkflowState]:
    """What came back to this user, or to nobody any more, in a language that they may change."""
    changeable = Page.objects.filter(locale__language_code__in=codes).annotate(key=Cast("pk", CharField()))
    left = Q(requested_by__is_active=False) & Q(object_id__in=changeable.values("key"))
    return WorkflowState.objects.filter(Q(requested_by=user) | left, status=WorkflowState.STATUS_NEEDS_CHANGES)


def decides_last(user: User) -> Exists:
    """Whether somebody decides at the last stage of a review."""
    later = WorkflowTask.objects.filter(
        workflow=OuterRef("workflow"), sort_order__gt=OuterRef("sort_order"), task__active=True
    )
    theirs = ReviewTask.objects.filter(groups__in=groups_of(user)).values("pk")
    return Exists(WorkflowTask.objects.filter(~Exists(later), task__in=theirs, workflow__active=True))


def corrections_waiting() -> QuerySet[Correction]:
    """Those of which one language at least is not approved yet."""
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
    return Correction.objects.filter(waits, released_at=None)


def in_pages(keys: QuerySet[Any, Any]) -> Q:
    """`keys`: of pages, one a row."""
    return Q(release__translation_key__in=Page.objects.filter(pk__in=keys).values("translation_key"))


def of_stages(stages: QuerySet[TaskState]) -> Q:
    return in_pages(stages.values_list(Cast("workflow_state__object_id", Page._meta.pk)))


def of_reviews(reviews: QuerySet[WorkflowState]) -> Q:
    return in_pages(reviews.values_list(Cast("object_id", Page._meta.pk)))


def untranslated(codes: Iterable[str]) -> Q:
    """Drafts of translations into these languages that nobody has submitted, of releases that are on their way."""
    condition = NOBODY
    for language, suffix in SUFFIXES:
        if language.code in codes:
            public = Page.objects.filter(pk=OuterRef(f"page_{suffix}"), live=True)
            is_draft = Q(**{f"state_{suffix}": VersionState.DRAFTING})
            condition |= is_draft & ~Q(original=language.code) & ~Q(Exists(public))
    follows = ~Q(release__mode=Mode.SINGLE, release__due=None) | Q(release__alone=False)
    return condition & follows & Q(release__source_revision__isnull=False, release__withdrawn_at=None)


def in_languages(condition: Q, codes: Iterable[str]) -> Q:
    """`condition` on releases whose translation is into one of these languages."""
    return condition & Q(
        original__in=[other_language(language).code for language, _suffix in SUFFIXES if language.code in codes]
    )


def owed(codes: Iterable[str]) -> Q:
    """Public in one language, the other due and not in review yet."""
    condition = NOBODY
    for language, suffix in SUFFIXES:
        if language.code in codes:
            alone = [other_language(language).code]
            condition |= Q(release__languages=alone, **{f"state_{suffix}__in": TO_WRITE})
    return condition & Q(owed=True)


def let_out_by(user: User) -> QuerySet[Approval]:
    """The urgent approvals of theirs that nobody else has followed with one of their own."""
    read = Approval.objects.standing().filter(
        release=OuterRef("release"), language=OuterRef("language"), pk__gt=OuterRef("pk"), urgent=False
    )
    return Approval.objects.standing().filter(~Exists(read), user=user, urgent=True)


class Queues:
    """One person's."""

    def __init__(self, user: User, reach: Reach | None = None) -> None:
        self.user = user
        self.reach = reach or Reach(user)
        self.codes = self.reach.languages("change")
        self.is_publisher, self.is_reviewer = self.reach.has_both("publish"), self.reach.has_both("change")

    @cached_property
    def places(self) -> dict[str, DeskPlace]:
        """Those that there can be for this person, in their order."""
        queue = self.queue()
        conditions = queue | {"overdue": NOBODY} | self.shown()
        return {
            name: DeskPlace(name, label, conditions[name], name in queue or name == "overdue")
            for name, label in PLACES.items()
            if name in conditions
        }

    def queue(self) -> dict[str, Q]:
        user, now = self.user, timezone.now()
        signed = SignOff.objects.filter(agreed_by=None, task_state__status=TaskState.STATUS_IN_PROGRESS)
        stages = TaskState.objects.filter(pk__in=signed.exclude(user=user).values("task_state"))
        mine = Page.objects.filter(Q(owner=user) | Q(locale__language_code__in=self.codes)).annotate(
            key=Cast("pk", CharField())
        )
        agree = of_stages(stages.filter(workflow_state__object_id__in=mine.values("key")))
        returned, review = of_reviews(returned_to(user, self.codes)), of_stages(in_review_by(user))
        handed = self.handed(TO_WRITE)
        to_follow, translate = self.translates & owed(self.codes), self.translates & untranslated(self.codes)
        reviewers, publishers = {}, {}
        if self.is_reviewer:
            corrections = corrections_waiting().exclude(opened_by=user)
            reviewers = {
                "correct": Q(pk__in=corrections.values("release")),
                "amend": Q(pk__in=Amendment.objects.filter(ended_at=None).exclude(opened_by=user).values("release")),
                "bring_back": Q(
                    pk__in=BringingBack.objects.filter(ended_at=None).exclude(opened_by=user).values("release")
                ),
                "read": Q(unread=True) & ~Q(pk__in=let_out_by(user).values("release")),
            }
        if self.is_publisher:
            publishers = {
                "missed": Q(release__release_at__lt=now),
                "ready": Q(state=ReleaseState.READY, release__held_at=None),
            }
        return (
            reviewers
            | publishers
            | {
                "agree": agree,
                "returned": returned,
                "review": review,
                "handed": handed,
                "owed": to_follow,
                "translate": translate,
                "stale": self.translates & in_languages(Q(stale=True), self.codes),
            }
        )

    def shown(self) -> dict[str, Q]:
        """What waits for somebody else, or for its moment."""
        user, now = self.user, timezone.now()
        sent = WorkflowState.objects.filter(requested_by=user, status=WorkflowState.STATUS_IN_PROGRESS)
        drafting = Q(state_en=VersionState.DRAFTING) | Q(state_zh_hans=VersionState.DRAFTING)
        found = {
            "own_corrections": Q(pk__in=corrections_waiting().filter(opened_by=user).values("release")),
            "sent": of_reviews(sent) | self.handed([state for state in VersionState if state not in TO_WRITE]),
            "drafts": Q(author=user, state__in=(ReleaseState.DRAFTING, ReleaseState.LIVE_WITH_CHANGES)) & drafting,
            "week": Q(release__release_at__gte=now, release__release_at__lt=now + WEEK),
        }
        if self.codes:
            found |= {
                "held": Q(release__held_at__isnull=False),
                "owed_by_others": Q(owed=True),
                "translate_by_others": untranslated(self.codes),
                "stale_of_others": Q(stale=True),
                "later": Q(release__release_at__gte=now + WEEK),
            }
            if not self.is_publisher:
                found["missed_by_others"] = Q(release__release_at__lt=now)
        if self.is_publisher:
            one = Q(state_en=VersionState.APPROVED) | Q(state_zh_hans=VersionState.APPROVED)
            found["approved"] = one & Q(release__release_at=None)
        if self.is_reviewer:
            found["read_by_others"] = Q(unread=True)
        return found

    @property
    def translates(self) -> Q:
        """Whether what nobody was asked to translate is for them: it is not for those who decide reviews."""
        return ~Q(Exists(ReviewTask.objects.filter(groups__in=groups_of(self.user))))

    def handed(self, states: Iterable[VersionState]) -> Q:
        """Assigned to this person, in a language in one of these states."""
        condition = NOBODY
        for language, suffix in SUFFIXES:
            assigned = Assignment.objects.filter(user=self.user, language=language.code).values("release")
            condition |= Q(pk__in=assigned, **{f"state_{suffix}__in": list(states)})
        return condition

    @property
    def rows(self) -> QuerySet[Any, Any]:
        """With the number of their `place`, without the releases that rest."""
        rests = Q(
            state__in=(ReleaseState.LIVE, ReleaseState.WITHDRAWN),
            step="",
            stale=False,
            owed=False,
            unread=False,
            release__held_at=None,
        )
        called_up = Q(pk__in=BringingBack.objects.filter(ended_at=None).values("release")) | Q(
            pk__in=Assignment.objects.filter(user=self.user).values("release")
        )
        place = Case(
            *(When(place.holds, then=Value(number)) for number, place in enumerate(self.places.values())),
            output_field=SmallIntegerField(),
        )
        rows = ReleaseSummary.objects.shown().filter(~rests | called_up, self.reach.releases)
        return rows.annotate(place=place)

    @property
    def order(self) -> list[Any]:
        """In each place what has a moment comes first, then what is due first, then what has waited longest."""
        at = Case(When(state=ReleaseState.SCHEDULED, then=F("release__release_at")))
        return [at.asc(nulls_last=True), F("due").asc(nulls_last=True), F("since").asc(nulls_last=True), "pk"]

    @cached_property
    def standing(self) -> dict[str, list[int]]:
        """{name of a place: keys of the releases there, the first to be done first}"""
        names, found = list(self.places), defaultdict(list)
        for key, number, due in self.rows.order_by(*self.order).values_list("pk", "place", "due"):
            if number is not None:
                is_overdue = names[number] in WITH_A_DAY and due is not None and due < clock.day()
                found["overdue" if is_overdue else names[number]].append(key)
        return {name: found[name] for name in names if name in found}

    def first(self) -> list[PlacedRelease]:
        """The first of each place."""
        shown = {key: name for name, keys in self.standing.items() for key in keys[:LENGTH]}
        rows = ReleaseSummary.objects.select_related("release", "author").in_bulk(shown)
        return [
            PlacedRelease(rows[key], self.places[name], len(self.standing[name]))
            for key, name in shown.items()
            if key in rows
        ]

    def of(self, name: str) -> QuerySet[Any, Any]:
        """All that stand in one place."""
        names, is_overdue = list(self.places), Q(due__lt=clock.day())
        if name not in names:
            return ReleaseSummary.objects.none()
        if name == "overdue":
            return self.rows.filter(is_overdue, place__in=[names.index(one) for one in WITH_A_DAY])
        rows = self.rows.filter(place=names.index(name))
        return rows.exclude(is_overdue) if name in WITH_A_DAY else rows

    def keys(self) -> list[int]:
        """Of the releases that wait for this person, the first to be done first."""
        return [key for name, keys in self.standing.items() if self.places[name].is_queue for key in keys]
