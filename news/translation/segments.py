"""What the translation editor is told of its segments beyond what wagtail-localize says."""

import re
from collections.abc import Callable
from datetime import datetime
from difflib import SequenceMatcher
from html import unescape
from typing import TypeVar

from django.db import transaction
from django.utils.formats import date_format
from django.utils.html import escape, strip_tags
from django.utils.translation import gettext as _
from wagtail_localize.models import SegmentOverride, StringSegment, StringTranslation, Translation

from home import clock

from .drafts import MACHINE
from .library import TOOL
from .offline import TOOL as OF_A_FILE

WORDS = re.compile(r"\w+|\s+|[^\w\s]", re.ASCII)
"""A Latin word, white space, or one character of anything else: Chinese is compared character by character."""
LINE_BREAK = re.compile(r"<br\s*/?>")
NOTHING = "none"
Answer = TypeVar("Answer")


def marked_changes(before: str, after: str) -> str:
    """HTML of a text with what went and what came, as <del> and <ins>."""
    old, new = (WORDS.findall(unescape(strip_tags(LINE_BREAK.sub("\n", text)))) for text in (before, after))
    parts: list[str] = []
    for kind, *(start, end, new_start, new_end) in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = "".join(old[start:end]), "".join(new[new_start:new_end])
        if kind == "equal":
            parts.append(escape(come))
        else:
            parts += [f"<del>{seen(gone)}</del>"] * bool(gone) + [f"<ins>{seen(come)}</ins>"] * bool(come)
    return "".join(parts)


BLANKS = {" ": "␣", "\u3000": "□", "\xa0": "⍽", "\t": "⇥", "\n": "↵\n"}
INVISIBLE = re.compile("[\xad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")


def seen(words: str) -> str:
    """HTML of what went or came: where that is blank, signs stand for the blanks; what has no width by its number."""
    if not words.strip():
        words = "".join(BLANKS.get(sign, "␣") for sign in words)
    return str(escape(INVISIBLE.sub(lambda sign: f"[U+{ord(sign[0]):04X}]", words)))


def last_change(translation: Translation | None) -> datetime | None:
    """When a segment or an override of a translation was last saved, or None; `translation` may be None."""
    if translation is None:
        return None
    within = {"context__object_id": translation.source.object_id, "locale": translation.target_locale}
    newest = [
        model.objects.filter(**within).order_by("-updated_at").values_list("updated_at", flat=True).first()
        for model in (StringTranslation, SegmentOverride)
    ]
    return max(filter(None, newest), default=None)


def keys_of(translation: Translation) -> list[int]:
    """[id of a segment], from top to bottom."""
    return list(translation.source.stringsegment_set.order_by("order").values_list("pk", flat=True))


def sources_of(translation: Translation) -> dict[int, str]:
    """{id of a segment: HTML of the original}"""
    return dict(translation.source.stringsegment_set.values_list("pk", "string__data"))


def translations_of(translation: Translation) -> dict[int, StringTranslation | None]:
    """{id of a segment: its StringTranslation, or None}"""
    saved = {
        (found.translation_of_id, found.context_id): found
        for found in StringTranslation.objects.filter(
            context__object_id=translation.source.object_id, locale=translation.target_locale
        )
    }
    return {
        segment.pk: saved.get((segment.string_id, segment.context_id))
        for segment in translation.source.stringsegment_set.all()
    }


def offered(translation: Translation) -> list[int]:
    """[id of a segment] whose words are the library's, and that nobody has read."""
    return [
        key
        for key, found in translations_of(translation).items()
        if found is not None and found.tool_name == TOOL and found.translation_type == MACHINE
    ]


def comment_of(string_translation: StringTranslation) -> str:
    """How and when it came about. localize writes dates in English whoever reads."""
    details = {
        "date": date_format(clock.local(string_translation.updated_at), "DATE_FORMAT"),
        "tool": string_translation.tool_name,
    }
    if string_translation.translation_type == MACHINE:
        is_library = string_translation.tool_name == TOOL
        return (
            _("From the picture library, unchecked") if is_library else _("Machine draft, unchecked, %(date)s")
        ) % details
    if string_translation.tool_name == OF_A_FILE:
        return _("From a PO file, %(date)s") % details
    if string_translation.tool_name:
        return _("From %(tool)s, %(date)s") % details
    return _("Translated by hand, %(date)s") % details


def stamp_of(string_translation: StringTranslation | None) -> str:
    """What a translation is known by, until somebody saves another."""
    return f"{string_translation.pk}-{string_translation.updated_at.timestamp():.6f}" if string_translation else NOTHING


@transaction.atomic
def saved_unless_changed(
    translation_id: int, segment_id: int, known: str | None, save: Callable[[], Answer]
) -> tuple[Answer | None, StringTranslation | None]:
    """Call `save()` unless somebody saved other words since the one who sends them saw the segment as `known`.

    Returns (the response of `save` or None, the StringTranslation there is then).
    """
    translation = Translation.objects.select_for_update().filter(pk=translation_id).first()
    current = translation_at(translation, segment_id)
    if known and known != stamp_of(current):
        return None, current
    response = save()
    return response, translation_at(translation, segment_id)


def translation_at(translation: Translation | None, segment_id: int) -> StringTranslation | None:
    segment = StringSegment.objects.filter(pk=segment_id).first()
    if translation is None or segment is None:
        return None
    return StringTranslation.objects.filter(
        translation_of_id=segment.string_id, context_id=segment.context_id, locale=translation.target_locale
    ).first()
