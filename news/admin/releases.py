"""All releases in one list: searched, narrowed, sorted and exported by their summaries, be they ten or ten thousand."""

from collections.abc import Callable
from typing import Any

from django.db.models import F, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelsearch.utils import get_content_type_pk
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button, ButtonWithDropdown

from home.languages import Words
from home.reports import ReadByAnySpreadsheet
from home.search.base import backend
from news.models import ReleaseSummary
from news.models.release import name_of
from news.pair.facts import NextStep
from news.pair.marks import Mark, PageState, mark_of
from news.pair.state import ReleaseState
from news.release import summaries

from .reach import Reach
from .releases_filter import ReleasesFilter

PER_PAGE = 25
MOST = 2000
"""So many are looked through of what a word finds that nearly all hold: the newest."""


def found_by(words: str) -> list[int]:
    """Keys of the releases whose titles, in either language, hold these words, the last of them begun."""
    found = backend().few(words, typing=True)
    if found is not None:
        return found.get(get_content_type_pk(ReleaseSummary), [])
    newest = ReleaseSummary.objects.order_by("-since", "-pk")
    return [row.pk for row in backend().autocomplete(words, newest, order_by_relevance=False)[:MOST]]


def state_of(summary: ReleaseSummary) -> Mark:
    return mark_of(ReleaseState(summary.state_now))


def state_in(field: str) -> Callable[[ReleaseSummary], Mark]:
    return lambda summary: mark_of(PageState(getattr(summary, field)))


def step_of(summary: ReleaseSummary) -> Words:
    return NextStep(summary.step).label if summary.step else ""


class TitlesColumn(TitleColumn):
    """Both, one below the other."""

    cell_template_name = "news/admin/releases/title_cell.html"

    def get_cell_context_data(self, instance: ReleaseSummary, parent_context: dict[str, Any]) -> dict[str, Any]:
        return super().get_cell_context_data(instance, parent_context) | {"titles": instance.titles}


class MarkColumn(Column):
    cell_template_name = "news/admin/releases/mark_cell.html"


class StateColumn(Column):
    cell_template_name = "news/admin/releases/state_cell.html"


class MomentColumn(Column):
    """By the site's clock. Wagtail's says “Just now” of every moment that lies ahead."""

    cell_template_name = "news/admin/releases/moment_cell.html"


class ReleasesView(ReadByAnySpreadsheet, generic.IndexView):
    model = ReleaseSummary
    any_permission_required = None
    """Nobody has one for a summary: who sees which rows says their Reach."""
    template_name = "news/admin/releases/index.html"
    page_title = _("Releases")
    header_icon = "doc-full-inverse"
    index_url_name = "newsroom_releases:releases"
    index_results_url_name = "newsroom_releases:results"
    verbose_name_plural = _("releases")
    filterset_class = ReleasesFilter
    paginate_by = PER_PAGE
    default_ordering = "-since"
    export_filename = "releases"
    list_export = ["titles", "state", "state_en", "state_zh_hans", "author", "reviewer", "step", "moment", "since"]
    _show_breadcrumbs = True

    @cached_property
    def columns(self) -> list[Column]:
        address = "newsroom_releases:release"
        return [
            BulkActionsCheckboxColumn("bulk_actions", obj_type="releasesummary"),
            TitlesColumn(
                "title",
                label=_("Title"),
                accessor="__str__",
                url_name=address,
                sort_key="title_en",
                width="30%",
                get_title_id=lambda row: f"releasesummary_{row.pk}_title",
            ),
            StateColumn("state", label=_("State"), accessor=state_of, sort_key="state"),
            MarkColumn("state_en", label=pgettext_lazy("language", "English"), accessor=state_in("state_en")),
            MarkColumn("state_zh_hans", label=pgettext_lazy("language", "Chinese"), accessor=state_in("state_zh_hans")),
            Column("author", label=_("Author"), accessor=lambda row: name_of(row.author)),
            Column("step", label=_("Next step"), accessor=step_of),
            MomentColumn("moment", label=_("Release date"), sort_key="moment"),
            MomentColumn("since", label=_("Last changed"), sort_key="since"),
        ]

    @cached_property
    def reach(self) -> Reach:
        return Reach(self.request.user)

    @cached_property
    def header_buttons(self) -> list[Button]:
        begun = self.reach.new_releases()
        words = _("New release")
        return [ButtonWithDropdown(words, icon_name="plus", classname="new-release", buttons=begun)] if begun else []

    def get_base_queryset(self) -> QuerySet[ReleaseSummary]:
        summaries.tidy()
        rows = ReleaseSummary.objects.shown().filter(self.reach.releases)
        return rows.select_related("release", "author", "reviewer")

    def order_queryset(self, queryset: QuerySet[ReleaseSummary]) -> QuerySet[ReleaseSummary]:
        field = F(self.ordering.removeprefix("-"))
        by = field.desc(nulls_last=True) if self.ordering.startswith("-") else field.asc(nulls_last=True)
        return queryset.order_by(by, "-pk")

    def search_queryset(self, queryset: QuerySet[ReleaseSummary]) -> QuerySet[ReleaseSummary]:
        return queryset.filter(pk__in=found_by(self.search_query)) if self.is_searching else queryset

    def to_row_dict(self, item: ReleaseSummary) -> dict[str, Any]:
        return {
            "titles": " / ".join(title for _language, title in item.titled),
            "state": state_of(item).word,
            "state_en": state_in("state_en")(item).word,
            "state_zh_hans": state_in("state_zh_hans")(item).word,
            "author": name_of(item.author),
            "reviewer": name_of(item.reviewer),
            "step": step_of(item),
            "moment": item.moment,
            "since": item.since,
        }
