"""What the rows of Wagtail's tables and of home's mean to readers' pages."""

from collections.abc import Callable, Iterable, Iterator

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.models import Locale, Page, PageViewRestriction, Site

from home.gate import BOOKKEEPING
from home.images import CustomImage, Rendition
from home.models import Appearance, HomePage, ReplacedFile, StandardPage, TakenDown

from . import tags
from .following import Meaning, Row, follow

COLUMNS = ("id", "translation_key", "slug", "live", "show_in_menus", "numchild", "content_type_id")
UNSEEN = BOOKKEEPING - {"depth", "path"}
"""Of what a page's row may change of itself; where it stands is the order of the menu."""
STANDS: dict[type[Page], Callable[[int], Iterable[Meaning]]] = {}
"""{model: what it means of a page, by its key, that readers may see it}"""


def of_page_row(row: Row) -> Iterator[Meaning]:
    """Of `wagtailcore_page`."""
    yield tags.of_release(row["translation_key"])
    yield tags.of_slug(row["slug"])
    if pk := row.get("id"):
        yield tags.of_page(pk)
    if not row["live"]:
        return
    yield tags.PAGES
    model = ContentType.objects.get_for_id(row["content_type_id"]).model_class()
    if row["show_in_menus"] or row["numchild"] or getattr(model, "is_section", False):
        yield tags.EVERYTHING
    if pk and model in STANDS:
        yield from STANDS[model](pk)


def of_page(pk: int | None) -> Iterator[Meaning]:
    row = Page.objects.filter(pk=pk).values(*COLUMNS).first() if pk else None
    if row is not None:
        yield from of_page_row(row)


def of_release(key: object) -> Iterator[Meaning]:
    """Of what is kept beside the pages of a translation key."""
    if key is not None:
        yield tags.of_release(str(key))
        if Page.objects.filter(translation_key=str(key), live=True).exists():
            yield tags.PAGES


def of_image(row: Row) -> Iterator[Meaning]:
    if pk := row.get("id"):
        yield tags.of_image(pk)


def of_document(row: Row) -> Iterator[Meaning]:
    if pk := row.get("id"):
        yield tags.of_document(pk)


def of_files(row: Row) -> Iterator[Meaning]:
    for column, pk in row.items():
        if pk is not None and column.endswith("image_id"):
            yield tags.of_image(pk)
        elif pk is not None and column.endswith("document_id"):
            yield tags.of_document(pk)


def of_what_leads_on(row: Row) -> Iterator[Meaning]:
    yield tags.LEADING_ON


def of_the_site(row: Row) -> Iterator[Meaning]:
    yield tags.EVERYTHING


def of_subtype(row: Row) -> Iterator[Meaning]:
    yield from of_page(row["page_ptr_id"])


def of_nothing(row: Row) -> Iterator[Meaning]:
    """What only names rows of other tables."""
    return iter(())


def follow_all() -> None:
    follow(Page, means=of_page_row, beside=UNSEEN, is_page=True)
    follow(StandardPage, means=of_subtype, is_page=True)
    follow(HomePage, means=of_the_site, is_page=True)
    follow(CustomImage, means=of_image, beside=("uploaded_by_user",))
    follow(get_document_model(), means=of_document, beside=("uploaded_by_user",))
    follow(Rendition, TakenDown, ReplacedFile, means=of_files)
    follow(Redirect, means=of_what_leads_on)
    follow(Appearance, Locale, PageViewRestriction, Site, means=of_the_site)
    follow(ContentType, means=of_nothing)


def models_shown() -> list[type[Model]]:
    """Those whose rows, where one has become an object, are shown."""
    from django.apps import apps

    return [
        model for model in apps.get_models() if issubclass(model, (Page, CustomImage, Rendition, get_document_model()))
    ]
