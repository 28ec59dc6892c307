"""The desk: what waits, on the admin's front page."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel

from home.languages import LANGUAGES
from home.models import HomePage

from . import queues


def languages_where(user, *permissions):
    """{permission: the codes of the languages in whose tree a user has it}"""
    found = {permission: set() for permission in permissions}
    for home in HomePage.objects.select_related("locale"):
        held = permissions if user.is_superuser else home.permissions_for_user(user).permissions
        for permission in permissions:
            if permission in held:
                found[permission].add(home.locale.language_code)
    return found


class DeskPanel(Component):
    name = "desk"
    template_name = "news/admin/desk.html"
    order = 50

    def get_context_data(self, parent_context):
        lists = self.lists(parent_context["request"].user)
        queues.give_titles([row for _label, rows, _filter in lists for row in rows])
        shown = [(label, [row for row in rows if row.title], name) for label, rows, name in lists]
        return {**super().get_context_data(parent_context), "lists": [found for found in shown if found[1]]}

    def lists(self, user):
        """[(heading, [QueueRow], name of the list's filter for all of them)]"""
        may = languages_where(user, "change", "publish")
        is_publisher, is_reviewer = (may[name] == set(LANGUAGES) for name in ("publish", "change"))
        works_on_translations = bool(may["change"])
        now = timezone.now()
        moments = queues.with_a_moment() if works_on_translations else []
        return [
            (_("Awaiting me"), queues.awaiting(user), "review"),
            (_("Handed over to me"), queues.handed_over(user), ""),
            (_("Missed: the moment of release has passed"), [row for row in moments if row.moment <= now], "scheduled"),
            (_("Approved, not released"), queues.approved_unreleased() if is_publisher else [], ""),
            (_("Post-release review due"), queues.review_afterwards() if is_reviewer else [], ""),
            (_("To be translated"), queues.untranslated(sorted(may["change"])) if works_on_translations else [], ""),
            (_("Out of date"), queues.stale() if works_on_translations else [], ""),
            (_("Translation owed"), queues.owed() if works_on_translations else [], "owed"),
            (_("Scheduled"), [row for row in moments if row.moment > now][: queues.LENGTH], "scheduled"),
        ]


def construct_homepage_panels(request, panels):
    """The desk, in place of Wagtail's list of reviews: that one offers approval without the texts beside it."""
    panels[:] = [panel for panel in panels if not isinstance(panel, WorkflowObjectsToModeratePanel)]
    panels.append(DeskPanel())
