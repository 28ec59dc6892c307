"""`/news-sitemap.xml`: what was released in the last two days, for news search."""

from datetime import timedelta

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from news.models import ArticlePage

DAYS = 2
LIMIT = 1000


@require_safe
def news_sitemap(request):
    since = timezone.now() - timedelta(days=DAYS)
    articles = ArticlePage.objects.released().filter(date__gte=since).select_related("locale").defer("body")
    context = {"articles": articles.newest_first()[:LIMIT]}
    return render(request, "news/news_sitemap.xml", context, content_type="application/xml")
