from datetime import datetime, timedelta
from typing import Any

from django import template
from wagtail.models import Page

from home.chrome import chrome_of
from home.languages import Language, current_language
from home.models import HomePage
from home.renditions import with_renditions
from news.models import ArticlePage, PartnerPage
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
    partners = PartnerPage.objects.everybody(home.locale).for_reading()
    partners = sorted(partners.defer("body"), key=lambda partner: partner.sort_key)
    with_renditions([partner.logo for partner in partners])
    return partners


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
