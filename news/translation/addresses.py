"""Where a page stood that is deleted since, and what it was, as far as wagtail-localize remembers."""

import json
from uuid import UUID

from wagtail.models import Page
from wagtail_localize.models import TranslationSource

from home.models import HomePage


def former_address(translation_key: UUID) -> str | None:
    """Below the home pages, as both languages have it: `news/a-week-of-clean-air`."""
    source = TranslationSource.objects.filter(object_id=translation_key).first()
    if source is None:
        return None
    url_path = json.loads(source.content_json).get("url_path") or ""
    for home in HomePage.objects.filter(locale=source.locale_id):
        if url_path.startswith(home.url_path):
            return url_path[len(home.url_path) :].strip("/") or None
    return None


def former_type(translation_key: UUID) -> type[Page] | None:
    source = TranslationSource.objects.filter(object_id=translation_key).select_related("specific_content_type").first()
    return source and source.specific_content_type.model_class()
