"""Which versions run here: what an administrator copies into a report of a fault."""

import platform
from importlib.metadata import version
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.ui.tables import Column, Table
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

PACKAGES = {"wagtail": "Wagtail", "wagtail-localize": "wagtail-localize", "Django": "Django"}


class AboutView(WagtailAdminTemplateMixin, TemplateView):
    page_title = _("About this site")
    breadcrumbs_items = [*WagtailAdminTemplateMixin.breadcrumbs_items, {"url": "", "label": page_title}]
    header_icon = "help"
    template_name = "news/admin/about.html"
    _show_breadcrumbs = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        columns = [Column("name", label=_("Program")), Column("version", label=_("Version"))]
        rows = [{"name": name, "version": number} for name, number in versions().items()]
        return super().get_context_data(table=Table(columns, rows), **kwargs)


def versions() -> dict[str, str]:
    """{name of a program: its version}, ours first."""
    return {
        "Newsroom": settings.VERSION,
        **{name: version(package) for package, name in PACKAGES.items()},
        "Python": platform.python_version(),
        connection.display_name: ".".join(map(str, connection.get_database_version())),
    }
