"""The desk: what waits, on the admin's front page."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component

from home.locales import LANGUAGES
from home.models import HomePage

from . import queues


def may(user, permission):
    """The codes of the languages in whose tree a user has a permission."""
    found = set()
    for home in HomePage.objects.select_related("locale"):
        tester = home.permissions_for_user(user)
        if user.is_superuser or permission in tester.permissions:
            found.add(home.locale.language_code)
    return found


class DeskPanel(Component):
    name = "desk"
    template_name = "news/admin/desk.html"
    order = 50

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        context = super().get_context_data(parent_context)
        is_publisher = may(user, "publish") == set(LANGUAGES)
        changes = may(user, "change")
        shown = [
            (_("Missed: the moment of release has passed"), queues.missed, is_publisher),
            (_("Approved, not released"), queues.approved_unreleased, is_publisher),
            (_("Post-release review due"), queues.review_afterwards, changes == set(LANGUAGES)),
            (_("To be translated"), lambda: queues.untranslated(sorted(changes)), bool(changes)),
            (_("Translation owed"), queues.owed, bool(changes)),
            (_("Scheduled"), queues.scheduled, bool(changes)),
        ]
        lists = [(label, rows) for label, queue, is_theirs in shown if is_theirs and (rows := queue())]
        return {**context, "lists": lists}


def construct_homepage_panels(request, panels):
    panels.append(DeskPanel())
