"""Which pages pass which stages, in the admin beside Wagtail's workflows."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.models import Workflow
from wagtail.snippets.views.snippets import SnippetViewSet

from home.upstream.choosers import ChooserViewSet
from news.models import ReviewRule
from news.models.review_rule import has_review, page_types


class ReviewRuleForm(WagtailAdminModelForm):
    page_type = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        kind, stored = fields["page_type"], ReviewRule._meta.get_field("page_type")
        kind.label, kind.help_text = capfirst(str(stored.verbose_name)), stored.help_text
        kind.choices = [("", _("Every kind")), *((name, capfirst(str(kinds))) for name, kinds in page_types())]
        fields["topic"].empty_label = _("Every topic")
        fields["workflow"].queryset = Workflow.objects.filter(active=True).order_by("name")
        fields["workflow"].required = True


def said_stages(rule: ReviewRule) -> str:
    """What is passed; where the rule is not in force, why."""
    if rule.workflow is None:
        return _("Not in force: the workflow was deleted. The section's own workflow holds.")
    if not has_review(rule.workflow):
        return _("Not in force: the workflow is disabled, or has no review. The section's own workflow holds.")
    names = rule.stages
    counted = ngettext("%(count)d stage", "%(count)d stages", len(names)) % {"count": len(names)}
    return _("%(counted)s: %(names)s") % {"counted": counted, "names": " → ".join(names)}


class ReviewRuleViewSet(SnippetViewSet):
    model = ReviewRule
    icon = "tasks"
    base_url_path = "review-rules"
    menu_label = gettext_lazy("Review rules")
    menu_name = "review-rules"
    menu_order = 610
    add_to_settings_menu = True
    chooser_viewset_class = ChooserViewSet
    copy_view_enabled = False
    list_display = ["__str__", Column("stages", label=gettext_lazy("Stages"), accessor=said_stages)]
    list_per_page = 100
    edit_handler = ObjectList(
        [
            FieldPanel("page_type"),
            FieldPanel("topic", widget=forms.Select),
            FieldPanel("workflow", widget=forms.Select),
        ],
        base_form_class=ReviewRuleForm,
    )
