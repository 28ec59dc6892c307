from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth.models import Permission, User
from django.db.models import QuerySet
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from home.languages import Language, language_of
from home.reports import ReportMenuItem
from news import trail
from news.admin import (
    about,
    act,
    correction_screen,
    elsewhere,
    findings,
    listing,
    localize_guards,
    preview,
    release_page,
    reports,
)
from news.admin.desk import construct_homepage_panels
from news.admin.glossary import GlossaryViewSet
from news.admin.topics import TopicViewSet
from news.glossary import importing
from news.models import NewsIndexPage
from news.models.facets import facets_of
from news.models.review import is_released
from news.pair.pair import release_of
from news.translation import listing as translation_listing
from news.translation import upstream


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern | URLResolver]:
    releases = [
        path("", listing.releases, name="releases"),
        path("elsewhere/", elsewhere.elsewhere, name="elsewhere"),
        path("<int:release_id>/", release_page.release, name="release"),
        path("<int:release_id>/trail.csv", listing.trail_csv, name="trail"),
        path("<int:release_id>/sheet/", listing.sign_off_sheet, name="sheet"),
        path("<int:release_id>/correct-texts/", correction_screen.correct, name="correct"),
        path("<int:release_id>/findings/", findings.findings, name="findings"),
        path("<int:release_id>/findings/waive/", findings.waive_one, name="waive"),
        path("<int:release_id>/findings/reopen/", findings.reopen, name="reopen"),
        path("<int:release_id>/findings/mend/", findings.mend_some, name="mend"),
        path("<int:release_id>/findings/segment/<int:segment_id>/", findings.segment, name="findings_of_segment"),
        path("<int:release_id>/preview/", preview.preview, name="preview"),
        path("<int:release_id>/preview/stamps/", preview.stamps, name="stamps"),
        path("<int:release_id>/preview/<slug:language>/", preview.draft, name="draft"),
        path("<int:release_id>/<slug:name>/", act.act, name="act"),
    ]
    return [
        path("releases/", include((releases, "newsroom_releases"))),
        *reports.SettledReport.paths("settled"),
        *reports.JobReport.paths("jobs"),
        path("about/", about.AboutView.as_view(), name="newsroom_about"),
    ]


@hooks.register("register_admin_menu_item")
def register_releases_menu_item() -> MenuItem:
    return MenuItem(
        _("Releases"), reverse("newsroom_releases:releases"), name="releases", icon_name="doc-full-inverse", order=150
    )


@hooks.register("register_reports_menu_item")
def register_settled_menu_item() -> ReportMenuItem:
    return ReportMenuItem(reports.SettledReport, name="settled", order=1280)


@hooks.register("register_reports_menu_item")
def register_jobs_menu_item() -> ReportMenuItem:
    return ReportMenuItem(reports.JobReport, name="jobs", order=1290)


@hooks.register("register_help_menu_item")
def register_version_menu_item() -> MenuItem:
    name = f"Newsroom {settings.VERSION}"
    return MenuItem(name, reverse("newsroom_about"), name="about", icon_name="info-circle", order=900)


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission]:
    """What an administrator may give to a group, beside the snippets' own."""
    return Permission.objects.filter(content_type__app_label="news", codename__in=["view_waiver", "view_job"])


@hooks.register("newsroom_suggestions")
def suggest_topics(words: str, language: Language) -> list[str]:
    """Topics of released articles whose name begins with what is typed; before anything is, all."""
    # Few, so that all are read: a condition or an order would send SQLite through the tree of all pages.
    sections = NewsIndexPage.objects.order_by().select_related("locale")
    sections = [section for section in sections if section.live and language_of(section) == language]
    topics = [topic.name for section in sections for topic in facets_of(section).topics.values()]
    return [name for name in topics if name.casefold().startswith(words.casefold())]


@hooks.register("register_page_header_buttons")
def register_release_button(
    page: Page, user: User, view_name: str | None = None, next_url: str | None = None
) -> Iterator[Button]:
    if is_released(page):
        yield Button(
            _("Release"),
            reverse("newsroom_releases:release", args=[release_of(page).pk]),
            icon_name="doc-full-inverse",
            priority=5,
        )


@hooks.register("register_admin_urls", order=-10)
def register_doors() -> list[URLPattern]:
    """The first match wins: these stand in front of wagtail-localize's addresses."""
    translate, segment = "localize/translate/<int:translation_id>/", "<int:string_segment_id>"
    locked = localize_guards.unless_locked
    return [
        path("localize/submit/page/<int:page_id>/", localize_guards.start),
        path("localize/update/<int:translation_source_id>/", localize_guards.update),
        path("localize/page/<int:page_id>/convert_to_alias/", localize_guards.convert_to_alias),
        path(f"{translate}strings/{segment}/edit/", localize_guards.edit_string_translation),
        path(f"{translate}overrides/<int:overridable_segment_id>/edit/", locked(upstream.edit_override)),
        path(f"{translate}pofile/upload/", localize_guards.upload_pofile),
        path(f"{translate}machine_translate/", locked(upstream.machine_translate)),
        path(f"{translate}disable/", localize_guards.stop),
    ]


@hooks.register("insert_global_admin_css")
def insert_global_admin_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("news/admin.css"))


@hooks.register("insert_editor_js")
def insert_editor_js() -> SafeString:
    scripts = ["news/admin.js", "news/findings.js"]  # what they share comes first
    return format_html_join("", '<script src="{}"></script>', ((static(path),) for path in scripts))


register_snippet(GlossaryViewSet)
register_snippet(TopicViewSet)
hooks.register("register_log_actions", trail.register)
hooks.register("register_log_actions", importing.register)
hooks.register("after_edit_snippet", elsewhere.after_edit_term)
hooks.register("before_edit_page", localize_guards.before_edit_page, order=-10)
hooks.register("before_create_page", localize_guards.before_create_page)
hooks.register("after_create_page", localize_guards.after_submission)
hooks.register("after_edit_page", localize_guards.after_submission)
hooks.register("before_copy_page", localize_guards.before_copy_page)
hooks.register("before_delete_page", localize_guards.before_delete_page)
hooks.register("construct_homepage_panels", construct_homepage_panels)
hooks.register("construct_page_action_menu", localize_guards.construct_page_action_menu)
hooks.register(
    "construct_explorer_page_queryset",
    lambda parent_page, pages, request: translation_listing.with_translations(pages),
)
translation_listing.install()
