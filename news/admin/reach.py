"""Where somebody may write, and so in which languages, and whose releases they see: asked in one query."""

from typing import Any

from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import Button
from wagtail.models import Page, get_page_models
from wagtail.permission_policies.pages import PagePermissionPolicy

from home.languages import LANGUAGES, current_language
from home.models import HomePage
from news.models.sections import SectionPage

WRITING = {"add_page", "change_page", "publish_page"}
Parent = tuple[int, str, int, str]
"""Key, path, key of the content type, code of the language."""


class Reach:
    def __init__(self, user: User) -> None:
        self.user = user
        rows = () if user.is_superuser else PagePermissionPolicy().get_cached_permissions_for_user(user)
        self.grants = [(row.permission.codename, row.page) for row in rows if row.permission.codename in WRITING]

    @cached_property
    def parents(self) -> list[Parent]:
        """The pages below which there may be others, as far as somebody writes there."""
        types = ContentType.objects.get_for_models(
            *(model for model in get_page_models() if model.allowed_subpage_models())
        )
        found = Page.objects.filter(content_type__in=types.values())
        if not self.user.is_superuser:
            below = Q(pk__in=[page.pk for _codename, page in self.grants])
            for _codename, page in self.grants:
                below |= Q(path__startswith=page.path)
            found = found.filter(below)
        return list(found.order_by("path").values_list("pk", "path", "content_type", "locale__language_code"))

    @property
    def releases(self) -> Q:
        """A condition on summaries: whoever may write, or publish, one of the languages sees the release."""
        if self.user.is_superuser:
            return Q()
        above = [key for key, *_rest in self.parents]
        pages = {*above, *(page.pk for _codename, page in self.grants)}
        return Q(place_en__in=above) | Q(place_zh_hans__in=above) | Q(page_en__in=pages) | Q(page_zh_hans__in=pages)

    def languages(self, permission: str) -> set[str]:
        """Codes of those in whose whole tree somebody has it, `change` or `publish`."""
        home = ContentType.objects.get_for_model(HomePage).pk
        return {code for _key, path, kind, code in self.parents if kind == home and self.has(permission, path)}

    @property
    def publishes(self) -> bool:
        """Anything, somewhere."""
        return self.user.is_superuser or any(codename == "publish_page" for codename, _page in self.grants)

    def has_both(self, permission: str) -> bool:
        return self.languages(permission) >= set(LANGUAGES)

    def has(self, permission: str, path: str) -> bool:
        granted = (page.path for codename, page in self.grants if codename == f"{permission}_page")
        return self.user.is_superuser or path.startswith(tuple(granted))

    def new_releases(self) -> list[Button]:
        """What they may begin in a section: what is in the language of the admin first."""
        found: list[Button] = []
        mine = current_language().code
        for key, path, content_type, code in self.parents:
            model: Any = ContentType.objects.get_for_id(content_type).model_class()
            if code not in LANGUAGES or not issubclass(model, SectionPage) or not self.has("add", path):
                continue
            for kind in model.allowed_subpage_models():
                words = {"type": capfirst(str(kind._meta.verbose_name)), "language": LANGUAGES[code].label}
                address = reverse("wagtailadmin_pages:add", args=[kind._meta.app_label, kind._meta.model_name, key])
                priority = 100 * (code != mine) + len(found)
                found.append(Button(_("%(type)s in %(language)s") % words, address, priority=priority))
        return sorted(found)
