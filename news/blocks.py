"""The blocks of an article's body. A new kind of block is added here, with its template in templates/news/blocks/."""

from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.rich_text import RichText
from wagtail_localize.segments import StringSegmentValue

from home.languages import Words
from home.paragraphs import put_together, segments_of

# No superscript or subscript: each would cut a sentence into several segments. Write CO₂ with the character.
# No images: their alternative text could not be translated; they have a block.
PROSE_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]

EMBED_HOSTS: dict[str, Words] = {
    "www.bilibili.com": _("Bilibili"),
    "v.qq.com": _("Tencent Video"),
    "v.youku.com": _("Youku"),
    "www.youtube.com": "YouTube",
    "youtu.be": "YouTube",
    "vimeo.com": "Vimeo",
}
"""Where an embedded recording may live: host name -> the name that readers are shown."""


class ParagraphBlock(blocks.RichTextBlock):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", PROSE_FEATURES)
        super().__init__(**kwargs)

    def get_translatable_segments(self, text: RichText) -> list[Any]:
        return segments_of(text.source)

    def restore_translated_segments(self, text: RichText, segments: list[Any]) -> RichText:
        return RichText(put_together(segments))

    class Meta:
        icon = "pilcrow"
        label = _("Paragraph")
        description = _("Running text, with lists and links")
        template = "news/blocks/paragraph.html"
        preview_value = "<p>The forum opened in Shenzhen. 论坛在深圳开幕。</p>"


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Text"), max_length=120)
    level = blocks.ChoiceBlock(label=_("Level"), choices=[("h2", _("Section")), ("h3", _("Subsection"))], default="h2")

    class Meta:
        icon = "title"
        label = _("Heading")
        description = _("Opens a section or a subsection")
        template = "news/blocks/heading.html"
        preview_value = {"text": "What was agreed 达成的共识", "level": "h2"}


class ImageBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Image"))
    alt = blocks.CharBlock(
        label=_("Alternative text"),
        required=False,
        max_length=255,
        help_text=_("What the picture shows, for readers who cannot see it."),
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=500)
    decorative = blocks.BooleanBlock(
        label=_("Decorative"), required=False, help_text=_("Says nothing that the text does not say.")
    )

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Of a picture that says nothing nobody translates an alternative text."""
        cleaned = super().clean(value)
        if cleaned["decorative"]:
            cleaned["alt"] = ""
        return cleaned

    class Meta:
        icon = "image"
        label = _("Image")
        description = _("A photograph or a chart, with caption and credit")
        template = "news/blocks/image.html"
        preview_template = "news/blocks/image_preview.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Quotation"), rows=3)
    attribution = blocks.CharBlock(label=_("Who said it"), required=False, max_length=255)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        description = _("Somebody's own words, set apart")
        template = "news/blocks/quote.html"
        preview_value = {
            "text": "Cities learn fastest from cities. 城市最善于向城市学习。",
            "attribution": "Lin Example 林示例",
        }


class TableBlock(TypedTableBlock):
    """Wagtail's table, made translatable: stock yields no segments, and its figures stay in the source language.

    A segment's path is drawn from the cell's text, not from its place: a row inserted above must not take the
    translations away from the rows below. Equal cells share a segment.
    """

    text = blocks.CharBlock(label=_("Text"), required=False)

    def get_translatable_segments(self, table: TypedTable) -> list[StringSegmentValue]:
        return [StringSegmentValue(self._path(text), text) for text in Counter(self._texts(table))]

    def restore_translated_segments(self, table: TypedTable, segments: Iterable[StringSegmentValue]) -> TypedTable:
        translated = {segment.path: segment.render_text() for segment in segments}

        def translate(text: str) -> str:
            return translated.get(self._path(text), text)

        return TypedTable(
            columns=[{**column, "heading": translate(column["heading"])} for column in table.columns],
            row_data=[{"values": [translate(value) for value in row["values"]]} for row in table.row_data],
            caption=translate(table.caption),
        )

    @staticmethod
    def _texts(table: TypedTable) -> list[str]:
        texts = [table.caption, *(column["heading"] for column in table.columns)]
        for row in table.row_data:
            texts += row["values"]
        return [text for text in texts if text]

    @staticmethod
    def _path(text: str) -> str:
        return f"cell-{sha256(text.encode()).hexdigest()[:16]}"

    class Meta:
        icon = "table"
        label = _("Table")
        description = _("Figures in rows and columns, every cell translated")
        template = "news/blocks/table.html"
        preview_value = {
            "caption": "Emissions avoided 减排量",
            "columns": [{"type": "text", "heading": "2016"}, {"type": "text", "heading": "2017"}],
            "rows": [{"values": ["1.2", "1.5"]}],
        }


class DocumentBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(label=_("Title"), max_length=255)

    class Meta:
        icon = "doc-full"
        label = _("Document")
        description = _("A file to download")
        template = "news/blocks/document.html"


def provider_of(url: str | None) -> Words:
    """The name of the host that `url` leads to, empty unless it is one of EMBED_HOSTS over https."""
    parts = urlsplit(url or "")
    return EMBED_HOSTS.get(parts.hostname or "", "") if parts.scheme == "https" else ""


def recording_is_allowed(url: str) -> bool:
    return bool(provider_of(url))


def link_is_allowed(url: str) -> bool:
    return urlsplit(url).scheme in ("", "http", "https", "mailto", "tel")


class EmbedURLBlock(blocks.URLBlock):
    """A web address on one of EMBED_HOSTS. Each language may have its own."""

    def clean(self, value: str) -> str:
        value = super().clean(value)
        if value and not recording_is_allowed(value):
            raise ValidationError(
                _("Recordings can be shown from these hosts only, over https: %(hosts)s.")
                % {"hosts": ", ".join(EMBED_HOSTS)}
            )
        return value


class EmbedValue(blocks.StructValue):
    @property
    def provider(self) -> Words:
        return provider_of(self["url"])


class EmbedBlock(blocks.StructBlock):
    """A recording elsewhere, shown as a link: a player in the page would tell another host about every reader."""

    url = EmbedURLBlock(label=_("Address"))
    title = blocks.CharBlock(label=_("Title"), max_length=255)

    class Meta:
        icon = "media"
        label = _("Recording")
        description = _("A link to a recording on a known video site")
        template = "news/blocks/embed.html"
        value_class = EmbedValue
        preview_value = {"url": "https://www.bilibili.com/video/BV1", "title": "The opening session 开幕式"}


BODY_BLOCKS = [
    ("paragraph", ParagraphBlock()),
    ("heading", HeadingBlock()),
    ("image", ImageBlock()),
    ("quote", QuoteBlock()),
    ("table", TableBlock()),
    ("document", DocumentBlock()),
    ("embed", EmbedBlock()),
]
