"""Whether somebody is left for each stage that a release has yet to pass. It warns; nothing is refused for it.

Each stage takes another person, the last one nobody who wrote part of what is read, see news.pair.rules. Superusers who
are in no group of a stage may decide there, but nobody asks them: they do not count.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

from django.contrib.auth import get_user_model
from django.db.models import Exists, FilteredRelation, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowTask

from home import clock
from news.called import called
from news.models import Mode

from .embargo import ahead
from .pair import Pair
from .states import VersionState
from .version import Version

ON_THE_WAY = {VersionState.DRAFTING, VersionState.IN_REVIEW, VersionState.CHANGES_ASKED}


class Stage(NamedTuple):
    task: int
    name: str
    people: set[int]
    """Keys of who is active in its groups, or stands in for one of them, and may enter the admin."""


@dataclass(frozen=True)
class DeadEnd:
    version: Version
    stage: str
    """Its name."""
    has_members: bool
    """Whether its groups have anybody at all."""

    def __str__(self) -> str:
        said = {"stage": called(self.stage), "language": self.version.language.label}
        at = ahead(self.version.pair.release)
        if at is not None:
            said["moment"] = clock.words(at)
            words = _("Before %(moment)s, nobody is left for “%(stage)s” of the %(language)s version.") % said
        else:
            words = _("Nobody is left for “%(stage)s” of the %(language)s version.") % said
        why = (
            _("Whoever could decide there wrote part of it, or is needed for another stage.")
            if self.has_members
            else _("Nobody active is in its groups.")
        )
        return _("%(done)s %(next)s") % {"done": words, "next": why}


def dead_ends(pair: Pair, of_drafts: bool = True) -> list[DeadEnd]:
    """Of what is to be released: the stages for which nobody is left. `of_drafts`: before a review, too."""
    waiting = [version for version in pair.versions.values() if is_to_be_reviewed(version)]
    waiting = [version for version in waiting if of_drafts or version.task_state is not None]
    workflows = {version: workflow_of(version) for version in waiting}
    stages = stages_of({key for key in workflows.values() if key is not None}) if waiting else {}
    return [found for version, key in workflows.items() if key for found in dead_ends_of(version, stages[key])]


def is_to_be_reviewed(version: Version) -> bool:
    pair = version.pair
    if version.page is None:
        return pair.release.mode == Mode.TOGETHER and pair.original.page is not None
    if pair.release.alone and not version.is_original:
        return False
    return version.state in ON_THE_WAY and version.has_changes


def workflow_of(version: Version) -> int | None:
    """Its key: of the review that it is in, or of the one to come."""
    if version.review is not None:
        return version.review.workflow_id
    return version.assigned.workflow.pk if version.assigned is not None else None


def stages_of(workflows: Collection[int]) -> dict[int, list[Stage]]:
    """{key of a workflow: its stages that are reviews of ours, in order}, in one query. Who stands in now counts."""
    enters = Q(groups__permissions__codename="access_admin") | Q(user_permissions__codename="access_admin")
    member = "task__reviewtask__groups__user"
    staff = get_user_model().objects.filter(enters | Q(is_superuser=True), is_active=True, pk=OuterRef(member))
    rows = WorkflowTask.objects.filter(workflow__in=workflows, task__active=True).exclude(task__reviewtask=None)
    acting, now = "task__reviewtask__groups__acting", timezone.now()
    in_force = {f"{acting}__ended_at": None, f"{acting}__starts_at__lte": now, f"{acting}__ends_at__gt": now}
    rows = rows.annotate(is_there=Exists(staff), acting=FilteredRelation(acting, condition=Q(**in_force)))
    rows = rows.order_by("workflow", "sort_order", "pk")
    found: dict[int, dict[int, Stage]] = defaultdict(dict)
    read = ("workflow", "task", "task__name", member, "is_there", "acting__user", "acting__user__is_active")
    for workflow, task, name, user, is_there, deputy, is_active in rows.values_list(*read):
        stage = found[workflow].setdefault(task, Stage(task, name, set()))
        stage.people.update(key for key, counts in ((user, is_there), (deputy, is_active)) if counts)
    return defaultdict(list, {workflow: list(stages.values()) for workflow, stages in found.items()})


def dead_ends_of(version: Version, stages: list[Stage]) -> list[DeadEnd]:
    passed = {task.pk for task, _user in version.passed}
    stages = [stage for stage in stages if stage.task not in passed]
    if version.sign_off is not None:
        stages = stages[1:]  # decided, but for a yes that anybody else may give
    hands = [hand for hand in version.hands if hand.user is not None] if version.page is not None else []
    writers = {hand.user for hand in hands}
    before = {hand.user for hand in hands if hand.at <= version.began_at}  # the rest corrects at the present stage
    decided = {stage.finished_by_id for stage in version.stages if stage.status == TaskState.STATUS_APPROVED}
    able = []
    for number, stage in enumerate(stages, 1):
        is_last = number == len(stages)
        is_present = number == 1 and version.task_state is not None
        # Whoever alone wrote it decides at no stage; who wrote part of it, not at the last.
        barred = writers if is_last or len(writers) == 1 else set()
        able.append(stage.people - decided - (barred & before if is_present else barred))
    taken = matching(able)
    return [
        DeadEnd(version, stage.name, bool(stage.people))
        for number, stage in enumerate(stages)
        if number not in taken.values()
    ]


def matching(able: list[set[int]]) -> dict[int, int]:
    """{person: number of their stage}: as many stages as can be, each with another person."""
    taken: dict[int, int] = {}

    def find(number: int, asked: set[int]) -> bool:
        for person in sorted(able[number] - asked):
            asked.add(person)
            if person not in taken or find(taken[person], asked):
                taken[person] = number
                return True
        return False

    for number in range(len(able)):
        find(number, set())
    return taken
