"""From an address to a page in two queries, where Wagtail's walk down the tree takes nine."""

from functools import cache

from django.http import HttpRequest
from wagtail.models import Page, PageQuerySet
from wagtail.url_routing import RouteResult

from home import both
from home.chrome import chrome_of
from home.elsewhere import Gone, said_as
from home.languages import LANGUAGES, Language, language_of
from home.models import HomePage
from home.planning import no_alias
from home.visibility import restricted


def prepare(request: HttpRequest, path: str, language: Language) -> None:
    """Tell Wagtail's view which page it is to serve, if there is a live, public one at exactly this address.

    In all other cases nothing is said, and Wagtail walks the tree as it always does.
    """
    page = find(path, language)
    if page is not None:
        request._wagtail_route_for_request = RouteResult(page)  # type: ignore[attr-defined]  # where Wagtail looks


def is_there(request: HttpRequest) -> bool:
    """Whether Wagtail's view has found a page: then whatever it refused was about something else."""
    return getattr(request, "_wagtail_route_for_request", None) is not None


def find(path: str, language: Language) -> Page | None:
    """The live, public page at `path` below the home page of a language, ready for reading, or None."""
    homes = {here: home for here in LANGUAGES.values() if (home := chrome_of(here).home)}
    if language not in homes:
        return None
    slugs = slugs_of(path)
    addresses = {here: address(home, slugs) for here, home in homes.items()}
    # Both languages share their slugs, so one query brings the other version along.
    names = [slugs[-1]] if slugs else [home.slug for home in homes.values()]
    pages = Page.objects.live().filter(no_alias(), ~restricted(), slug__in=names, url_path__in=addresses.values())
    found = {language_of(page): page for page in pages.select_related("locale")}
    page = found.get(language)
    if page is None or page.url_path != addresses[language] or page.specific_class is None:
        return None
    ready = for_reading(page.specific_class).get(pk=page.pk)
    ready.known_public = True
    if len({version.translation_key for version in found.values()}) == 1 and len(found) == len(LANGUAGES):
        ready.known_versions = {here: found[here] for here in LANGUAGES.values()}
    return ready


@cache
def for_reading(model: type[Page]) -> PageQuerySet:
    """All that is read of a page of some type. Put together once: that takes longer than to read it."""
    manager = model.objects
    ready = manager.for_reading() if hasattr(manager, "for_reading") else manager.all()
    return ready.select_related("locale")


def slugs_of(path: str) -> list[str]:
    return [slug for slug in path.split("/") if slug]


def address(home: HomePage, slugs: list[str]) -> str:
    return "/".join([home.url_path.rstrip("/"), *slugs, ""])


def gone(path: str, language: Language) -> Gone | None:
    """What stood at `path` and was taken down, or None. It may be deleted since."""
    home = chrome_of(language).home
    slugs = slugs_of(path)
    if home is None or not slugs:
        return None
    page = Page.objects.filter(~restricted(), live=False, slug=slugs[-1], url_path=address(home, slugs)).first()
    moment = getattr(page.specific, "withdrawn_at", None) if page else None
    if page is not None and moment is not None:
        return Gone(moment, page.translation_key, said_as(page.specific_class))
    return both.policy.vacated_at("/".join(["", language.code, *slugs]))
