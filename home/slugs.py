"""One ASCII slug for both languages of a page."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import slug_re
from django.db.models import Exists, OuterRef
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page, PageQuerySet

from home.below import named, released_below
from home.empty_rows import without_empty_rows
from home.languages import Words
from home.mixins import BeforePage
from home.upstream.drafts import OF_THE_PAGE

MAX_LENGTH = 60
LEFT_TO_THE_DATABASE = set(OF_THE_PAGE) - {"locale"}
"""Foreign keys that nobody fills in: Django would look each of them up at every save."""
RESERVED = {"bilingual", "feed", "search"}
"""Addresses that views below a section answer: a page of that name could never be seen."""


def slug_for(title: str) -> str:
    """`Low-carbon week` -> `low-carbon-week`, `低碳周` -> `di-tan-zhou`; cut between words; may come out empty."""
    from pypinyin import lazy_pinyin  # its tables are half a second to load, and only a new page needs them

    # One run of Han characters at a time, so that `2017深圳forum` keeps its parts apart.
    slug = slugify(" ".join(lazy_pinyin(title, errors=lambda run: f" {run} ")))
    if len(slug) <= MAX_LENGTH:
        return slug
    return slug[: MAX_LENGTH + 1].rpartition("-")[0] or slug[:MAX_LENGTH]


def slug_is_taken(slug: str, parent: Page, page: Page) -> bool:
    """Whether another page has the slug in this section, in either language; versions of `page` itself don't count."""
    if slug in RESERVED:
        return True
    namesakes = Page.objects.filter(slug=slug, depth=parent.depth + 1).exclude(translation_key=page.translation_key)
    above = {namesake.path[: -Page.steplen] for namesake in namesakes.only("path")}
    return Page.objects.filter(path__in=above, translation_key=parent.translation_key).exists() if above else False


def was_released(page: Page) -> bool:
    """Whether any language version of a page has ever been public. Pages of a list know it, see `with_history`."""
    if hasattr(page, "version_was_released"):
        return page.version_was_released
    return Page.objects.filter(translation_key=page.translation_key).exclude(first_published_at=None).exists()


def with_history(pages: PageQuerySet) -> PageQuerySet:
    """A queryset whose pages know whether any language version of theirs `version_was_released`."""
    released = Page.objects.filter(translation_key=OuterRef("translation_key")).exclude(first_published_at=None)
    return pages.annotate(version_was_released=Exists(released))


class StandingSlugForm(WagtailAdminPageForm):
    """Where other addresses rest upon it, the slug is fixed."""

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(without_empty_rows(type(self), data) if data else data, *args, **kwargs)
        why = self.why_it_stays() if "slug" in self.fields else ""
        if why:
            self.fields["slug"].disabled = True
            self.fields["slug"].help_text = why

    def why_it_stays(self) -> Words:
        below = released_below(self.instance, withdrawn=True)
        if not below.exists():
            return ""
        said = _("The address stays: it is part of the address of what is released below: %(releases)s.")
        return said % {"releases": named(below)}


class SharedSlugForm(StandingSlugForm):
    """The slug may be left empty: the page proposes one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def why_it_stays(self) -> Words:
        if was_released(self.instance):
            return _("The address stays as it was when the page was first released.")
        return super().why_it_stays()


class SharedSlugMixin(BeforePage):
    """For pages whose slug is the same in both languages. It comes before Page in the bases."""

    base_form_class = SharedSlugForm
    slug: str
    slug_is_known = False
    """Whether it is the one that the page bears already, so that nobody needs to ask whose it is."""

    def full_clean(self, exclude: Collection[str] | None = None, **kwargs: Any) -> None:
        self.propose_slug()
        super().full_clean(exclude={*(exclude or ()), *LEFT_TO_THE_DATABASE}, **kwargs)

    def minimal_clean(self) -> None:
        self.propose_slug()
        self.check_slug()
        super().minimal_clean()

    def clean(self) -> None:
        self.check_slug()
        super().clean()

    def propose_slug(self) -> None:
        """Fill an empty slug: from the English title where there is one, else from this title in pinyin."""
        parent = self.parent_if_known()
        if self.slug or parent is None:
            return
        english = (
            Page.objects.filter(translation_key=self.translation_key, locale__language_code="en")
            .exclude(pk=self.pk)
            .first()
        )
        base = slug_for(english.title if english else self.title) or self._meta.model_name
        number, slug = 1, base
        while slug_is_taken(slug, parent, self):
            number += 1
            slug = f"{base}-{number}"
        self.slug = slug

    def check_slug(self) -> None:
        parent = self.parent_if_known()
        if self.slug and not slug_re.match(self.slug):  # Wagtail's field takes Chinese, whatever the setting says
            raise ValidationError({"slug": _("An address is made of Latin letters, digits and hyphens.")})
        if parent is not None and not self.slug_is_known and slug_is_taken(self.slug, parent, self):
            raise ValidationError(
                {"slug": _("Another page of this section already uses the address “%(slug)s”.") % {"slug": self.slug}}
            )

    def parent_if_known(self) -> Page | None:
        """The parent page; None before the page has been put into the tree."""
        if self.path or getattr(self, "_cached_parent_obj", None):
            return self.get_parent()
        return None
