"""The log of sign-ins, for administrators."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.permission_policies import ModelPermissionPolicy

from home.languages import Words
from home.proxies import address_of
from home.reports import Report

from .models import AccountLine, Door


class SignInFilter(WagtailFilterSet):
    name = django_filters.CharFilter(label=_("Account name"))
    kind = django_filters.ChoiceFilter(label=_("What"), choices=AccountLine.Kind.choices)
    door = django_filters.ChoiceFilter(label=_("At which door"), choices=Door.choices)
    address = django_filters.CharFilter(label=_("Address on the network"), method="from_address")
    at = django_filters.DateFromToRangeFilter(label=_("When"), widget=DateRangePickerWidget)

    class Meta:
        model = AccountLine
        fields = ["name", "kind", "door", "address", "at"]

    def from_address(self, lines: QuerySet[AccountLine], _name: str, typed: str) -> QuerySet[AccountLine]:
        """Or from all that begin so. PostgreSQL compares nothing with an address but an address."""
        address = address_of(typed)
        if address is None:
            return lines.filter(address__startswith=typed.strip())
        return lines.filter(address=str(address))


def about(line: AccountLine) -> Words:
    return "; ".join(f"{name}: {value}" for name, value in line.about.items()) or "–"


class SignInReport(Report):
    page_title = _("Sign-in log")
    header_icon = "lock"
    index_url_name = "newsroom_sign_ins"
    index_results_url_name = "newsroom_sign_ins_results"
    filterset_class = SignInFilter
    columns = [
        DateColumn("at", label=_("When")),
        Column("name", label=_("Account name"), accessor=lambda line: line.name or "–"),
        Column("kind", label=_("What"), accessor="get_kind_display"),
        Column("door", label=_("At which door"), accessor=lambda line: line.get_door_display() or "–"),
        Column("by_name", label=_("Done by"), accessor=lambda line: line.by_name or "–"),
        Column("address", label=_("Address on the network"), accessor=lambda line: line.address or "–"),
        Column("about", label=_("More about it"), accessor=about),
    ]
    permission_policy = ModelPermissionPolicy(AccountLine)
    list_export = ["at", "name", "kind", "door", "by_name", "address", "browser", "about"]
    export_headings = {
        "at": _("When"),
        "name": _("Account name"),
        "kind": _("What"),
        "door": _("At which door"),
        "by_name": _("Done by"),
        "address": _("Address on the network"),
        "browser": _("Its browser"),
        "about": _("More about it"),
    }

    def get_queryset(self) -> QuerySet[AccountLine]:
        return self.filter_queryset(AccountLine.objects.order_by("-at", "-pk"))
