from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from home import sitemaps, views
from home.search import views as search
from news.sitemaps import news_sitemap

urlpatterns = [
    path("", views.negotiate, name="front_door"),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("robots.txt", sitemaps.robots),
    path("sitemap.xml", sitemaps.sitemap),
    path("sitemap-<slug:section>.xml", sitemaps.sitemap_part, name="sitemap_part"),
    path("news-sitemap.xml", news_sitemap),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),  # with DEBUG only
]

urlpatterns += i18n_patterns(
    path("", include("news.urls")),
    path("search/", search.search, name="search"),
    path("search/suggestions/", search.suggest, name="search_suggestions"),
    path("", include(wagtail_urls.urlpatterns[:-1])),
    # Wagtail's own pattern, answered by our view: a page without a version in this language says so.
    re_path(wagtail_urls.serve_pattern, views.serve, name="wagtail_serve"),
)
