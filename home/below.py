"""What is released below a page: what happens to a page that stands above it happens to that as well.

Both languages count: what stands below the one version of a section stands below the other.
"""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import get_language, pgettext
from wagtail.models import Page, PageQuerySet, get_page_models

FEW = 5
"""The most that a sentence names."""


def is_released_type(model: type[Page]) -> bool:
    """Whether pages of a type go public through a release, sections and front pages left out: they stand above."""
    is_gated = getattr(model, "is_gated", None)
    return bool(is_gated and is_gated()) and not getattr(model, "is_section", False)


def with_room_below(pages: PageQuerySet) -> PageQuerySet:
    """Those of types that may have others below them."""
    models = [model for model in get_page_models() if model.clean_subpage_models()]
    return pages.filter(content_type__in=ContentType.objects.get_for_models(*models).values())


def released_below(page: Page, withdrawn: bool = False, leave_out: Collection[UUID] = ()) -> PageQuerySet:
    """The pages below any language version of a page that are public, private ones among them; `withdrawn`: or were.

    `leave_out`: translation keys.
    """
    model = page.specific_class
    if not page.pk or (model is not None and not model.clean_subpage_models()):
        return Page.objects.none()
    places = Q()
    for path in Page.objects.filter(translation_key=page.translation_key).values_list("path", flat=True):
        places |= Q(path__startswith=path) & ~Q(path=path)
    if not places:
        return Page.objects.none()
    models = [found for found in get_page_models() if is_released_type(found)]
    kept = Q(live=True) | Q(first_published_at__isnull=False) if withdrawn else Q(live=True)
    types = ContentType.objects.get_for_models(*models).values()
    return Page.objects.filter(places, kept, content_type__in=types).exclude(translation_key__in=leave_out)


def stands_above(page: Page, withdrawn: bool = False) -> bool:
    return released_below(page, withdrawn).exists()


def named(pages: PageQuerySet) -> str:
    """Their releases, in one sentence."""
    here = (get_language() or "").lower()
    titles: dict[UUID, str] = {}
    newest = pages.order_by("-first_published_at", "-pk").values_list(
        "translation_key", "title", "locale__language_code"
    )
    for key, title, code in newest[: 4 * FEW]:  # two languages of each, and some to spare
        if key not in titles or here.startswith(code):
            titles[key] = title
    return few(list(titles.values()), pages.order_by().values("translation_key").distinct().count())


def few(titles: Iterable[str], count: int | None = None) -> str:
    """In one sentence; of many the first few. `count`: how many there are, where not all are given."""
    said = [pgettext("title of a release", "“%(title)s”") % {"title": title} for title in titles]
    more = (len(said) if count is None else count) - FEW
    shown = pgettext("between titles", ", ").join(said[:FEW])
    if more <= 0:
        return shown
    many = pgettext("titles, of many the first few", "%(titles)s and %(count)d more")
    return many % {"titles": shown, "count": more}
