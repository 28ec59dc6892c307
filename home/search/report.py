"""What readers searched for, as a report of the admin."""

import django_filters
from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.permission_policies import ModelPermissionPolicy

from home.languages import LANGUAGES
from home.reports import Report, ReportMenuItem

from .models import Search

CHOICES = [(language.code, language.label) for language in LANGUAGES.values()]
HITS = [("nothing", _("Found nothing")), ("something", _("Found something"))]


class SearchFilter(WagtailFilterSet):
    found = django_filters.ChoiceFilter(label=_("Result"), choices=HITS, method="by_result")
    language = django_filters.ChoiceFilter(label=pgettext_lazy("of a text", "Language"), choices=CHOICES)

    class Meta:
        model = Search
        fields = ["found", "language"]

    def by_result(self, queryset: QuerySet[Search], name: str, value: str) -> QuerySet[Search]:
        return queryset.filter(found=0) if value == "nothing" else queryset.exclude(found=0)


class SearchReport(Report):
    page_title = _("Searches")
    header_icon = "search"
    index_url_name = "newsroom_searches"
    index_results_url_name = "newsroom_searches_results"
    filterset_class = SearchFilter
    columns = [
        Column("words", label=_("Words")),
        Column("language_label", label=pgettext_lazy("of a text", "Language")),
        Column("day", label=_("Day"), accessor=lambda search: date_format(search.day)),
        Column("times", label=_("Times")),
        Column("found", label=_("Results")),
    ]
    permission_policy = ModelPermissionPolicy(Search)
    list_export = ["words", "language", "day", "times", "found"]
    export_headings = {
        "words": _("Words"),
        "language": pgettext_lazy("of a text", "Language"),
        "day": _("Day"),
        "times": _("Times"),
        "found": _("Results"),
    }

    def get_queryset(self) -> QuerySet[Search]:
        return self.filter_queryset(Search.objects.order_by("-day", "-times", "pk"))


@hooks.register("register_admin_urls")
def register_addresses() -> list[URLPattern]:
    return SearchReport.paths("searches")


@hooks.register("register_reports_menu_item")
def register_menu_item() -> ReportMenuItem:
    return ReportMenuItem(SearchReport, name="searches", order=1290)


@hooks.register("construct_reports_menu")
def leave_out_the_stock_report(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """It counts what nobody notes here."""
    menu_items[:] = [item for item in menu_items if item.name != "search-terms"]


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="home", codename="view_search")
