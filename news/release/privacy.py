"""Who may read a release, or what stands below a page: set for both languages at once. Rules 22 and 23."""

from collections.abc import Iterable
from contextlib import nullcontext

from django.contrib.auth.models import Group, User
from django.db import transaction
from wagtail.models import Page, PageViewRestriction

from home import gate
from home.restricting import lifting
from news import trail
from news.models import Release
from news.pair.cascade_refusals import GroupsNeeded, PasswordNeeded
from news.pair.pair import Pair
from news.pair.refusals import NotAPublisher
from news.pair.rules import has, require_publisher
from news.pair.stops import require_no_stop

from .holding import locked


def restrict(
    release: Release, user: User, restriction_type: str, password: str = "", groups: Iterable[Group] = ()
) -> None:
    """Put PageViewRestriction of a type on both versions; PageViewRestriction.NONE lifts it."""
    groups = list(groups) if restriction_type == PageViewRestriction.GROUPS else []
    password = password if restriction_type == PageViewRestriction.PASSWORD else ""
    if restriction_type == PageViewRestriction.PASSWORD and not password:
        raise PasswordNeeded
    if restriction_type == PageViewRestriction.GROUPS and not groups:
        raise GroupsNeeded
    with locked(release) as pair:
        require_publisher(user, pair)
        if pair.is_live and restriction_of(pair) is not None:
            require_no_stop(pair)  # more readers may get it: that is going public
        for page in pair.pages:
            is_lifted = restriction_type == PageViewRestriction.NONE
            with lifting(page.translation_key) if is_lifted else nullcontext():
                for old in page.view_restrictions.all():
                    old.delete(user=user)
            if restriction_type != PageViewRestriction.NONE:
                put(page, restriction_type, password, groups, user)
            trail.record(page, "restrict", user, type=str(restriction_type))
        if restriction_type != PageViewRestriction.NONE:
            pair.release.vacated.all().delete()  # where it was stays unsaid


def put(page: Page, kind: str, password: str, groups: Iterable[Group], user: User | None = None) -> None:
    made = PageViewRestriction(page=page, restriction_type=kind, password=password)
    made.full_clean()
    made.save(user=user)
    made.groups.set(groups)


def restriction_of(pair: Pair) -> PageViewRestriction | None:
    """The release's own, which is the same in both languages; not that of a page above."""
    found = PageViewRestriction.objects.filter(page__in=[page.pk for page in pair.pages])
    return found.order_by("pk").first()


def private_versions(page: Page) -> list[Page]:
    """The language versions of a page that have restrictions of their own."""
    found = Page.objects.filter(translation_key=page.translation_key, view_restrictions__isnull=False)
    return list(found.select_related("locale").distinct().order_by("pk"))


def may_lift(page: Page, user: User) -> bool:
    if (gate.gates(page.specific_class) and not gate.is_section(page)) or not private_versions(page):
        return False
    versions = Page.objects.filter(translation_key=page.translation_key).specific()
    return all(has(user, version, "publish") for version in versions)


@transaction.atomic
def lift(page: Page, user: User) -> None:
    """Of a section or a front page above what is released: both languages are open at once. Rule 22."""
    if not may_lift(page, user):
        raise NotAPublisher
    with gate.opened(page.translation_key), lifting(page.translation_key):
        for version in private_versions(page):
            for old in version.view_restrictions.all():
                old.delete(user=user)
            trail.record(version.specific, "restrict", user, type=str(PageViewRestriction.NONE))
