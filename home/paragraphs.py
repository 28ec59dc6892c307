"""A running text taken apart into paragraphs, each with a path of its own where another says the same.

localize keeps a translation by path and words, and gives all paragraphs of a text one path: what was written for the
second of two equal ones stood at the first as well. The first keeps that path, and with it the translation it has.
"""

import re
from collections import Counter
from typing import Any

from wagtail import blocks
from wagtail.rich_text import RichText
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import StreamFieldSegmentExtractor
from wagtail_localize.segments.ingest import StreamFieldSegmentsWriter

AGAIN = re.compile(r"\.again-\d+$")
STOCK = blocks.RichTextBlock()


def segments_of(html: str | None) -> list[Any]:
    """As localize takes it apart, but for the paths of what comes again."""
    segments = StreamFieldSegmentExtractor(None).handle_block(STOCK, RichText(html))
    said: Counter[str] = Counter()
    for number, segment in enumerate(segments):
        if isinstance(segment, StringSegmentValue):
            said[segment.string.data] += 1
            if said[segment.string.data] > 1:
                segments[number] = segment.wrap(f"again-{said[segment.string.data]}")
    return segments


def put_together(segments: list[Any]) -> str:
    """By their order alone."""
    return StreamFieldSegmentsWriter(None, None, None).handle_block(STOCK, None, segments).source


def text_path(path: str) -> str:
    """Of the text that a paragraph stands in: the same for all of them."""
    return AGAIN.sub("", path)
