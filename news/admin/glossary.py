"""The glossary in the admin: list, form, history, import and export."""

from typing import Any

from django.db.models import Field
from django.template.defaultfilters import linebreaksbr
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.ui.tables import UpdatedAtColumn
from wagtail.admin.widgets.button import BaseButton, Button, HeaderButton
from wagtail.snippets.views.snippets import IndexView, InspectView, SnippetViewSet

from home.upstream.choosers import ChooserViewSet
from news.models import GlossaryTerm

from .glossary_files import ExportView, ImportView


class GlossaryIndexView(IndexView):
    page_title = gettext_lazy("Glossary")

    @cached_property
    def header_buttons(self) -> list[BaseButton]:
        buttons = super().header_buttons
        if self.user_has_permission("add") and self.user_has_permission("change"):
            url = reverse("newsroom_glossary:import")
            buttons.append(HeaderButton(_("Import"), url=url, icon_name="upload", priority=20))
        return buttons

    @cached_property
    def header_more_buttons(self) -> list[BaseButton]:
        exports = [("csv", _("Export as CSV")), ("tbx", _("Export as TBX"))]
        return [
            *super().header_more_buttons,
            *(
                Button(label, url=reverse("newsroom_glossary:export", args=[name]), icon_name="download")
                for name, label in exports
            ),
        ]


class GlossaryInspectView(InspectView):
    """What there is of a term: most fields of most are empty."""

    def get_fields_context(self) -> list[dict[str, Any]]:
        return [self.get_context_for_field(name) for name in self.fields if getattr(self.object, name)]

    def get_field_display_value(self, field_name: str, field: "Field[Any, Any]") -> Any:
        value = super().get_field_display_value(field_name, field)
        return linebreaksbr(value) if isinstance(value, str) else value


class GlossaryViewSet(SnippetViewSet):
    model = GlossaryTerm
    icon = "openquote"
    admin_url_namespace = "newsroom_glossary"
    base_url_path = "glossary"
    menu_label = gettext_lazy("Glossary")
    menu_name = "glossary"
    add_to_admin_menu = True
    index_view_class = GlossaryIndexView
    inspect_view_class = GlossaryInspectView
    inspect_view_enabled = True
    inspect_view_fields_exclude = ["id", "latest_revision"]
    copy_view_enabled = False
    chooser_viewset_class = ChooserViewSet
    list_display = ["listed", "chinese", "kind", UpdatedAtColumn(label=pgettext_lazy("of a term", "Updated"))]
    list_filter = ["kind"]
    list_per_page = 50

    def get_urlpatterns(self) -> list[URLPattern]:
        list_url = reverse_lazy(self.get_url_name("list"))
        more = {
            "permission_policy": self.permission_policy,
            "breadcrumbs_items": [*self.breadcrumbs_items, {"url": list_url, "label": self.menu_label}],
            "header_icon": self.icon,
        }
        return [
            *super().get_urlpatterns(),  # the first of them is where the menu leads
            path("import/", ImportView.as_view(**more), name="import"),
            path("export/<slug:name>/", ExportView.as_view(permission_policy=self.permission_policy), name="export"),
        ]
