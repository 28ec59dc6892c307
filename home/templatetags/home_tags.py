from dataclasses import replace
from datetime import datetime
from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.documents.models import AbstractDocument
from wagtail.models import Page
from wagtail.templatetags.wagtailcore_tags import richtext

from home import attachments, clock, forms_told, languages, links, renditions, seo
from home.chrome import Chrome, chrome_of
from home.elsewhere import Elsewhere, version_elsewhere
from home.images import CustomImage
from home.languages import Words
from home.refusing import is_admin
from home.search.highlight import Pieces

register = template.Library()


@register.simple_tag
def chrome() -> Chrome:
    """What stands around the content, in the language being read."""
    return chrome_of(languages.current_language())


@register.simple_tag
def admin_name() -> Words:
    return settings.WAGTAIL_SITE_NAME


@register.inclusion_tag("wagtailadmin/shared/headers/slim_header.html")
def admin_head(title: Words, icon: str, *above: Words) -> dict[str, Any]:
    """Wagtail's header for a page of our own. `above`: label and address of each page above it, the desk apart.

    The desk itself has no title.
    """
    steps = (_("Desk"), reverse("wagtailadmin_home"), *above, *([title, ""] if title else []))
    crumbs = [{"label": label, "url": url} for label, url in zip(steps[::2], steps[1::2], strict=True)]
    return {"title": title or _("Desk"), "icon_name": icon, "breadcrumbs_items": crumbs}


@register.simple_tag
def is_read_only() -> bool:
    return settings.READ_ONLY


@register.simple_tag(takes_context=True)
def told_forms(context: Context) -> dict[str, Any]:
    return forms_told.told(context.get("request"))


@register.simple_tag
def current_language() -> languages.Language:
    return languages.current_language()


@register.inclusion_tag("includes/head_tags.html", takes_context=True)
def head_tags(context: Context) -> dict[str, Any]:
    page = context.get("page")
    is_preview = getattr(context.get("request"), "is_preview", False)
    return {"head": seo.head(page) if page and page.live and not is_preview else None}


@register.inclusion_tag("includes/photo.html", takes_context=True)
def photo(
    context: Context, image: CustomImage | None, place: str, alt: str = "", eager: bool | str = False
) -> dict[str, Any]:
    """An image at one of `home.renditions.SLOTS`. Who looks at what is being written has it drawn, no reader has."""
    request = context.get("request")
    make = request is not None and (getattr(request, "is_preview", False) or is_admin(request))
    return {"photo": image and renditions.photo(image, place, make), "alt": alt, "eager": eager}


@register.simple_tag(takes_context=True)
def text_of(context: Context, page: Page, value: Any) -> str:
    """A block or a rich text of a page: its documents are found at the page's addresses, but in a preview.

    Its links into the other language say so.
    """
    is_preview = getattr(context.get("request"), "is_preview", False)
    with attachments.reading(None if is_preview else page):
        if hasattr(value, "render_as_block"):
            html = value.render_as_block(context=context.flatten())
        else:
            html = richtext(value)
    return links.marked(html, languages.language_of(page))


@register.simple_tag
def attachment(document: AbstractDocument) -> attachments.Attachment:
    """Where readers of the page get a document, and what they are told of it."""
    return attachments.attachment(document)


@register.inclusion_tag("includes/switcher.html", takes_context=True)
def switcher(context: Context) -> dict[str, Any]:
    """Both languages by name; the other one leads to the same page, or says before the click why there is none.

    Where both can be read beside each other, a third link leads there, or back.
    """
    here = languages.current_language()
    there = languages.other_language(here)
    article, other = context.get("article"), context.get("other")
    page, query = context.get("page"), context.get("switch_query") or ""
    beside = ""
    if article and other:  # both are on the page: the same, the other way round
        switch, beside = Elsewhere(f"{other.url}bilingual/"), article.url
    elif context.get("is_search"):
        switch = Elsewhere(f"{there.home_url}search/", query=query)
    elif page and page.live and page.url:  # a page that is being written has no address yet
        switch = replace(version_elsewhere(page, there), query=query)
        if switch.is_there and "/bilingual/" in getattr(page, "get_route_paths", list)():
            beside = f"{page.url}bilingual/"
    else:
        switch = context.get("switch") or Elsewhere(there.home_url)
    return {
        "languages": languages.LANGUAGES.values(),
        "here": here,
        "switch": switch,
        "beside": beside,
        "is_beside": bool(article and other),
    }


@register.simple_tag
def other_version(page: Page) -> Page | None:
    """The page's live version in the other language, or None."""
    if not page.live:
        return None
    return languages.other_version(page)


@register.filter
def language(page: Page) -> languages.Language:
    """The Language a page is written in."""
    return languages.language_of(page)


@register.filter
def marks(pieces: Pieces) -> SafeString:
    """A text in pieces, with `<mark>` around the hits."""
    return mark_safe("".join(f"<mark>{escape(piece)}</mark>" if is_hit else escape(piece) for piece, is_hit in pieces))  # noqa: S308


@register.filter
def lang(page: Page) -> str:
    """A `lang` attribute where the page is not in the language being read: ` lang="zh-Hans"`, else nothing."""
    written_in = languages.language_of(page)
    return "" if written_in == languages.current_language() else format_html(' lang="{}"', written_in.tag)


@register.simple_tag
def dateline(moment: datetime | None, date_only: bool = False) -> str:
    """`<time>` by the site's clock; midnight stands for a date without a time."""
    if moment is None:
        return ""
    local = clock.local(moment)
    if date_only or (local.hour, local.minute) == (0, 0):
        return time_element(local, date_format(local, "DATE_FORMAT"))
    return time_element(local, clock.words(local))


@register.simple_tag
def moment(moment: datetime | None) -> str:
    """`<time>` with its time of day, which may be midnight, and the zone's name."""
    return time_element(moment, clock.words(moment)) if moment else ""


@register.simple_tag
def short_moment(moment: datetime) -> str:
    """As `moment` for a list of many: the zone is in its `title`."""
    return time_element(moment, clock.short(moment), clock.words(moment))


@register.simple_tag
def clock_zone() -> str:
    """For scripts: `Asia/Shanghai`."""
    return settings.TIME_ZONE


@register.simple_tag
def clock_name() -> str:
    """`Beijing time`"""
    return clock.name()


def time_element(moment: datetime, words: str, title: str = "") -> str:
    more = format_html(' title="{}"', title) if title else ""
    return format_html(
        '<time datetime="{}"{}>{}</time>', clock.local(moment).isoformat(timespec="seconds"), more, words
    )
