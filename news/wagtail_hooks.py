from django.urls import include, path
from wagtail import hooks

from news.release import trail
from news.release.views import doors, translation
from news.translation import stock


@hooks.register("register_admin_urls")
def register_admin_urls():
    urls = [path("translations/<int:page_id>/submit/", translation.submit, name="submit_translation")]
    return [path("newsroom/", include((urls, "newsroom")))]


@hooks.register("register_admin_urls", order=-10)
def register_doors():
    """The first match wins: these stand in front of wagtail-localize's addresses."""
    translate, segment = "localize/translate/<int:translation_id>/", "<int:string_segment_id>"
    locked = doors.unless_locked
    return [
        path("localize/submit/page/<int:page_id>/", doors.start),
        path("localize/update/<int:translation_source_id>/", doors.update),
        path("localize/page/<int:page_id>/convert_to_alias/", doors.convert_to_alias),
        path(f"{translate}strings/{segment}/edit/", locked(stock.edit_string_translation)),
        path(f"{translate}overrides/<int:overridable_segment_id>/edit/", locked(stock.edit_override)),
        path(f"{translate}pofile/upload/", locked(stock.upload_pofile)),
        path(f"{translate}machine_translate/", locked(stock.machine_translate)),
        path(f"{translate}disable/", doors.stop),
    ]


hooks.register("register_log_actions", trail.register)
hooks.register("before_edit_page", doors.before_edit_page, order=-10)
hooks.register("before_copy_page", doors.before_copy_page)
hooks.register("before_delete_page", doors.before_delete_page)
hooks.register("construct_page_action_menu", doors.construct_page_action_menu)
