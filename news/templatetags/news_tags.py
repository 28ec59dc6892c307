from datetime import datetime, timedelta
from typing import Any

from django import template
from wagtail.models import Page

from home.chrome import chrome_of
from home.languages import Language, current_language
from home.models import HomePage
from home.renditions import with_renditions
from news.models import ArticlePage, PartnerPage
from news.models.querysets import ArticleQuerySet
from news.models.released import models_with, newest_of
from news.share import share_of

register = template.Library()

LATEST = 7
HELD_BACK = timedelta(minutes=1)


@register.simple_tag
def latest_articles(home: HomePage) -> list[Page]:
    """The newest news of a language, with their pictures."""
    news = [model.objects.in_language(home.locale).released().for_lists() for model in models_with("lists")]
    articles = newest_of([pages.newest_first() for pages in news], LATEST)
    with_renditions([article.lead_image for article in articles])
    return articles


@register.simple_tag
def partners_of(home: HomePage) -> list[PartnerPage]:
    partners = PartnerPage.objects.in_language(home.locale).released().for_reading()
    partners = sorted(partners.defer("body"), key=lambda partner: partner.sort_key)
    with_renditions([partner.logo for partner in partners])
    return partners


@register.simple_tag
def articles_naming(partner: PartnerPage) -> list[ArticlePage]:
    """The articles in the profile's language that name the partner, newest first, with their pictures."""
    articles = ArticlePage.objects.naming(partner).in_language(partner.locale).released().for_lists().newest_first()
    articles = list(articles)
    with_renditions([article.lead_image for article in articles])
    return articles


@register.simple_tag
def articles_naming_elsewhere(partner: PartnerPage) -> ArticleQuerySet:
    """Those that are there in the other language alone."""
    named = ArticlePage.objects.naming(partner).released()
    here = named.in_language(partner.locale).values("translation_key")
    others = named.exclude(locale=partner.locale).exclude(translation_key__in=here)
    return others.for_lists().newest_first()


@register.simple_tag
def publisher(language: Language) -> str:
    """The organisation's name in a language."""
    home = chrome_of(language).home
    return home.organisation if home else ""


@register.simple_tag
def late_translation(article: Page, other: Page | None) -> datetime | None:
    """When this version came out, if the other had been public for a while."""
    if other is None or not article.first_published_at or not other.first_published_at:
        return None
    return article.first_published_at if article.first_published_at - other.first_published_at > HELD_BACK else None


@register.inclusion_tag("news/includes/share.html")
def share(article: ArticlePage) -> dict[str, Any]:
    return {"share": share_of(article), "source": article.source or publisher(current_language())}
