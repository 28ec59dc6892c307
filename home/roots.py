"""Where the addresses of a site begin: at the front page of a language, from which the other's is found.

An administrator may say otherwise in Wagtail's settings, and readers of one language, or of both, would find nothing.
Host names, ports and further sites are theirs. Rule 22.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.db.models.signals import pre_delete, pre_save
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext
from wagtail.models import Page, Site

from home.gate import Refused
from home.languages import LANGUAGES
from home.models import HomePage


class LosesLanguages(Refused):
    message = _(
        "Readers would find nothing in %(languages)s any more: “%(page)s” is not the front page of a language, or its "
        "other version is not public. Choose a front page that is public in both languages; host name and port may be "
        "changed."
    )


class SiteStays(Refused):
    message = _(
        "The site “%(site)s” stays, and stays the default one: without it readers would find neither language. Its "
        "host name and port may be changed; to have another one, add that first."
    )


def codes_from(root: Page | None) -> set[str]:
    """Of the languages that readers find from a root page."""
    if root is None:
        return set()
    homes = HomePage.objects.live().filter(translation_key=root.translation_key)
    if not homes.filter(pk=root.pk).exists():
        return set()
    return set(homes.values_list("locale__language_code", flat=True))


def refusal_to_save(site: Site) -> Refused | None:
    stored = Site.objects.filter(pk=site.pk).select_related("root_page").first() if site.pk else None
    default = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    had = codes_from((stored or default or site).root_page)
    lost = had - codes_from(site.root_page)
    if lost:
        languages = pgettext("between titles", ", ").join(str(LANGUAGES[code].label) for code in sorted(lost))
        return LosesLanguages(languages=languages, page=site.root_page.draft_title)
    if had and stored is not None and stored.is_default_site and not site.is_default_site:
        return None if Site.objects.exclude(pk=site.pk).exists() else SiteStays(site=stored)
    return None


def refusal_to_delete(site: Site) -> Refused | None:
    return SiteStays(site=site) if site.is_default_site and codes_from(site.root_page) else None


@receiver(pre_save, sender=Site, dispatch_uid="home.roots.saving")
def guard_site(sender: type[Model], instance: Site, raw: bool = False, **kwargs: Any) -> None:
    refusal = None if raw else refusal_to_save(instance)
    if refusal is not None:
        raise refusal


@receiver(pre_delete, sender=Site, dispatch_uid="home.roots.deleting")
def guard_deletion(sender: type[Model], instance: Site, **kwargs: Any) -> None:
    refusal = refusal_to_delete(instance)
    if refusal is not None:
        raise refusal


_stock_clean: Callable[[Site], None] = Site.clean


def clean(self: Site) -> None:
    """The form says it beside its fields, and keeps what was typed."""
    _stock_clean(self)
    refusal = refusal_to_save(self) if self.root_page_id is not None else None
    if refusal is not None:
        raise ValidationError(str(refusal))


def install() -> None:
    Site.clean = clean
