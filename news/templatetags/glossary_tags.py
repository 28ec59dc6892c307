from typing import Any

from django import template
from django.template import Context
from django.utils.translation import gettext as _

from home import clock
from home.languages import CHINESE, language_of
from news.glossary.facts import facts_of
from news.translation import segments
from news.translation.sync import Translation

from .news_admin import is_locked

register = template.Library()


@register.simple_tag(takes_context=True)
def glossary_facts(context: Context, translation: Translation) -> dict[str, Any]:
    """What news/glossary.js shows under the paragraphs of a translation."""
    page = context["instance"]
    date = getattr(page, "date", None)
    target = language_of(page)
    return {
        **facts_of(segments.sources_of(translation), target == CHINESE, clock.day(date) if date else None),
        "from": language_of(translation.source).tag,
        "to": target.tag,
        "locked": is_locked(context),
        "words": {
            "glossary": _("Glossary"),
            "insert": _("Insert “%s”"),
            "never": _("Do not use"),
            "office": _("Office: insert “%s”"),
        },
    }
