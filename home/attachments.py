"""The addresses of documents: each belongs to the page that leads to it, not to the library.

`/en/files/<translation key of the page>/<number>/<file name>`. The number is the key of the first document that stood
there: it stays where the document is replaced and where the page's address changes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.documents.models import AbstractDocument
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.models import Page

from home import clock, files
from home.front.recording import lacks
from home.languages import Language, language_of
from home.replaced import Families
from home.storage import StorageAway, holds

_reading: ContextVar[Page | None] = ContextVar("page_read", default=None)


@dataclass(frozen=True)
class Attachment:
    """What readers of a page are told of a document that it leads to."""

    url: str
    """Empty where the file is gone: its name is all that is left to show."""
    about: str
    """Its kind, its size and, where it replaced another one, since when; in the language being read."""


@contextmanager
def reading(page: Page | None) -> Iterator[None]:
    """While what this page says is written out for its readers. None: for editors, as in a preview."""
    token = _reading.set(page)
    try:
        yield
    finally:
        _reading.reset(token)


class Numbers:
    """Under which number a live page leads to each of its documents."""

    def __init__(self, page: Page) -> None:
        self.shown = files.policy.documents_of(page)
        self.families = Families(self.shown)

    def of(self, key: int) -> int:
        """One's own where the page leads to two of a family: each must be found."""
        family = self.families.of(key)
        return min(family) if len(family & (self.shown | {key})) == 1 else key


def numbers_of(page: Page) -> Numbers:
    if not hasattr(page, "document_numbers"):
        page.document_numbers = Numbers(page)
    return page.document_numbers


def attachment(document: AbstractDocument) -> Attachment:
    page = _reading.get()
    if not holds(document.file):
        return Attachment("", "")
    if page is None:
        return Attachment(document.url, about(document, None))
    numbers = numbers_of(page)
    url = address(page.translation_key, numbers.of(document.pk), document.filename, language_of(page))
    return Attachment(url, about(document, numbers.families.replaced_at.get(document.pk)))


def address(key: UUID, number: int, file_name: str, language: Language) -> str:
    with translation.override(language.code):
        return reverse("release_file", args=[key, number, file_name])


def about(document: AbstractDocument, replaced_at: datetime | None) -> str:
    kind, known = document.file_extension.upper(), document.file_size
    if known is None:  # Wagtail's own way to ask for it writes it down
        try:
            known = document.file.size
        except StorageAway:
            lacks()
            return kind
    size = filesizeformat(known)
    if replaced_at is None:
        return _("%(kind)s, %(size)s") % {"kind": kind, "size": size}
    local = clock.local(replaced_at)
    day = date_format(local, "DATE_FORMAT")
    return _("%(kind)s, %(size)s, version of %(date)s") % {"kind": kind, "size": size, "date": day}


class AttachmentLinkHandler(DocumentLinkHandler):
    """Links in running text. Their style sheet shows what `data-file` says."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        return [link_to(document) if document else "<a>" for document in cls.get_many(attrs_list)]


def link_to(document: AbstractDocument) -> str:
    found = attachment(document)
    return format_html('<a href="{}" data-file="{}">', found.url, found.about) if found.url else "<a>"
