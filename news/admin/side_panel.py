"""What the checks found, at the side of both editors."""

from typing import Any

from django.template import Context
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.side_panels import BaseSidePanel

from home.languages import language_of

from .access import pair_for


class FindingsSidePanel(BaseSidePanel):
    """Its list is fetched by news/findings.js: to compare two whole texts takes longer than to show one."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = _("Toggle the checks of both languages")
        icon_name = "tasks"
        counter_classname = "w-bg-critical-200"

    name = "findings"
    title = _("Both languages")
    template_name = "news/admin/findings_panel.html"
    order = 340

    def get_context_data(self, parent_context: Context) -> dict[str, Any]:
        return {
            **super().get_context_data(parent_context),
            "release": pair_for(self.request, self.object).release,
            "language": language_of(self.object),
        }
