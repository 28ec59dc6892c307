"""The choosers of pages open where pages of the language are that somebody writes in. It goes once Wagtail's chooser is
told for which page it chooses.

It opens at the root, and lists the tree of the language that the admin is shown in.
"""

from typing import Any
from urllib.parse import urlsplit

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from wagtail import hooks
from wagtail.admin.views.chooser import BrowseView, page_models_from_string
from wagtail.models import Locale, Page, PageQuerySet


def locale_of_editor(request: HttpRequest) -> Locale | None:
    """The locale of the page in whose editor, of a new one or one that is there, a chooser was opened."""
    try:
        match = resolve(urlsplit(request.headers.get("Referer", "")).path)
    except (Resolver404, ValueError):
        return None
    if not match.view_name.startswith("wagtailadmin_pages:"):
        return None
    key = match.kwargs.get("parent_page_id") or match.kwargs.get("page_id")
    page = Page.objects.select_related("locale").filter(pk=key).first() if key else None
    return page.locale if page else None


def types_of(request: HttpRequest) -> tuple[type[Page], ...]:
    """Those that may be chosen; none where it may be any page."""
    try:
        models = page_models_from_string(request.GET.get("page_type") or Page._meta.label_lower)
    except (ValueError, LookupError):
        return ()
    return () if models == (Page,) else models


def where_to_begin(request: HttpRequest) -> int | None:
    """None where somebody looks for a place to move to, or has chosen another language: the editor's is always sent."""
    locale = None if request.GET.get("user_perms") else locale_of_editor(request)
    if locale is None or request.GET.get("locale", locale.language_code) != locale.language_code:
        return None
    models = types_of(request)
    pages = Page.objects.filter(locale=locale)
    if models:
        begun = pages.type(*models).first_common_ancestor()
        return begun.pk if begun is not None and not begun.is_root() else None
    return pages.filter(depth=2).order_by("-live", "pk").values_list("pk", flat=True).first()


@hooks.register("construct_page_chooser_queryset")
def offer_this_language(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """Of what is chosen by its type, a version in the other language is left out where this language has its own."""
    models = types_of(request)
    locale = locale_of_editor(request) if models else None
    if locale is None:
        return pages
    here = Page.objects.type(*models).filter(locale=locale, alias_of=None).values("translation_key")
    return pages.exclude(~Q(locale=locale), translation_key__in=here)


view: Any = BrowseView
stock = view.get


def install() -> None:
    def get(self: Any, request: HttpRequest, parent_page_id: int | None = None) -> HttpResponse:
        return stock(self, request, parent_page_id or where_to_begin(request))

    view.get = get
