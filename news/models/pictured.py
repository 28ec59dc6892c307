"""Where a page shows pictures and leads to documents, and the words of its own that stand beside each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.documents.models import AbstractDocument
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page

from home import gate
from home.images import CustomImage
from home.languages import Language, language_of
from home.mixins import BeforePage

from .release import Kind, Release

OF_PICTURE = ("alt", "caption")
OF_DOCUMENT = ("title",)


@dataclass(frozen=True)
class FilePlace:
    """One picture or document of a page in memory, with what says it: a field beside the field, a text of the block."""

    path: str
    """As in news.translation.parts: `lead_image`, `body.0f3c….image`."""
    file: CustomImage | AbstractDocument
    holder: Any
    """The page, or the value of the block: both are written into."""
    names: dict[str, str]
    """{`alt`, `caption` or `title`: name of the field or of the block's text}"""

    def words(self, noun: str) -> str:
        name = self.names[noun]
        return (self.holder[name] if self.is_block else getattr(self.holder, name)) or ""

    def write(self, noun: str, words: str) -> None:
        if self.is_block:
            self.holder[self.names[noun]] = words
        else:
            setattr(self.holder, self.names[noun], words)

    def path_of(self, noun: str) -> str:
        """Of a text, as localize has it: `lead_image_alt`, `body.0f3c….alt`."""
        before = self.path.rpartition(".")[0]
        return f"{before}.{self.names[noun]}" if self.is_block else self.names[noun]

    @property
    def is_block(self) -> bool:
        return isinstance(self.holder, blocks.StructValue)

    @property
    def is_decorative(self) -> bool:
        return self.is_block and bool(self.holder.get("decorative"))

    @property
    def is_beside_its_name(self) -> bool:
        """As a logo is: without words it is passed over by those who hear the page."""
        return "caption" not in self.names and "title" not in self.names

    def wants(self, noun: str) -> bool:
        """Whether readers would get these words."""
        return noun in self.names and not (noun == "alt" and self.is_decorative)


def places_of(page: Page) -> Iterator[FilePlace]:
    """From top to bottom. A field of a picture counts where the page has words for it, such as `lead_image_alt`."""
    for picture in picture_fields(type(page)):
        image = getattr(page, picture.name)
        if image is not None:
            yield FilePlace(picture.name, image, page, words_beside(picture))
    for field in page._meta.concrete_fields:
        if isinstance(field, StreamField):
            yield from in_block(field.name, field.stream_block, field.value_from_object(page))


def picture_fields(model: type[models.Model]) -> list[models.ForeignKey[Any, Any]]:
    """Those beside which the model has words."""
    fields = [field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)]
    return [field for field in fields if field.related_model is CustomImage and words_beside(field)]


def words_beside(picture: models.ForeignKey[Any, Any]) -> dict[str, str]:
    """{noun: name of the field}"""
    names = {field.name for field in picture.model._meta.concrete_fields}
    return {noun: f"{picture.name}_{noun}" for noun in OF_PICTURE if f"{picture.name}_{noun}" in names}


def in_block(path: str, block: blocks.Block, value: Any) -> Iterator[FilePlace]:
    if isinstance(block, blocks.StreamBlock):
        for child in value or ():
            yield from in_block(f"{path}.{child.id}", child.block, child.value)
    elif isinstance(block, blocks.ListBlock):
        for child in value.bound_blocks if value else ():
            yield from in_block(f"{path}.{child.id}", child.block, child.value)
    elif isinstance(block, blocks.StructBlock) and isinstance(value, blocks.StructValue):
        for name, child in block.child_blocks.items():
            if isinstance(child, ImageChooserBlock | DocumentChooserBlock):
                nouns = OF_PICTURE if isinstance(child, ImageChooserBlock) else OF_DOCUMENT
                beside = {noun: noun for noun in nouns if noun in block.child_blocks}
                if beside and value.get(name) is not None:
                    yield FilePlace(f"{path}.{name}", value[name], value, beside)
            else:
                yield from in_block(f"{path}.{name}", child, value.get(name))


def library_words(file: CustomImage | AbstractDocument, noun: str, language: Language) -> str:
    """What the library says of a file in a language; documents have one title, whatever language it is in."""
    return file.words(noun, language) if isinstance(file, CustomImage) else file.title


def files_by_path(page: Page) -> dict[str, tuple[type, Any]]:
    return {place.path: (type(place.file), place.file.pk) for place in places_of(page)}


class PicturedMixin(BeforePage):
    """For pages whose pictures have words of their own. It comes before Page in the bases."""

    def clean(self) -> None:
        super().clean()
        if gate.is_open(self):  # what is approved goes out as it stands
            return
        for field in picture_fields(type(self)):
            if getattr(self, f"{field.name}_id") is None:
                for name in words_beside(field).values():
                    setattr(self, name, "")
        fill_from_library(self)


def fill_from_library(page: Page) -> None:
    """A picture that has just been chosen, and of which the page says nothing yet, is described as in the library.

    Not in a translation made paragraph by paragraph, see news.translation.library.
    """
    language = language_of(page)
    silent = [
        (place, noun, words)
        for place in places_of(page)
        for noun in place.names
        if place.wants(noun) and not place.words(noun) and (words := library_words(place.file, noun, language))
    ]
    if not silent or is_made_of_paragraphs(page):
        return
    former = page.get_latest_revision() if page.pk else None
    known = files_by_path(former.as_object()) if former is not None else {}
    for place, noun, words in silent:
        if known.get(place.path) != (type(place.file), place.file.pk):
            place.write(noun, words)


def is_made_of_paragraphs(page: Page) -> bool:
    others = Release.objects.filter(translation_key=page.translation_key, kind=Kind.FULL)
    return others.exclude(original=language_of(page).code).exists()
