"""Who may read a release: set for both languages at once."""

from collections.abc import Iterable

from django.contrib.auth.models import Group, User
from wagtail.models import PageViewRestriction

from news import trail
from news.models import Release
from news.pair.rules import require_publisher

from .holding import locked


def restrict(
    release: Release, user: User, restriction_type: str, password: str = "", groups: Iterable[Group] = ()
) -> None:
    """Put PageViewRestriction of a type on both versions; PageViewRestriction.NONE lifts it."""
    with locked(release) as pair:
        require_publisher(user, pair)
        for page in pair.pages:
            for old in page.view_restrictions.all():
                old.delete(user=user)
            if restriction_type != PageViewRestriction.NONE:
                made = PageViewRestriction(page=page, restriction_type=restriction_type, password=password)
                made.full_clean()
                made.save(user=user)
                made.groups.set(groups)
            trail.record(page, "restrict", user, type=str(restriction_type))
