from django.urls import include, path
from wagtail import hooks

from news.release.views import translation


@hooks.register("register_admin_urls")
def register_admin_urls():
    urls = [path("translations/<int:page_id>/submit/", translation.submit, name="submit_translation")]
    return [path("newsroom/", include((urls, "newsroom")))]
