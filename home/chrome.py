"""What stands around the content of every public page: who publishes, the menu, the greyed days.

It is kept in the cache for each language, and forgotten whenever a page or a setting of the site changes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from home import clock
from home.front.recording import GREY, looks, narrowed
from home.front.tags import EVERYTHING
from home.kept import Kept
from home.languages import CHINESE, Language
from home.models import Appearance, HomePage
from home.visibility import restricted


@dataclass(frozen=True)
class MenuItem:
    pk: int
    title: str
    url: str


@dataclass(frozen=True)
class Chrome:
    home: HomePage | None
    menu: tuple[MenuItem, ...]
    root_url: str
    """Scheme and host of the site, without a slash."""
    notice: str
    """What stands at the head of every page, if anything."""
    grey_from: date | None
    grey_until: date | None

    @property
    def is_grey(self) -> bool:
        if self.grey_from is None:
            return False
        is_grey = self.grey_from <= clock.day() <= (self.grey_until or self.grey_from)
        if is_grey:
            looks(GREY)
        return is_grey


KEPT: Kept[Chrome] = Kept("chrome")
_shown: ContextVar[HomePage | None] = ContextVar("shown_home", default=None)


@contextmanager
def shown_with(home: HomePage) -> Iterator[None]:
    """Around a page that is shown before its identity is changed: as this one has it, which is not stored."""
    token = _shown.set(home)
    try:
        yield
    finally:
        _shown.reset(token)


def chrome_of(language: Language) -> Chrome:
    with narrowed(EVERYTHING):  # home pages and what is in a menu stand around every page
        chrome, shown = KEPT.get(language.code, lambda: make(language)), _shown.get()
    return chrome if shown is None else replace(chrome, home=shown)


def make(language: Language) -> Chrome:
    home = HomePage.objects.live().filter(locale__language_code=language.code).select_related("logo", "locale").first()
    pages = home.get_children().live().in_menu().filter(~restricted()) if home else []
    site = Site.objects.filter(is_default_site=True).first()
    appearance = Appearance.objects.filter(site=site).first() or Appearance()
    return Chrome(
        home=home,
        menu=tuple(MenuItem(page.pk, page.title, page.url) for page in pages),
        root_url=site.root_url if site else "",
        notice=appearance.notice_zh_hans if language == CHINESE else appearance.notice_en,
        grey_from=appearance.grey_from,
        grey_until=appearance.grey_until,
    )


@receiver([page_published, page_unpublished, page_slug_changed, post_page_move])
@receiver([post_save, post_delete], sender=Site)
@receiver([post_save, post_delete], sender=Appearance)
@receiver([post_save, post_delete], sender=PageViewRestriction)
@receiver([post_save, post_delete], sender=HomePage)
@receiver(post_delete, sender=Page)
def forget(**kwargs: Any) -> None:
    KEPT.forget()
