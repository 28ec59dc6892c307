"""The admin's menu: the house's work first, then its files and words, then what is there to look after the site."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem, SubmenuMenuItem, settings_menu
from wagtail.permission_policies.pages import PagePermissionPolicy

from home.languages import current_language, language_of
from news.models import PartnerIndexPage

from .access import StaffRequest

ORDER = (
    *("desk", "releases", "calendar", "partners", "images", "documents", "topics", "glossary", "reports", "settings"),
    *("explorer", "help"),
)
"""By the names of items. Any other stands before the reports."""
UPSTREAMS = ("whats-new-in-wagtail", "editor-guide")
"""How the names of items begin that lead to Wagtail's site."""


class PartnersMenuItem(MenuItem):
    def is_shown(self, request: StaffRequest) -> bool:
        """To whoever has a section."""
        return PagePermissionPolicy().user_has_any_permission(request.user, ["add", "change", "publish"])


def desk_item() -> MenuItem:
    return MenuItem(_("Desk"), reverse("wagtailadmin_home"), name="desk", icon_name="tasks")


def partners_item() -> MenuItem:
    return PartnersMenuItem(_("Partners"), reverse("newsroom_partners"), name="partners", icon_name="group")


def partners(request: StaffRequest) -> HttpResponse:
    """The section of partners in the language of the admin, or else in the one that this person works in."""
    explorable = PagePermissionPolicy().explorable_instances(request.user)
    found = PartnerIndexPage.objects.filter(pk__in=explorable.values("pk")).select_related("locale")
    sections = sorted(found, key=lambda section: language_of(section) != current_language())
    return redirect("wagtailadmin_explore", sections[0].pk) if sections else redirect("wagtailadmin_explore_root")


def arrange(request: StaffRequest, items: list[Any]) -> None:
    others = ORDER.index("reports") - 0.5
    for item in items:
        item.order = ORDER.index(item.name) if item.name in ORDER else others
    # Wagtail's own says at its foot of which version Wagtail is; ours is under "Help".
    items[:] = [settings_of(item) if item.name == "settings" else item for item in items]


def settings_of(item: MenuItem) -> MenuItem:
    return SubmenuMenuItem(item.label, settings_menu, name=item.name, icon_name=item.icon_name, order=item.order)


def leave_out_upstreams(request: StaffRequest, items: list[Any]) -> None:
    items[:] = [item for item in items if not item.name.startswith(UPSTREAMS)]
