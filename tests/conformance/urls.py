"""The site's addresses, and the uploaded files that a web server in front of it would serve."""

from django.conf import settings
from django.urls import path
from django.views.static import serve

from newsroom.urls import urlpatterns as of_the_site

urlpatterns = [
    path(f"{settings.MEDIA_URL.strip('/')}/<path:path>", serve, {"document_root": settings.MEDIA_ROOT}),
    *of_the_site,
]
