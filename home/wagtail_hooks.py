from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.documents.models import AbstractDocument
from wagtail.models import Page, PageQuerySet
from wagtail.rich_text.feature_registry import FeatureRegistry

from home import media
from home.accounts import session_views
from home.accounts.panel import SecondFactorPanel, SessionsPanel
from home.accounts.report import SignInReport
from home.attachments import AttachmentLinkHandler
from home.characters import one_line
from home.links import VersionLinkHandler
from home.reports import ReportMenuItem
from home.search import report  # noqa: F401  (it registers itself)
from home.slugs import SharedSlugMixin, slug_is_taken, with_history
from home.typed import narrow
from home.upstream import page_chooser, page_search  # noqa: F401  (they register themselves)

SCRIPTS = ("start", "once", "kept")
"""In this order: the last uses what the second shares."""


@hooks.register("insert_global_admin_js")
def insert_global_admin_js() -> SafeString:
    return format_html(
        '<script src="{}" data-zone="{}"></script>{}',
        static("home/clock.js"),
        settings.TIME_ZONE,
        format_html_join("", '<script src="{}"></script>', ((static(f"home/{name}.js"),) for name in SCRIPTS)),
    )


@hooks.register("insert_global_admin_css")
def insert_global_admin_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("home/brand.css"))


@hooks.register("register_account_settings_panel")
def show_second_factor(request: HttpRequest, user: Any, profile: Any) -> SecondFactorPanel:
    return SecondFactorPanel(request, user, profile)


@hooks.register("register_account_settings_panel")
def show_sessions(request: HttpRequest, user: Any, profile: Any) -> SessionsPanel:
    return SessionsPanel(request, user, profile)


@hooks.register("register_admin_urls")
def session_urls() -> list[URLPattern]:
    return [
        path("account/sessions/", session_views.mine, name="account_sessions"),
        path("users/<int:pk>/sessions/", session_views.theirs, name="user_sessions"),
        *SignInReport.paths("sign-ins"),
    ]


@hooks.register("register_reports_menu_item")
def sign_in_report_item() -> ReportMenuItem:
    return ReportMenuItem(SignInReport, order=1100)


@hooks.register("register_rich_text_features", order=10)
def lead_to_attachments(features: FeatureRegistry) -> None:
    """After Wagtail's own."""
    features.register_link_type(AttachmentLinkHandler)
    features.register_link_type(VersionLinkHandler)


@hooks.register("before_serve_document")
def serve_through_a_page(document: AbstractDocument, request: HttpRequest) -> HttpResponseBase | None:
    return media.of_the_library(document, request)


@hooks.register("construct_explorer_page_queryset")
def read_history(parent_page: Page, pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """Moving and deleting depend on it, for each page of the list."""
    return with_history(pages)


@hooks.register("before_copy_page")
def refuse_a_taken_address(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Wagtail's form looks at one section of one language; beyond that, copying would end in an error page."""
    if request.method != "POST" or not isinstance(page.specific, SharedSlugMixin):
        return None
    slug = narrow(one_line(request.POST.get("new_slug", ""))).strip()
    asked = request.POST.get("new_parent_page", "")
    found = Page.objects.filter(pk=asked).first() if asked.isdecimal() and asked.isascii() else None
    parent = found or page.get_parent()  # what is no key its field refuses
    if not slug_is_taken(slug, parent, page_copy()):
        return None
    messages.error(request, _("Another page of this section already uses the address “%(slug)s”.") % {"slug": slug})
    return redirect("wagtailadmin_pages:copy", page.pk)


def page_copy() -> Page:
    """Stands for the copy, which will have a translation key of its own."""
    return Page()
