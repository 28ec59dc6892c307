from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Permission, User
from django.db.models import QuerySet
from django.http import HttpRequest
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
from home.taken_down import still_there
from news import trail
from news.admin import (
    about,
    act,
    amend_screen,
    bulk,
    calendar,
    calendar_feed,
    cascades,
    correction_screen,
    digest,
    duplicate,
    elsewhere,
    files,
    findings,
    identity,
    library_words,
    listing,
    localize_guards,
    menu,
    offline,
    onward,
    people,
    preview,
    release_page,
    releases_bulk,
    reports,
    stage_names,
    undelivered,
)
from news.admin.desk import construct_homepage_panels
from news.admin.glossary import GlossaryViewSet
from news.admin.releases import ReleasesView
from news.admin.review_rules import ReviewRuleViewSet
from news.admin.topics import TopicViewSet, before_delete_topics
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
        path("", ReleasesView.as_view(), name="releases"),
        path("results/", ReleasesView.as_view(results_only=True), name="results"),
        path("elsewhere/", elsewhere.elsewhere, name="elsewhere"),
        path("next/", onward.skip, name="next"),
        path("library-words/<int:page_id>/", library_words.words, name="library_words"),
        path("<int:release_id>/", release_page.release, name="release"),
        path("<int:release_id>/trail.csv", listing.trail_csv, name="trail"),
        path("<int:release_id>/sheet/", listing.sign_off_sheet, name="sheet"),
        path("<int:release_id>/correct-texts/", correction_screen.correct, name="correct"),
        path("<int:release_id>/amend-texts/", amend_screen.amend, name="amend"),
        path("<int:release_id>/duplicate/", duplicate.duplicate, name="duplicate"),
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
    persons = [
        path("", people.roster, name="roster"),
        path("<int:user_id>/hand-over/", people.hand_over, name="hand_over"),
        path("acting/", people.name_acting, name="name_acting"),
        path("acting/<int:key>/end/", people.end_acting, name="end_acting"),
        path("duty/", people.put_on_duty, name="put_on_duty"),
        path("duty/<int:key>/end/", people.take_off_duty, name="take_off_duty"),
    ]
    library = [
        path("<slug:kind>/<int:key>/replace/", files.replace, name="replace"),
        path("<slug:kind>/<int:key>/take-down/", files.take_down, name="take_down"),
        path("replacements/<int:replacement_id>/", files.replacement, name="replacement"),
        path("replacements/<int:replacement_id>/agree/", files.agree, name="agree"),
        path("replacements/<int:replacement_id>/drop/", files.drop, name="drop"),
    ]
    return [
        path("releases/", include((releases, "newsroom_releases"))),
        path("files/", include((library, "newsroom_files"))),
        path("people/", include((persons, "newsroom_people"))),
        path("calendar/", calendar.calendar, name="newsroom_calendar"),
        path("calendar/subscribe/", calendar_feed.subscribe, name="newsroom_calendar_subscribe"),
        *reports.SettledReport.paths("settled"),
        *reports.JobReport.paths("jobs"),
        path("notices/try-again/", undelivered.try_again, name="newsroom_try_again"),
        path("notices/read/", undelivered.read, name="newsroom_notices_read"),
        path("identity/", identity.identity, name="newsroom_identity"),
        path("about/", about.AboutView.as_view(), name="newsroom_about"),
        path("partners/", menu.partners, name="newsroom_partners"),
    ]


@hooks.register("register_admin_menu_item")
def register_releases_menu_item() -> MenuItem:
    return MenuItem(_("Releases"), reverse("newsroom_releases:releases"), name="releases", icon_name="doc-full-inverse")


@hooks.register("register_admin_menu_item")
def register_calendar_menu_item() -> MenuItem:
    return MenuItem(_("Calendar"), reverse("newsroom_calendar"), name="calendar", icon_name="calendar-alt")


@hooks.register("register_reports_menu_item")
def register_settled_menu_item() -> ReportMenuItem:
    return ReportMenuItem(reports.SettledReport, name="settled", order=1280)


