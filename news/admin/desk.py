"""The desk: what waits, on the admin's front page."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby, starmap
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.db.models import DateField, DateTimeField, F, IntegerField, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat
from django.template import Context
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component

from home import clock
from home.languages import Words
from news.models import ActingPublisher, Duty, Replacement
from news.notices import undelivered
from news.release import summaries
from news.release.rights import expiring
from news.release.schedule import late, runs, silent_since

from .access import StaffRequest
from .lines import DeskLine, lines_of
from .places import DeskPlace
from .queues import LENGTH, Queues, decides_last


class DeskAside(NamedTuple):
    """What the desk says that is not of one release: who is there, and which files want a decision."""

    kind: str
    key: int
    words: str
    at: datetime | None
    day: date | None

    @property
    def is_overdue(self) -> bool:
        return self.day is not None and self.day < clock.day()

    @property
    def url(self) -> str:
        name = "wagtailimages:edit" if self.kind == "rights" else "newsroom_files:replacement"
        return reverse(name, args=[self.key])


def beside(user: User, queues: Queues) -> dict[str, list[DeskAside]]:
    """{"duty", "acting", "run", "late", "replacement", "rights": rows}, in one query."""
    found = [
        said("duty", Duty.objects.now(), F("user_name")),
        said("acting", ActingPublisher.objects.in_force(), F("user_name"), at="ends_at"),
    ]
    if queues.is_publisher or queues.is_reviewer:
        proposed = Replacement.objects.filter(ended_at=None).exclude(opened_by=user)
        proposed = proposed if queues.is_publisher else proposed.filter(decides_last(user))
        words = Concat("old_name", Value(" → "), "new_name", output_field=TextField())
        found.append(said("replacement", proposed, words, at="opened_at"))
    if queues.reach.languages("publish"):
        now = timezone.now()
        found += [said("run", runs(), Value(""), at="ran_at"), said("late", late(now), Value(""), at="release_at")]
    if queues.is_publisher:
        found.append(said("rights", expiring(), F("title"), day="rights_expire_on"))
    rows = starmap(DeskAside, found[0].union(*found[1:], all=True).order_by("said_day", "said_at", "said_key"))
    return {kind: list(of_it) for kind, of_it in groupby(sorted(rows, key=lambda row: row.kind), lambda row: row.kind)}


def said(kind: str, rows: QuerySet[Any], words: Any, at: str = "", day: str = "") -> QuerySet[Any, Any]:
    columns = {
        "said_kind": Value(kind, TextField()),
        "said_key": Cast("pk", IntegerField()),
        "said_words": Cast(words, TextField()),
        "said_at": Cast(at or Value(None), DateTimeField()),
        "said_day": Cast(day or Value(None), DateField()),
    }
    return rows.order_by().annotate(**columns).values_list(*columns)


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
        sections = sections_of(queues, user)
        waiting = [section for section in sections if section.place.is_queue]
        first = waiting[0].lines.pop(0) if waiting else None
        files = beside(user, queues)
        missed = undelivered.on_desk(user, sees_all=queues.is_publisher)
        return {
            **super().get_context_data(parent_context),
            "first": first,
            "count": sum(section.total for section in waiting),
            "sections": [section for section in sections if section.lines or not section.total],
            "new_release": next(iter(queues.reach.new_releases()), None),
            "files": [
                (label, files[kind][:LENGTH], files[kind][LENGTH:]) for kind, label in FILES.items() if kind in files
            ],
            "duties": files.get("duty", []),
            "acting": files.get("acting", []),
            "not_run_since": not_run_since(files),
            "undelivered": missed.rows,
            "missed": undelivered.lines_of_missed(missed.missed, user),
            "more_missed": len(missed.missed) > undelivered.SHOWN,
        }


def not_run_since(found: dict[str, list[DeskAside]]) -> datetime | None:
    ran_at, missed = ([row.at for row in found.get(kind, [])] for kind in ("run", "late"))
    return silent_since(ran_at[0] if ran_at else None, missed[0] if missed else None, timezone.now())


FILES: dict[str, Words] = {"replacement": _("Replacements to agree to"), "rights": _("Rights that expire")}


def sections_of(queues: Queues, user: User) -> list[Section]:
    """Those in which there is something, and the next seven days."""
    lines = lines_of(queues.first(), user)
    found = {place.name: list(of_it) for place, of_it in groupby(lines, key=lambda line: line.place)}
    return [
        Section(place, shown := found.get(name, []), shown[0].total if shown else 0)
        for name, place in queues.places.items()
        if name in found or name == "week"
    ]


def construct_homepage_panels(request: StaffRequest, panels: list[Component]) -> None:
    """The desk, in place of Wagtail's WorkflowObjectsToModeratePanel, which shows no texts, and of what is here too."""
    panels[:] = [DeskPanel()]
