from datetime import datetime
from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.models import Page

from home import languages, renditions, seo
from home.chrome import Chrome, chrome_of
from home.images import CustomImage
from home.languages import Words

register = template.Library()


@register.simple_tag
def chrome() -> Chrome:
    """What stands around the content, in the language being read."""
    return chrome_of(languages.current_language())


@register.simple_tag
def admin_name() -> Words:
    return settings.WAGTAIL_SITE_NAME


@register.simple_tag
def current_language() -> languages.Language:
    return languages.current_language()


@register.inclusion_tag("includes/head_tags.html", takes_context=True)
def head_tags(context: Context) -> dict[str, Any]:
    page = context.get("page")
    is_preview = getattr(context.get("request"), "is_preview", False)
    return {"head": seo.head(page) if page and page.live and not is_preview else None}


@register.inclusion_tag("includes/photo.html")
def photo(
    image: CustomImage | None, place: str, alt: str = "", make: bool = False, eager: bool | str = False
) -> dict[str, Any]:
    """An image at one of `home.renditions.SLOTS`; with `make`, renditions are made where they are missing."""
    return {"photo": image and renditions.photo(image, place, make), "alt": alt, "eager": eager}


@register.inclusion_tag("includes/switcher.html", takes_context=True)
def switcher(context: Context) -> dict[str, Any]:
    """Both languages by name; the other one leads to the same page, or says before the click that it has none."""
    here = languages.current_language()
    there = languages.other_language(here)
    page, missing = context.get("page"), context.get("missing")
    if missing:
        url, available = missing.url, True
    elif context.get("article") and context.get("other"):  # both are on the page: the same, the other way round
        url, available = f"{context['other'].url}bilingual/", True
    elif context.get("is_search"):
        url, available = f"{there.home_url}search/?{context['switch_query']}", True
    elif page and page.live and page.url:  # a page that is being written has no address yet
        version = languages.language_versions(page).get(there)
        url = version.url if version else there.home_url + page.url.removeprefix(here.home_url)
        if version and context.get("switch_query"):
            url += f"?{context['switch_query']}"
        available = version is not None
    else:
        url, available = there.home_url, True
    return {"languages": languages.LANGUAGES.values(), "here": here, "url": url, "available": available}


@register.simple_tag
def other_version(page: Page) -> Page | None:
    """The page's live version in the other language, or None."""
    if not page.live:
        return None
    return languages.language_versions(page).get(languages.other_language(languages.language_of(page)))


@register.filter
def language(page: Page) -> languages.Language:
    """The Language a page is written in."""
    return languages.language_of(page)


@register.filter
def lang(page: Page) -> str:
    """A `lang` attribute where the page is not in the language being read: ` lang="zh-Hans"`, else nothing."""
    written_in = languages.language_of(page)
    return "" if written_in == languages.current_language() else format_html(' lang="{}"', written_in.tag)


@register.simple_tag
def dateline(moment: datetime | None, date_only: bool = False) -> str:
    """`<time>` in Beijing time; midnight stands for a date without a time."""
    if moment is None:
        return ""
    local = timezone.localtime(moment, timezone.get_default_timezone())
    words = date_format(local, "DATE_FORMAT")
    if not date_only and (local.hour, local.minute) != (0, 0):
        words = _("%(date)s, %(time)s Beijing time") % {"date": words, "time": date_format(local, "TIME_FORMAT")}
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="seconds"), words)
