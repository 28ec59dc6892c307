"""Where somebody may write, and so in which languages, and whose releases they see: asked in one query."""

from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.functional import cached_property
from wagtail.models import Page, get_page_models
from wagtail.permission_policies.pages import PagePermissionPolicy

from home.languages import LANGUAGES, current_language
from home.models import HomePage
from news.models import NewsIndexPage

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
        return list(found.values_list("pk", "path", "content_type", "locale__language_code"))

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

    def has_both(self, permission: str) -> bool:
        return self.languages(permission) >= set(LANGUAGES)

    def has(self, permission: str, path: str) -> bool:
        granted = (page.path for codename, page in self.grants if codename == f"{permission}_page")
        return self.user.is_superuser or path.startswith(tuple(granted))

    @property
    def section(self) -> int | None:
        """The key of a section of news where somebody may begin a release: in the language of the admin, if any."""
        news = ContentType.objects.get_for_model(NewsIndexPage).pk
        mine = current_language().code
        found = sorted(
            (code != mine, key) for key, path, kind, code in self.parents if kind == news and self.has("add", path)
        )
        return found[0][1] if found else None
