"""The translated page, made from its segments."""

import json

from django.db.models import Q

from news.blocks import link_is_allowed, recording_is_allowed


def open_segments(translation):
    """How many segments have no translation yet, or one that localize found faulty."""
    segments = translation.source.stringsegment_set.annotate_translation(translation.target_locale)
    return segments.filter(Q(translation=None) | Q(translation="")).count()


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
    instance = translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
    return instance.save_revision(user=user)
