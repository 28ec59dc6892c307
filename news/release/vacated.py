"""Where a release was public before it was withdrawn: readers are told so there, though its pages be deleted."""

from datetime import datetime

from django.db.models import Q
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from home.languages import LANGUAGES, language_of
from news.models import Release, VacatedAddress
from news.pair.pair import Pair
from news.translation.addresses import former_address


def address_of(page: Page) -> str | None:
    """As VacatedAddress has it, and Redirect."""
    parts = page.get_url_parts()
    return Redirect.normalise_path(parts[2]) if parts and parts[2] else None


def keep(release: Release, page: Page) -> None:
    """Its own address, and those that led to it. What only some readers knew of stays unsaid."""
    if release.withdrawn_at is None or language_of(page).code not in release.withdrawn_languages:
        return
    if page.get_view_restrictions().exists():
        return
    leading = Redirect.objects.filter(redirect_page=page.pk, redirect_page_route_path="")
    for path in {address_of(page), *leading.values_list("old_path", flat=True)} - {None}:
        write(release, path, release.withdrawn_at)


def write(release: Release, path: str, at: datetime) -> None:
    """The last who was there is the one whom readers are told of."""
    if len(path) > VacatedAddress.LONGEST:
        return
    found = VacatedAddress.objects.filter(path=path).first()
    if found is None or found.at <= at:
        VacatedAddress.objects.update_or_create(path=path, defaults={"release": release, "at": at})


def take_over(page: Page) -> None:
    """A page that is public stands at its address, whatever stood there before."""
    VacatedAddress.objects.filter(path=address_of(page)).delete()


def brought_back(pair: Pair, codes: set[str]) -> None:
    """It is public again in these languages: at its former addresses nothing is gone, nor where it stands now."""
    theirs = Q(release=pair.release)
    if pair.release.withdrawn_languages:
        theirs &= Q(path__regex=rf"^/({'|'.join(sorted(codes))})/")
    now = [address_of(version.existing_page) for version in pair.versions.values() if version.is_live]
    VacatedAddress.objects.filter(theirs | Q(path__in=now)).delete()


def keep_former(release: Release) -> None:
    """What is known of a release that was withdrawn before its addresses were kept; both languages share the slug."""
    pair, known = Pair(release), former_address(release.translation_key)
    for code in release.withdrawn_languages:
        page = pair.versions[LANGUAGES[code]].page
        if page is not None:
            keep(release, page)
        elif known is not None and release.withdrawn_at is not None and not is_taken(code, known):
            write(release, f"/{code}/{known}", release.withdrawn_at)


def is_taken(code: str, path: str) -> bool:
    """Whether somebody else is public there by now."""
    pages = Page.objects.live().filter(locale__language_code=code, slug=path.rpartition("/")[2])
    return any(address_of(page) == f"/{code}/{path}" for page in pages)
