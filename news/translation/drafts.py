"""The translated page, made from its segments, and what is still missing in them."""

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q
from wagtail_localize.models import StringTranslation

from home.gate import BOOKKEEPING
from news.blocks import link_is_allowed, recording_is_allowed

NO_CONTENT = BOOKKEEPING | {
    # Of a revision: what else says nothing of its content.
    "first_published_at",
    "last_published_at",
    "live",
    "live_revision",
    "url_path",
    "wagtail_admin_comments",
}


def without_translation(translation):
    """The segments that have no translation yet, or one that localize found faulty."""
    segments = translation.source.stringsegment_set.annotate_translation(translation.target_locale)
    return segments.filter(Q(translation=None) | Q(translation=""))


def open_segments(translation):
    return without_translation(translation).count()


def open_numbers(translation):
    """Which are open, as `texts_of` numbers them: the texts of one block share their path."""
    waiting = set(without_translation(translation).values_list("pk", flat=True))
    keys = translation.source.stringsegment_set.order_by("order").values_list("pk", flat=True)
    return {number for number, key in enumerate(keys) if key in waiting}


def machine_segments(translation):
    """How many segments a machine translated and no person has accepted."""
    translated = translation.source.stringsegment_set.get_translations(translation.target_locale)
    return translated.filter(translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE).count()


def translators(translation):
    """Primary keys of the users who last wrote a segment."""
    translated = translation.source.stringsegment_set.get_translations(translation.target_locale)
    return set(translated.exclude(last_translated_by=None).values_list("last_translated_by", flat=True))


def refused_links(translation):
    """Addresses that a translator put in place of the source's and that a page must not lead to.

    localize stores them as they come; the blocks' own validation never sees them.
    """
    overrides = translation.source.overridablesegment_set.get_overrides(translation.target_locale)
    refused = []
    for override in overrides.select_related("context"):
        address = json.loads(override.data_json)
        if isinstance(address, str):
            is_recording = override.context.path.endswith(".url")
            if not (recording_is_allowed(address) if is_recording else link_is_allowed(address)):
                refused.append(address)
    return refused


def save_draft(translation, user=None):
    """Make a new draft revision of the target page from the segments and return it.

    Not `save_target(publish=False)`: on a live page that writes the unreviewed text into the public row.
    """
    return translated_page(translation).save_revision(user=user)


def refresh_draft(translation, user=None):
    """The latest revision of the target page; a new one if segments or shared fields say something else by now."""
    made = translated_page(translation)
    latest = made.get_latest_revision()
    if latest is not None and content_of(latest.content) == content_of(as_stored(made)):
        return latest
    return made.save_revision(user=user)


def translated_page(translation):
    return translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)


def as_stored(page):
    return json.loads(json.dumps(page.serializable_data(), cls=DjangoJSONEncoder))


def content_of(data):
    """Revision content without what says nothing of it."""
    kept = {name: value for name, value in data.items() if name not in NO_CONTENT}
    for name, value in kept.items():
        if isinstance(value, list):  # inlines, whose rows are made anew by each publishing
            kept[name] = [{key: part for key, part in row.items() if key != "pk"} for row in value]
    return kept
