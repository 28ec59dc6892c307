"""What localize offers beside each page of a list, asked for once for all of them.

Its own hook asks up to five times a page: a list of fifty took two hundred queries.
"""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.db.models import Exists, F, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext
from wagtail import hooks
from wagtail.admin.widgets.button import ListingButton
from wagtail.models import Page, PageQuerySet
from wagtail_localize import wagtail_hooks as localize
from wagtail_localize.models import TranslationSource

NAME = "register_page_listing_more_buttons"
TRANSLATE, SYNC = "Translate this page", "Sync translated pages"
"""localize's words, in whichever language it has them."""


def with_translations(pages: PageQuerySet) -> PageQuerySet:
    """A queryset whose pages know whether they are translated, and the key of the source that localize has of them."""
    others = Page.objects.filter(translation_key=OuterRef("translation_key"), alias_of=None)
    sources = TranslationSource.objects.filter(
        object__translation_key=OuterRef("translation_key"), locale=OuterRef("locale"), translations__enabled=True
    )
    return pages.annotate(
        is_translated=Exists(others.exclude(locale=OuterRef("locale"))),
        translation_source=Subquery(sources.values("pk")[:1]),
        source_page=F("alias_of"),
    )


def buttons(
    page: Page, user: User, view_name: str | None = None, next_url: str | None = None
) -> Iterator[ListingButton]:
    """localize's buttons."""
    if not hasattr(page, "is_translated"):
        yield from localize.page_listing_more_buttons(page, user, view_name, next_url)
    elif user.has_perm("wagtail_localize.submit_translation"):
        if not page.is_translated:
            url = reverse("wagtail_localize:submit_page_translation", args=[page.source_page or page.pk])
            yield button(gettext(TRANSLATE), url, "wagtail-localize-language")
        if page.translation_source:
            url = reverse("wagtail_localize:update_translations", args=[page.translation_source])
            url += f"?{urlencode({'next': next_url})}" if next_url else ""
            yield button(gettext(SYNC), url, "resubmit")


def button(label: str, url: str, icon: str) -> ListingButton:
    return ListingButton(label, url, priority=60, icon_name=icon)


def install() -> None:
    """In place of localize's hook, which was registered when its module was imported above."""
    hooks._hooks[NAME].remove((localize.page_listing_more_buttons, 0))
    hooks.register(NAME, buttons)
