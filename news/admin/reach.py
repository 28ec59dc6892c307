"""Where somebody may write, without asking page by page: what they see of many releases, and where they begin one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import Button
from wagtail.models import Page, get_page_models
from wagtail.permission_policies.pages import PagePermissionPolicy

from home.languages import LANGUAGES
from news.models.sections import SectionPage

WRITING = {"add_page", "change_page", "publish_page"}


class Section(NamedTuple):
    """What pages are written below: a row of them, and no page."""

    pk: int
    path: str
    content_type: int
    language: str


@dataclass
class Reach:
    user: User
    granted: dict[str, list[Page]]
    """{codename of a permission: [Page below which it is held]}; nothing of a superuser, who may do everything."""
    sections: list[Section]
    """Those below which they may write."""

    @classmethod
    def of(cls, user: User) -> Reach:
        """One query, beside that of the permissions, which Wagtail keeps."""
        granted: dict[str, list[Page]] = {}
        for row in [] if user.is_superuser else PagePermissionPolicy().get_cached_permissions_for_user(user):
            granted.setdefault(row.permission.codename, []).append(row.page)
        below = Q(pk__in=[])
        for page in {page for codename in WRITING for page in granted.get(codename, [])}:
            below |= Q(path__startswith=page.path)
        models = [model for model in get_page_models() if model.allowed_subpage_models()]
        types = ContentType.objects.get_for_models(*models).values()
        found = Page.objects.filter(Q() if user.is_superuser else below, content_type__in=types)
        fields = "pk", "path", "content_type", "locale__language_code"
        return cls(user, granted, [Section(*row) for row in found.order_by("path").values_list(*fields)])

    def releases(self) -> Q:
        """A condition on summaries: whoever may write, or publish, one of the languages sees the release."""
        if self.user.is_superuser:
            return Q()
        own = {page.pk for codename in WRITING for page in self.granted.get(codename, [])}
        above = [section.pk for section in self.sections]
        pages = {*above, *own}
        return Q(place_en__in=above) | Q(place_zh_hans__in=above) | Q(page_en__in=pages) | Q(page_zh_hans__in=pages)

    def may_add_below(self, section: Section) -> bool:
        below = self.granted.get("add_page", [])
        return self.user.is_superuser or any(section.path.startswith(page.path) for page in below)

    def new_releases(self) -> list[Button]:
        """What they may begin in a section, in each language that may be the original's."""
        found: list[Button] = []
        for section in self.sections:
            language = LANGUAGES.get(section.language)
            model: Any = ContentType.objects.get_for_id(section.content_type).model_class()
            if language is None or not issubclass(model, SectionPage) or not self.may_add_below(section):
                continue
            for kind in model.allowed_subpage_models():
                words = {"type": capfirst(str(kind._meta.verbose_name)), "language": language.label}
                address = reverse(
                    "wagtailadmin_pages:add", args=[kind._meta.app_label, kind._meta.model_name, section.pk]
                )
                priority = 100 * list(LANGUAGES).index(section.language) + len(found)
                found.append(Button(_("%(type)s in %(language)s") % words, address, priority=priority))
        return found
