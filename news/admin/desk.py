"""The desk: what waits, on the admin's front page."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.contrib.auth.models import User
from django.db.models import TextField, Value
from django.db.models.functions import Concat
from django.template import Context
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component

from home.languages import Words
from news.models import ActingPublisher, Duty, Replacement
from news.notices import undelivered
from news.release import summaries
from news.release.rights import expiring
from news.release.schedule import late, runs, silent_since

from .access import StaffRequest
from .asides import SaidBeside, all_told, told
from .lines import DeskLine, lines_of, tell, told_of
from .places import DeskPlace
from .queues import LENGTH, Queues, decides_last

OF_RELEASES = {"handed", "correction", "amendment", "bringing_back", "approval", "urgent"}
FILES: dict[str, Words] = {"replacement": _("Replacements to agree to"), "rights": _("Rights that expire")}


def beside(user: User, queues: Queues, lines: list[DeskLine]) -> dict[str, list[SaidBeside]]:
    """{kind: rows}: who is there, whether releases run, files that want a decision, and what is said of the lines."""
    found = [
        *told_of(lines, user),
        told("duty", Duty.objects.now(), "user_name", of="pk"),
        told("acting", ActingPublisher.objects.in_force(), "user_name", "ends_at", of="pk"),
    ]
    if queues.is_publisher or queues.is_reviewer:
        proposed = Replacement.objects.filter(ended_at=None).exclude(opened_by=user)
        proposed = proposed if queues.is_publisher else proposed.filter(decides_last(user))
        words = Concat("old_name", Value(" → "), "new_name", output_field=TextField())
        found.append(told("replacement", proposed, words, "opened_at", of="pk"))
    if queues.reach.languages("publish"):
        now, none = timezone.now(), Value("")
        found += [told("run", runs(), none, "ran_at", of="pk"), told("late", late(now), none, "release_at", of="pk")]
    if queues.is_publisher:
        found.append(told("rights", expiring(), "title", day="rights_expire_on", of="pk"))
    kinds: defaultdict[str, list[SaidBeside]] = defaultdict(list)
    for row in all_told(found):
        kinds[row.kind].append(row)
    return kinds


@dataclass
class Section:
    place: DeskPlace
    lines: list[DeskLine]
    total: int
    """How many stand there, those that are not shown among them."""

    @property
    def has_more(self) -> bool:
        return self.total > LENGTH

    @property
    def url(self) -> str:
        """Of the list of releases, narrowed to the same."""
        return f"{reverse('newsroom_releases:releases')}?desk={self.place.name}"


class DeskPanel(Component):
    name = "desk"
    template_name = "news/admin/desk.html"
    order = 50

    def get_context_data(self, parent_context: Context) -> dict[str, Any]:
        user = parent_context["request"].user
        summaries.tidy()
        queues = Queues(user)
        lines = lines_of(queues.first(), user)
        found = beside(user, queues, lines)
        tell(lines, (row for kind in OF_RELEASES for row in found[kind]))
        sections = sections_of(queues, lines)
        waiting = [section for section in sections if section.place.is_queue]
        first = waiting[0].lines.pop(0) if waiting else None
        missed = undelivered.on_desk(user, sees_all=queues.is_publisher)
        return {
            **super().get_context_data(parent_context),
            "first": first,
            "count": sum(section.total for section in waiting),
            "sections": [section for section in sections if section.lines or not section.total],
            "new_release": next(iter(queues.reach.new_releases()), None),
            "files": [
                (label, found[kind][:LENGTH], found[kind][LENGTH:]) for kind, label in FILES.items() if found[kind]
            ],
            "duties": found["duty"],
            "acting": found["acting"],
            "not_run_since": not_run_since(found),
            "undelivered": missed.rows,
            "missed": undelivered.lines_of_missed(missed.missed, user),
            "more_missed": len(missed.missed) > undelivered.SHOWN,
        }


def not_run_since(found: dict[str, list[SaidBeside]]) -> datetime | None:
    ran_at, missed = (next((row.at for row in found[kind]), None) for kind in ("run", "late"))
    return silent_since(ran_at, missed, timezone.now())


def sections_of(queues: Queues, lines: list[DeskLine]) -> list[Section]:
    """Those in which there is something, and the next seven days."""
    found = {place.name: list(of_it) for place, of_it in groupby(lines, key=lambda line: line.place)}
    return [
        Section(place, shown := found.get(name, []), shown[0].total if shown else 0)
        for name, place in queues.places.items()
        if name in found or name == "week"
    ]


def construct_homepage_panels(request: StaffRequest, panels: list[Component]) -> None:
    """The desk, in place of Wagtail's WorkflowObjectsToModeratePanel, which shows no texts, and of what is here too."""
    panels[:] = [DeskPanel()]