@hooks.register("register_reports_menu_item")
def register_jobs_menu_item() -> ReportMenuItem:
    return ReportMenuItem(reports.JobReport, name="jobs", order=1290)


@hooks.register("register_settings_menu_item")
def register_identity_menu_item() -> MenuItem:
    return identity.IdentityMenuItem(
        _("Identity"), reverse("newsroom_identity"), name="identity", icon_name="site", order=190
    )


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
        path(f"{translate}pofile/upload/", offline.upload_pofile),
        path(f"{translate}machine_translate/", locked(upstream.machine_translate)),
        path(f"{translate}disable/", localize_guards.stop),
    ]


@hooks.register("register_admin_urls", order=-10)
def register_library_doors() -> list[URLPattern]:
    """In front of Wagtail's: they tell which releases show a file."""
    return [
        path("images/<int:image_id>/delete/", files.ImageDeleteView.as_view()),
        path("images/usage/<int:image_id>/", files.ImageUsageView.as_view()),
        path("documents/delete/<int:document_id>/", files.DocumentDeleteView.as_view()),
        path("documents/usage/<int:document_id>/", files.DocumentUsageView.as_view()),
    ]


@hooks.register("construct_image_chooser_queryset")
@hooks.register("construct_document_chooser_queryset")
def leave_out_what_is_taken_down(files: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
    return still_there(files)


@hooks.register("insert_global_admin_css")
def insert_global_admin_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("news/admin.css"))


@hooks.register("insert_editor_js")
def insert_editor_js() -> SafeString:
    scripts = ["news/admin.js", "news/findings.js"]  # what they share comes first
    words = reverse("newsroom_releases:library_words", args=[0])
    return format_html(
        '{}<script src="{}" data-words="{}"></script>',
        format_html_join("", '<script src="{}"></script>', ((static(path),) for path in scripts)),
        static("news/pictures.js"),
        words,
    )


register_snippet(GlossaryViewSet)
register_snippet(TopicViewSet)
register_snippet(ReviewRuleViewSet)
hooks.register("register_account_settings_panel", digest.DigestPanel)
hooks.register("register_account_settings_panel", calendar_feed.FeedsPanel)
hooks.register("register_log_actions", trail.register)
hooks.register("register_log_actions", trail.call_stages_by_name, order=100)  # after Wagtail's own
hooks.register("register_log_actions", importing.register)
hooks.register("after_edit_snippet", elsewhere.after_edit_term)
hooks.register("before_edit_page", localize_guards.before_edit_page, order=-10)
hooks.register("before_create_page", localize_guards.before_create_page)
hooks.register("after_create_page", localize_guards.after_submission)
hooks.register("after_edit_page", localize_guards.after_submission)
hooks.register("before_copy_page", localize_guards.before_copy_page)
hooks.register("before_delete_snippet", before_delete_topics)
hooks.register("before_delete_page", cascades.before_delete_page)
hooks.register("before_move_page", cascades.before_move_page)
hooks.register("before_bulk_action", files.before_bulk_action)
hooks.register("before_bulk_action", people.before_bulk_action)
hooks.register("before_delete_user", people.before_delete_user)
for action in [*bulk.ACTIONS, *releases_bulk.ACTIONS]:
    hooks.register("register_bulk_action", action, order=100)  # after Wagtail's of the same name
hooks.register("construct_homepage_panels", construct_homepage_panels)
hooks.register("register_admin_menu_item", menu.desk_item)
hooks.register("register_admin_menu_item", menu.partners_item)
hooks.register("construct_main_menu", menu.arrange)
hooks.register("construct_help_menu", menu.leave_out_upstreams)
hooks.register("construct_page_action_menu", localize_guards.construct_page_action_menu)
hooks.register(
    "construct_explorer_page_queryset",
    lambda parent_page, pages, request: translation_listing.with_translations(pages),
)
cascades.install()
stage_names.install()
translation_listing.install()
