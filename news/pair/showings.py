"""Where a picture or a document is used: in which releases, in which language, and how far each is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy
from wagtail.models import Page

from home.files import LibraryFile
from news.models import Release
from news.translation.files import overrides_with

from .pair import Pair
from .uses import uses_of
from .version import Version


class UseState(TextChoices):
    """In the order in which readers come closer."""

    DRAFT = "draft", pgettext_lazy("use of a file", "draft")
    SUBMITTED = "submitted", pgettext_lazy("use of a file", "submitted")
    APPROVED = "approved", pgettext_lazy("use of a file", "approved")
    SCHEDULED = "scheduled", pgettext_lazy("use of a file", "scheduled")
    PUBLIC = "public", pgettext_lazy("use of a file", "public")


@dataclass
class Showing:
    """A release that shows a file."""

    pair: Pair
    states: dict[str, list[UseState]] = field(default_factory=dict)
    """By the code of the language."""

    @property
    def release(self) -> Release:
        return self.pair.release

    @property
    def title(self) -> str:
        titled = self.pair.titled
        return titled[0].existing_page.draft_title if titled else str(self.release)

    @property
    def is_standing(self) -> bool:
        return any(state != UseState.DRAFT for states in self.states.values() for state in states)

    @property
    def is_public(self) -> bool:
        return any(UseState.PUBLIC in states for states in self.states.values())

    @property
    def said(self) -> list[tuple[Any, str]]:
        """[(Language, its states in words)]"""
        labels = {version.language.code: version.language for version in self.pair.versions.values()}
        return [
            (labels[code], " · ".join(str(state.label) for state in states)) for code, states in self.states.items()
        ]


def showings_of(file: LibraryFile) -> list[Showing]:
    """The releases that show it now, those that readers see first."""
    rows = dict(uses_of(file).values_list("revision", "revision__object_id"))
    keys = set(Page.objects.filter(pk__in=set(rows.values())).values_list("translation_key", flat=True))
    overridden = {(one.context.object_id, one.locale_id) for one in overrides_with(type(file), file.pk)}
    releases = Release.objects.filter(translation_key__in=keys | {key for key, _locale in overridden}).order_by("pk")
    found = []
    for pair in Pair.many(releases):
        states = {
            version.language.code: said
            for version in pair.versions.values()
            if version.page is not None and (said := states_in(version, rows.keys(), overridden))
        }
        if states:
            found.append(Showing(pair, states))
    return sorted(found, key=lambda showing: (not showing.is_public, not showing.is_standing, showing.release.pk))


def states_in(version: Version, revisions: Collection[int], overridden: Collection[tuple[Any, int]]) -> list[UseState]:
    page = version.existing_page
    by_state = named(version)
    found = [state for state, key in by_state.items() if key in revisions]
    told = {by_state[state] for state in found}
    is_in_draft = page.latest_revision_id in revisions and page.latest_revision_id not in told
    is_put_there = not found and (page.translation_key, page.locale_id) in overridden
    if is_in_draft or is_put_there:
        found.append(UseState.DRAFT)
    if version.pair.release.release_at:
        found = [UseState.SCHEDULED if state == UseState.APPROVED else state for state in found]
    return found


def named(version: Version) -> dict[UseState, int | None]:
    """The keys of the revisions that stand."""
    page, task = version.existing_page, version.task_state
    return {
        UseState.PUBLIC: page.live_revision_id if page.live else None,
        UseState.APPROVED: version.approved_revision.pk if version.is_pending else None,
        UseState.SUBMITTED: task.revision_id if task is not None else None,
    }
