from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import HelpPanel


def release_panel() -> HelpPanel:
    """At the head of an editor: where both versions of the release stand."""
    return HelpPanel(
        heading=_("Release"), template="news/admin/release_panel_field.html", classname="release-panel-field"
    )
