"""The desk: what waits, on the admin's front page."""

from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.template import Context
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel

from home.languages import LANGUAGES, Words
from home.models import HomePage
from news.models import ActingPublisher, Amendment, BringingBack, Duty
from news.notices import undelivered
from news.release.schedule import not_run_since

from . import queues
from .access import StaffRequest


def languages_where(user: User, *permissions: str) -> dict[str, set[str]]:
    """{permission: the codes of the languages in whose tree a user has it}"""
    found: dict[str, set[str]] = {permission: set() for permission in permissions}
    for home in HomePage.objects.select_related("locale"):
        held = permissions if user.is_superuser else home.permissions_for_user(user).permissions
        for permission in permissions:
            if permission in held:
                found[permission].add(home.locale.language_code)
    return found


class DeskList(NamedTuple):
    label: Words
    rows: list[queues.QueueRow]
    filter: str = ""
    """Of the list of releases, which shows all of them."""
    empty: Words = ""
    """What is said where there are none; of what is an exception, nothing."""


class DeskPanel(Component):
    name = "desk"
    template_name = "news/admin/desk.html"
    order = 50

    def get_context_data(self, parent_context: Context) -> dict[str, Any]:
        user = parent_context["request"].user
        may = languages_where(user, "change", "publish")
        lists = self.lists(user, may)
        queues.give_titles([row for one in lists for row in one.rows])
        for one in lists:
            one.rows[:] = [row for row in one.rows if row.title]
        shown = undelivered.on_desk(user, sees_all=may["publish"] >= set(LANGUAGES))
        return {
            **super().get_context_data(parent_context),
            "duties": Duty.objects.now(),
            "acting": ActingPublisher.objects.in_force(),
            "not_run_since": not_run_since(timezone.now()) if may["publish"] else None,
            "undelivered": shown.rows,
            "missed": undelivered.lines_of_missed(shown.missed, user),
            "more_missed": len(shown.missed) > undelivered.SHOWN,
            "lists": [one for one in lists if one.rows],
            "empty": [one.empty for one in lists if one.empty and not one.rows],
        }

    def lists(self, user: User, may: dict[str, set[str]]) -> list[DeskList]:
        is_publisher, is_reviewer = (may[name] >= set(LANGUAGES) for name in ("publish", "change"))
        works_on_translations = bool(may["change"])
        decides = is_publisher or (is_reviewer and queues.decides_last(user))
        moments = queues.with_a_moment() if works_on_translations else []
        corrections, own_corrections = queues.corrections_to_approve(user)
        return [
            DeskList(_("On hold"), queues.on_hold() if works_on_translations else [], "held"),
            DeskList(_("Amendments to agree to"), queues.proposals_to_agree(Amendment, user) if is_reviewer else []),
            DeskList(_("To be brought back"), queues.proposals_to_agree(BringingBack, user) if is_reviewer else []),
            DeskList(
                _("Waiting for me"),
                queues.awaiting(user, sorted(may["change"])),
                "review",
                empty=_("Nothing is in review for you to decide, and nothing has come back to you for changes."),
            ),
            DeskList(_("Corrections to agree with"), queues.to_agree(user, sorted(may["change"]))),
            DeskList(_("Corrections to approve"), corrections if is_reviewer else []),
            DeskList(_("Corrections of mine, waiting for approval"), own_corrections),
            DeskList(_("Replacements to agree to"), queues.replacements_to_agree(user) if decides else []),
            DeskList(_("Rights that expire"), queues.rights_that_expire() if is_publisher else []),
            DeskList(
                _("Handed over to me"), queues.handed_over(user), empty=_("Nobody has handed a version over to you.")
            ),
            DeskList(
                _("Missed: the moment of release has passed"), [row for row in moments if row.is_overdue], "scheduled"
            ),
            DeskList(
                _("Approved, not released"),
                queues.approved_unreleased() if is_publisher else [],
                empty=_("Whatever is approved is released or scheduled.") if is_publisher else "",
            ),
            DeskList(_("Post-release review due"), queues.review_afterwards() if is_reviewer else [], "unread"),
            DeskList(
                _("To be translated"),
                queues.untranslated(sorted(may["change"])) if works_on_translations else [],
                empty=_("There is nothing to translate now.") if works_on_translations else "",
            ),
            DeskList(_("Out of date"), queues.stale() if works_on_translations else []),
            DeskList(_("Translation to follow"), queues.owed() if works_on_translations else [], "owed"),
            DeskList(_("Scheduled"), [row for row in moments if not row.is_overdue][: queues.LENGTH], "scheduled"),
        ]


def construct_homepage_panels(request: StaffRequest, panels: list[Component]) -> None:
    """The desk, in place of Wagtail's list of reviews: that one offers approval without the texts beside it."""
    panels[:] = [panel for panel in panels if not isinstance(panel, WorkflowObjectsToModeratePanel)]
    panels.append(DeskPanel())
