"""Moving a page moves both its versions, each below its language's parent. Rule 23."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.models import User
from wagtail.actions.move_page import MovePageAction
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page

from home import gate
from home.both import BothPolicy
from home.elsewhere import Gone, said_as
from home.gate import OnlyThroughItsRelease, Refused
from home.languages import language_of
from home.slugs import slug_is_taken
from news import trail
from news.models import VacatedAddress
from news.pair.cascade_refusals import (
    MayNotMoveAlong,
    NotBesideEachOther,
    NotPublicAbove,
    NowhereToMove,
)
from news.pair.locks import refusal_of_freeze
from news.pair.pair import Pair, pair_of, release_of
from news.pair.refusals import AddressTaken
from news.pair.rules import refusal_to_publish
from news.translation.addresses import former_type
from news.translation.sync import translation_of

from .deletion import below, nobody_wrote
from .holding import locked
from .vacated import take_over


class NewsBothPolicy(BothPolicy):
    @contextmanager
    def moving(self, page: Page, parent: Page) -> Iterator[None]:
        is_reordered = parent.pk == page.get_parent().pk
        if is_reordered or not gate.gates(page.specific_class) or gate.is_open(page) or page.alias_of_id is not None:
            yield
            return
        user = get_active_log_context().user
        with locked(release_of(page)) as pair:
            refusal = refusal_to_move(pair, page, parent, user)
            if refusal is not None:
                raise refusal
            other = pair.counterpart(pair.version_of(page)).page
            before = {found.pk: found.url for found in pair.pages}
            yield
            if other is not None:
                other, target = Page.objects.get(pk=other.pk).specific, parent.get_translation(other.locale)
                MovePageAction(other, target, pos="last-child", user=user).execute(skip_permission_checks=True)
            if pair.was_released:
                for moved in Page.objects.filter(pk__in=before).select_related("locale"):
                    settle(moved)
                    trail.record(moved, "change_address", user, old=before[moved.pk], new=moved.url)

    def vacated_at(self, path: str) -> Gone | None:
        found = VacatedAddress.objects.filter(path=path).select_related("release").first()
        if found is None:
            return None
        key = found.release.translation_key
        page = Page.objects.filter(translation_key=key).first()
        return Gone(found.at, key, said_as(page.specific_class if page is not None else former_type(key)))


def settle(page: Page) -> None:
    """Whatever is public of it, or below it, stands at its address from now on."""
    for found in page.get_descendants(inclusive=True).live():
        take_over(found)


def refusal_to_move(pair: Pair, page: Page, parent: Page, user: User | None) -> Refused | None:
    """Why a page does not move below another parent, for what it means to both versions."""
    if parent.locale_id != page.locale_id or (pair.was_released and user is None):
        return OnlyThroughItsRelease()
    other = pair.counterpart(pair.version_of(page)).page
    there = parent.get_translation_or_none(other.locale) if other is not None else None
    if other is not None and there is None:
        return NowhereToMove(title=parent.draft_title, language=language_of(other).label)
    if slug_is_taken(page.slug, parent, page):
        return AddressTaken(slug=page.slug)
    pairs = pairs_below(page)
    return (
        refusal_of_freeze(pair)
        or refusal_beside(pairs, [found for found in (page, other) if found is not None])
        or refusal_of_the_released(pairs, [found for found in (parent, there) if found is not None], user)
        or (refusal_along(other, there, user) if other is not None and there is not None else None)
    )


def pairs_below(page: Page) -> list[Pair]:
    """Of the page and all below it."""
    return [pair_of(found) for found in below(page) if gate.gates(found.specific_class)]


def refusal_beside(pairs: list[Pair], moved: list[Page]) -> Refused | None:
    """What stands below one version and not below the other would be torn apart."""
    for pair in pairs:
        for page in pair.pages:
            if not any(page.path.startswith(above.path) for above in moved):
                return NotBesideEachOther(language=language_of(page).label, title=page.draft_title)
    return None


def refusal_of_the_released(pairs: list[Pair], parents: list[Page], user: User | None) -> Refused | None:
    """What was released keeps its address for everybody but a publisher of both languages, and stays below what is
    public.
    """
    released = [found for pair in pairs if pair.was_released for found in pair.pages]
    refusal = refusal_to_publish(user, [*released, *parents]) if user is not None and released else None
    if refusal is not None:
        return refusal
    for parent in parents:
        is_public = parent.live and not parent.get_view_restrictions().exists()
        if not is_public and any(page.live and page.locale_id == parent.locale_id for page in released):
            return NotPublicAbove(title=parent.draft_title)
    return None


def refusal_along(other: Page, there: Page, user: User | None) -> Refused | None:
    if user is None or other.permissions_for_user(user).can_move_to(there):
        return None
    pairs = pairs_below(other)
    is_nobodys = translation_of(other, enabled=False) is not None and all(
        nobody_wrote(pair.version_of(page))
        for pair in pairs
        for page in pair.pages
        if page.locale_id == other.locale_id
    )
    return None if is_nobodys else MayNotMoveAlong(language=language_of(other).label, title=other.draft_title)
