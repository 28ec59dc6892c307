"""What a new page's form has to know to go on as an editor's, for `news.admin.once`.

It goes once Wagtail's own autosave and its buttons cannot make two pages of one form.
"""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from wagtail.admin.views.pages.create import CreateView


@dataclass(frozen=True)
class MadePage:
    page: int
    revision: int | None
    fields: dict[str, str]
    """What the form that made it has to say from now on: without the keys of its inline rows each would come twice."""


class PageCreateView(CreateView):
    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        if self.page.pk:
            fields = dict(form.get_field_updates_for_resave())
            self.request.made_page = MadePage(self.page.pk, self.page.latest_revision_id, fields)
        return response
