"""`/news-sitemap.xml`: what was released in the last two days, for news search."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from news.models.released import models_with, newest_of

DAYS = 2
LIMIT = 1000


@require_safe
def news_sitemap(request: HttpRequest) -> HttpResponse:
    since = timezone.now() - timedelta(days=DAYS)
    news = [model.objects.released().filter(date__gte=since) for model in models_with("feed")]
    news = [pages.select_related("locale").defer("body").newest_first() for pages in news]
    context = {"articles": newest_of(news, LIMIT)}
    return render(request, "news/news_sitemap.xml", context, content_type="application/xml")
