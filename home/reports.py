"""Reports of the admin."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.admin.views.reports import ReportView

from .spreadsheets import BOM


class ReadByAnySpreadsheet(SpreadsheetExportMixin):
    """Of a list that is exported. That nothing in it runs as a formula is home.upstream.exports' doing."""

    def stream_csv(self, queryset: QuerySet[Any]) -> Iterator[str]:
        yield BOM
        yield from super().stream_csv(queryset)


class Report(ReadByAnySpreadsheet, ReportView):
    """For those who have the permission to view its model."""

    any_permission_required = ["view"]

    @classmethod
    def paths(cls, name: str) -> list[URLPattern]:
        """Its two addresses, under `reports/name/`."""
        return [
            path(f"reports/{name}/", cls.as_view(), name=cls.index_url_name),
            path(f"reports/{name}/results/", cls.as_view(results_only=True), name=cls.index_results_url_name),
        ]


class ReportMenuItem(MenuItem):
    """Leads to a Report, and is shown to those for whom it opens."""

    def __init__(self, report: type[Report], **options: Any) -> None:
        super().__init__(report.page_title, reverse(report.index_url_name), icon_name=report.header_icon, **options)
        self.report = report

    def is_shown(self, request: HttpRequest) -> bool:
        policy, actions = self.report.permission_policy, self.report.any_permission_required
        return policy.user_has_any_permission(request.user, actions)
