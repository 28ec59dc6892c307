from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from home import media, sitemaps, views
from home.search import views as search
from news.admin import calendar_feed
from news.sitemaps import news_sitemap

urlpatterns = [
    path("", views.negotiate, name="front_door"),
    path("cms/second-factor/", include("home.accounts.urls")),
    path("cms/calendar/<str:token>.ics", calendar_feed.feed, name="newsroom_calendar_feed"),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/<int:number>/<str:file_name>", media.library_document),
    path("documents/", include(wagtaildocs_urls)),
    path("robots.txt", sitemaps.robots),
    path("sitemap.xml", sitemaps.sitemap),
    path("sitemap-pages.xml", sitemaps.sitemap_part, name="sitemap_part"),
    path("news-sitemap.xml", news_sitemap),
    path(f"{settings.MEDIA_URL.strip('/')}/<path:name>", media.media, name="media"),
]

urlpatterns += i18n_patterns(
    path("", include("news.urls")),
    path("files/<uuid:key>/<int:number>/<str:file_name>", media.document, name="release_file"),
    path("search/", search.search, name="search"),
    path("search/suggestions/", search.suggest, name="search_suggestions"),
    path("", include(wagtail_urls.urlpatterns[:-1])),
    # Wagtail's own pattern, answered by our view: a page without a version in this language says so.
    re_path(wagtail_urls.serve_pattern, views.serve, name="wagtail_serve"),
)

handler500 = "home.outage.server_error"
