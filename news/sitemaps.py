"""`/news-sitemap.xml`: what was released in the last two days, for news search."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from home.characters import clean
from news.models.released import models_with, newest_of

DAYS = 2
LIMIT = 1000


@require_safe
def news_sitemap(request: HttpRequest) -> HttpResponse:
    since = timezone.now() - timedelta(days=DAYS)
    news = [model.objects.released().filter(date__gte=since) for model in models_with("feed")]
    news = [pages.select_related("locale").defer("body").newest_first() for pages in news]
    context = {"articles": newest_of(news, LIMIT)}
    written = clean(render_to_string("news/news_sitemap.xml", context, request))
    return HttpResponse(written, content_type="application/xml")
